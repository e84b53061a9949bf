"""What can be wrong with an archive package: the four questions, and the root of every problem."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from yijianshi.kernel.errors import Invalid

_MIB = 1_048_576


class Question(StrEnum):
    """The four natures an electronic file must have: 真实、完整、可用、安全 (DA/T 85-2019 [L])."""

    TRUE = "true"
    COMPLETE = "complete"
    USABLE = "usable"
    SAFE = "safe"


class ArchiveProblem(Invalid):
    """归档包里的“{file}”有问题。

    Something is wrong with “{file}” of the archive package.
    """

    question: ClassVar[Question] = Question.SAFE

    @property
    def file(self) -> str:
        """Return the path inside the package, or "" when the package as a whole is meant."""
        return str(self.params.get("file", ""))


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a package may hold; sizes in bytes. The writer keeps to the limits the reader checks."""

    most_files: int = 2_000
    most_file_bytes: int = 200 * _MIB
    most_total_bytes: int = 1_024 * _MIB
    most_ratio: int = 200  # unpacked bytes for each packed one
    most_pixels: int = 100_000_000
    most_depth: int = 64  # elements inside one another
    most_elements: int = 200_000

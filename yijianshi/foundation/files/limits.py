"""What one upload may be."""

from collections.abc import Iterable
from dataclasses import dataclass

from yijianshi.foundation.files import kinds
from yijianshi.foundation.files.kinds import Kind

MIB = 1_048_576


@dataclass(frozen=True, slots=True)
class Limits:
    """Largest size in bytes, and the kinds taken."""

    max_bytes: int = 10 * MIB
    taken: frozenset[Kind] = frozenset(kinds.ALL.values())

    @classmethod
    def of(cls, formats: Iterable[str], max_mb: int) -> "Limits":
        """Return the limits of a material type, ``formats: [pdf, jpg, png]`` and ``max_mb: 10``; KeyError for another format."""
        return cls(max_mb * MIB, frozenset(kinds.ALL["jpg" if name == "jpeg" else name] for name in formats))

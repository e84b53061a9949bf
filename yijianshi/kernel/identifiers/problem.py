"""What is wrong with a number a person typed, in words that help to mend it."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.text import Text


class Level(StrEnum):
    """ERROR stops the form; WARNING asks for a second look or an authoritative lookup and lets the person go on."""

    ERROR = "ERROR"
    WARNING = "WARNING"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: a stable machine name, the explanation, and the half-open range of normalised characters it concerns."""

    kind: str
    text: Text
    level: Level = Level.ERROR
    part: tuple[int, int] | None = None


class BadIdentifier(Invalid):
    """{why}

    {why}
    """

    def __init__(self, problem: Problem, *, field: str | None = None) -> None:
        self.problem = problem
        super().__init__(field=field, why=problem.text)


def refuse(problem: Problem | None) -> None:
    """Raise BadIdentifier for an ERROR; a WARNING or None passes."""
    if problem is not None and problem.level is Level.ERROR:
        raise BadIdentifier(problem)


def normalise(text: str) -> str:
    """Return *text* in half-width capitals without any white space, as people paste and dictate numbers with blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def pick_first(*problems: Problem | None) -> Problem | None:
    """Return the first finding that is not None, errors before warnings."""
    found = [problem for problem in problems if problem is not None]
    return min(found, key=lambda problem: problem.level is Level.WARNING, default=None)

"""Three-way merging by lines: what only one side changed is taken, what both changed differently is left to a person.

Guarantees: the same on both sides is taken once; merging with an unchanged side gives the other side exactly; nothing either side
wrote is missing from the parts. Lines are compared whole, with their ends.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Side = Literal["mine", "theirs", "base", "both"]
_MOST_PAIRS = 1_000_000  # equal pairs of lines the comparison may look at before a region counts as changed as a whole

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Agreed:
    """Lines on which there is no dispute."""

    text: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Lines that both sides changed differently; ``number`` counts from 1, ``line`` is where they begin in *mine*."""

    number: int
    line: int
    base: str
    mine: str
    theirs: str

    def chosen(self, side: Side) -> str:
        """Return the text of one side, or of both, mine first."""
        if side == "both":
            return _closed(self.mine) + self.theirs
        return {"mine": self.mine, "theirs": self.theirs, "base": self.base}[side]


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome, in order."""

    parts: tuple[Agreed | Conflict, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Return what a person must decide; empty when the merge is clean."""
        return tuple(part for part in self.parts if isinstance(part, Conflict))

    @property
    def text(self) -> str:
        """Return the merged text, with my side where there is a conflict."""
        return self.settled({})

    def settled(self, choices: Mapping[int, Side]) -> str:
        """Return the text with a side chosen for each conflict by number; mine where nothing is chosen."""
        return "".join(
            part.text if isinstance(part, Agreed) else part.chosen(choices.get(part.number, "mine")) for part in self.parts
        )


def merge(base: str | None, mine: str | None, theirs: str | None) -> Merged:
    """Return the merge of two texts that both began as *base*; None is a file that is not there."""
    if mine == theirs or theirs == base:
        return _whole(mine)
    if mine == base:
        return _whole(theirs)
    if mine is None or theirs is None:  # removed on one side, changed on the other
        return Merged((Conflict(1, 1, base or "", mine or "", theirs or ""),))
    return Merged(tuple(_joined(_parts(*(_lines(text) for text in (base or "", mine, theirs))))))


def _whole(text: str | None) -> Merged:
    return Merged((Agreed(text),) if text else ())


def _lines(text: str) -> list[str]:
    return _LINE.findall(text)


def _parts(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[Agreed | Conflict]:
    number = 0
    for kept, (b, m, t) in _regions(base, mine, theirs):
        old, ours, others = ("".join(lines[span]) for lines, span in ((base, b), (mine, m), (theirs, t)))
        if kept or ours in (others, old) or others == old:
            yield Agreed(others if ours == old else ours)
            continue
        number += 1
        yield Conflict(number, m.start + 1, old, ours, others)


def _regions(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[tuple[bool, tuple[slice, slice, slice]]]:
    """Yield the stretches all three share, and what lies between them."""
    to_mine, to_theirs = _matches(base, mine), _matches(base, theirs)
    at = (0, 0, 0)
    for start, stop in _runs(to_mine, to_theirs):
        begin = (start, to_mine[start], to_theirs[start])
        if begin != at:
            yield False, tuple(slice(one, two) for one, two in zip(at, begin, strict=True))  # type: ignore[misc]
        at = (stop, begin[1] + stop - start, begin[2] + stop - start)
        yield True, tuple(slice(one, two) for one, two in zip(begin, at, strict=True))  # type: ignore[misc]
    ends = (len(base), len(mine), len(theirs))
    if at != ends:
        yield False, tuple(slice(one, two) for one, two in zip(at, ends, strict=True))  # type: ignore[misc]


def _runs(one: Mapping[int, int], two: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Yield (start, stop) of the base lines that both sides kept, as long as neither side jumps."""
    shared = sorted(one.keys() & two.keys())
    start = 0
    for position in range(1, len(shared) + 1):
        last = shared[position - 1]
        goes_on = (
            position < len(shared)
            and shared[position] == last + 1
            and one[last + 1] == one[last] + 1
            and two[last + 1] == two[last] + 1
        )
        if not goes_on:
            yield shared[start], last + 1
            start = position


def _matches(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Return which line of *base* is which line of *other*, in order."""
    head = 0
    while head < min(len(base), len(other)) and base[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(base), len(other)) - head and base[-1 - tail] == other[-1 - tail]:
        tail += 1
    found = {line: line for line in range(head)}
    shift = len(other) - len(base)
    found |= {line: line + shift for line in range(len(base) - tail, len(base))}
    middle, counterpart = base[head : len(base) - tail], other[head : len(other) - tail]
    if _pairs(middle, counterpart) <= _MOST_PAIRS:
        for match in SequenceMatcher(None, middle, counterpart, autojunk=False).get_matching_blocks():
            found |= {head + match.a + step: head + match.b + step for step in range(match.size)}
    return found


def _pairs(one: Sequence[str], two: Sequence[str]) -> int:
    counts = Counter(two)
    return sum(counts[line] for line in one)


def _joined(parts: Iterator[Agreed | Conflict]) -> Iterator[Agreed | Conflict]:
    """Put neighbouring agreed stretches together."""
    waiting = ""
    for part in parts:
        if isinstance(part, Agreed):
            waiting += part.text
            continue
        if waiting:
            yield Agreed(waiting)
        waiting = ""
        yield part
    if waiting:
        yield Agreed(waiting)


def _closed(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"

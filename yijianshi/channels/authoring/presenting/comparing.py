"""Two texts side by side, line by line; long stretches that did not change are left out and counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

CONTEXT = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison; *tone* is same, changed, removed, added or gap (then ``skipped`` lines are left out)."""

    tone: str
    before_number: int | None = None
    before: str = ""
    after_number: int | None = None
    after: str = ""
    skipped: int = 0


def compare(before: str | None, after: str | None) -> tuple[Row, ...]:
    """Return the rows of the comparison; None is a file that is not there."""
    old, new = (before or "").splitlines(), (after or "").splitlines()
    rows: list[Row] = []
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for position, (tag, i, j, k, m) in enumerate(steps):
        if tag == "equal":
            rows += _same(old[i:j], (i + 1, k + 1), first=position == 0, last=position == len(steps) - 1)
        else:
            rows += _changed((old[i:j], new[k:m]), (i + 1, k + 1))
    return tuple(rows)


def _same(lines: Sequence[str], numbers: tuple[int, int], *, first: bool, last: bool) -> Iterator[Row]:
    head, tail = (0 if first else CONTEXT), (0 if last else CONTEXT)
    skipped = len(lines) - head - tail
    for offset, line in enumerate(lines):
        if skipped > 1 and head <= offset < len(lines) - tail:
            if offset == head:
                yield Row("gap", skipped=skipped)
            continue
        yield Row("same", numbers[0] + offset, line, numbers[1] + offset, line)


def _changed(texts: tuple[Sequence[str], Sequence[str]], numbers: tuple[int, int]) -> Iterator[Row]:
    old, new = texts
    for offset in range(max(len(old), len(new))):
        left = (numbers[0] + offset, old[offset]) if offset < len(old) else (None, "")
        right = (numbers[1] + offset, new[offset]) if offset < len(new) else (None, "")
        tone = "added" if left[0] is None else "removed" if right[0] is None else "changed"
        yield Row(tone, *left, *right)

"""Which messages of a thread can be applied now: those that follow without a hole what was applied before."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Protocol, TypeVar


class Numbered(Protocol):
    """Whatever has a place in its thread."""

    @property
    def sequence(self) -> int:
        """Return the number, counting from 1."""
        ...


N = TypeVar("N", bound=Numbered)


def ready(waiting: Iterable[N], applied: int) -> list[N]:
    """Return the run of *waiting* that begins right after number *applied*, in order; what comes after a hole stays."""
    run: list[N] = []
    for one in sorted(waiting, key=lambda each: each.sequence):
        if one.sequence == applied + len(run) + 1:
            run.append(one)
    return run


def rounds(threads: Iterable[Sequence[N]]) -> Iterator[list[N]]:
    """Yield the first of each thread, then the second of each, …: what can be applied together without overtaking."""
    for together in zip_longest(*threads):
        yield [one for one in together if one is not None]

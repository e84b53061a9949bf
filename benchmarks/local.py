"""A contestant inside this process, for work that needs no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks import worker
from benchmarks.frame import Measurement


@dataclass
class LocalContestant:
    """Does `work` and hands back what it made; `proof` counts in that, untimed."""

    name: str
    expected: Mapping[str, int]
    work: Callable[[], object]
    proof: Callable[[object], Mapping[str, int]]
    times: int = 1
    _made: object = field(default=None, repr=False)

    def run_round(self) -> Measurement:
        seconds = worker.timed(self._repeat)
        return Measurement(seconds, dict(self.proof(self._made)))

    def close(self) -> None:
        """Nothing to give back."""

    def _repeat(self) -> int:
        for _ in range(self.times):
            self._made = self.work()
        return self.times

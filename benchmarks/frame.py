"""The measuring frame: interleaved rounds, ratios pair by pair, equal results proven before a figure counts."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

FEWEST_ROUNDS = 5


class ResultsDiffer(Exception):
    """Two contestants did not do the same work, so their times may not be compared."""


class PeerCouldNotRun(Exception):
    """A peer failed to start or died, so there is nothing to compare with."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One timed round: seconds per unit of work, and what the contestant left behind (counted outside the timed part)."""

    seconds: float
    proof: Mapping[str, int]


class Contestant(Protocol):
    """One way of doing the job; `run_round` times itself, so that starting a process or passing a message never counts."""

    name: str
    expected: Mapping[str, int]  # what exactly each round must leave behind

    def run_round(self) -> Measurement: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of performance.md; `at_most` turns the comparison round."""

    name: str
    value: float
    goal: float
    unit: str = "x"
    at_most: bool = False

    @property
    def met(self) -> bool:
        return self.value <= self.goal if self.at_most else self.value >= self.goal

    def as_json(self) -> dict[str, Any]:
        sense = "at most" if self.at_most else "at least"
        value = round(self.value, 3)
        return {"name": self.name, "value": value, "goal": self.goal, "sense": sense, "unit": self.unit, "met": self.met}


@dataclass(frozen=True, slots=True)
class Report:
    """What a benchmark hands back; `as_json` is the form every benchmark of the house shares."""

    bench: str
    machine: Mapping[str, Any]
    rounds: int
    figures: Mapping[str, Any]
    goals: Sequence[Goal] = ()
    notes: Sequence[str] = ()
    equal: bool = True

    def as_json(self) -> dict[str, Any]:
        return {
            "bench": self.bench,
            "equal": self.equal,
            "machine": dict(self.machine),
            "rounds": self.rounds,
            "figures": dict(self.figures),
            "goals": [goal.as_json() for goal in self.goals],
            "notes": list(self.notes),
        }

    @property
    def exit_code(self) -> int:
        """0 when the run is valid, whether its goals are met or not."""
        return 0 if self.equal else 1


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times faster `of` was than `against`: the median over the pairs, and the middle half of them."""

    of: str
    against: str
    median: float
    low: float
    high: float

    def as_json(self) -> dict[str, float]:
        return {"median": round(self.median, 3), "low": round(self.low, 3), "high": round(self.high, 3)}


@dataclass(slots=True)
class Rounds:
    """Seconds per contestant and round. Times stay inside the frame; only ratios leave it."""

    seconds: dict[str, list[float]] = field(default_factory=dict)

    def add(self, contestant: Contestant) -> None:
        self.seconds.setdefault(contestant.name, []).append(proven_round(contestant).seconds)

    def ratio(self, of: str, against: str) -> Ratio:
        """How many times faster `of` is than `against`, pair by pair of the same round."""
        pairs = [slow / fast for fast, slow in zip(self.seconds[of], self.seconds[against], strict=True)]
        low, high = _middle_half(pairs)
        return Ratio(of, against, statistics.median(pairs), low, high)


def _middle_half(values: Sequence[float]) -> tuple[float, float]:
    if len(values) == 1:
        return values[0], values[0]
    quarters = statistics.quantiles(values, n=4, method="inclusive")
    return quarters[0], quarters[2]


def proven_round(contestant: Contestant) -> Measurement:
    """Run one round. Raises ResultsDiffer when it left anything else behind than the contestant was expected to."""
    measurement = contestant.run_round()
    if dict(measurement.proof) != dict(contestant.expected):
        raise ResultsDiffer(
            f"{contestant.name} left {dict(measurement.proof)}; the work asked for was {dict(contestant.expected)}."
        )
    return measurement


def measure(contestants: Sequence[Contestant], rounds: int) -> Rounds:
    """Run A B A B …, each round starting with the next contestant, so that no one always follows the same neighbour.

    The first, untimed pass warms caches and prepared statements and already has to prove its results.
    Raises ResultsDiffer as soon as one contestant leaves something else behind than expected.
    """
    for contestant in contestants:
        proven_round(contestant)
    result = Rounds()
    for turn in range(rounds):
        start = turn % len(contestants)
        for contestant in [*contestants[start:], *contestants[:start]]:
            result.add(contestant)
    return result

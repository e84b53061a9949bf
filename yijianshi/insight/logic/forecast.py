"""What-if: the departments' desks simulated on one clock of events (docs/algorithms/what-if.md).

Applications arrive as they were recorded, each takes the path of one recording under the version of the variant; its items
become cases at departments; a case waits for the cases before it, then for an officer, the officer's minutes, and its notice.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import Any, Protocol

import simpy

from yijianshi.insight.logic.working_time import WorkingTime
from yijianshi.kernel.periods import Period

Event = simpy.events.Event


class Chance(Protocol):
    """A seeded source of chance; ``random.Random`` is one."""

    def random(self) -> float:
        """Return a number from 0 up to 1."""
        ...

    def expovariate(self, lambd: float) -> float:
        """Return an exponential number with mean 1 / *lambd*."""
        ...

    def gammavariate(self, alpha: float, beta: float) -> float:
        """Return a gamma number with mean *alpha* times *beta*."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """One case to come: which item, whose desk, the promise in working days, and a notice or wait that nobody can shorten."""

    item: str
    department: str
    promise: int
    wait: Period | None = None
    after: tuple[str, ...] = ()


Steps = tuple[Step, ...]  # of one application, each behind those it waits for


@dataclass(frozen=True, slots=True)
class Desk:
    """One department: how many officers, and how long a case takes one of them (mean minutes; *spread* = deviation ÷ mean)."""

    officers: int
    minutes: float
    spread: float


@dataclass(frozen=True, slots=True)
class Plan:
    """One variant: the way of each recording (by place), and the desks."""

    ways: Sequence[Steps]
    desks: Mapping[str, Desk]


@dataclass(frozen=True, slots=True)
class Demand:
    """Applications a weekday (Monday first) on average, over *weeks* from *start*; the first *warm_up* weeks are not measured."""

    weekdays: tuple[float, ...]
    weights: Sequence[int]  # how often each recording occurs
    start: date
    weeks: int
    warm_up: int


@dataclass(slots=True)
class Run:
    """What one run leaves: working days each measured application took, and each department's load."""

    days: list[int] = field(default_factory=list)
    late: int = 0
    busy: dict[str, float] = field(default_factory=dict)  # department → officer minutes worked while measured
    queues: dict[str, list[int]] = field(default_factory=dict)  # department → cases waiting at each measured closing time
    cases: Counter[str] = field(default_factory=Counter)
    measured_minutes: float = 0.0


def run(plan: Plan, demand: Demand, time: WorkingTime, chances: Callable[[str], Chance]) -> Run:
    """Simulate once; the same *chances* draw the same applications and the same minutes for each case, whatever the variant."""
    return _Simulation(plan, demand, time, chances).run()


class _Simulation:
    def __init__(self, plan: Plan, demand: Demand, time: WorkingTime, chances: Callable[[str], Chance]) -> None:
        self.plan, self.demand, self.time, self.chances = plan, demand, time, chances
        self.env = simpy.Environment()
        self.desks = {code: simpy.Resource(self.env, capacity=desk.officers) for code, desk in plan.desks.items()}
        self.weights = list(accumulate(demand.weights))
        self.begins = time.opening(demand.start + timedelta(weeks=demand.warm_up))
        self.ends = time.opening(demand.start + timedelta(weeks=demand.weeks))
        self.result = Run(queues={code: [] for code in plan.desks}, measured_minutes=self.ends - self.begins)

    def run(self) -> Run:
        for number, (moment, place) in enumerate(self._arrivals()):
            self.env.process(self._application(number, moment, self.plan.ways[place]))
        self.env.process(self._look())
        self.env.run()
        return self.result

    def _arrivals(self) -> list[tuple[float, int]]:
        """Return moment and recording of each application; independent of the variant."""
        chance = self.chances("arrivals")
        found = []
        for number in range(self.demand.weeks * 7):
            day = self.demand.start + timedelta(days=number)
            mean = self.demand.weekdays[day.weekday()]
            at = chance.expovariate(mean) if mean > 0 else 1.0
            while at < 1.0:
                found.append((self.time.moment(day, at), bisect_right(self.weights, chance.random() * self.weights[-1])))
                at += chance.expovariate(mean)
        return sorted(found)

    def _application(self, number: int, moment: float, steps: Steps) -> Generator[Event, Any, None]:
        yield self.env.timeout(moment)
        ended: dict[str, Event] = {}
        due: dict[str, int] = {}
        start = int(self.env.now // self.time.minutes)
        for step in steps:
            begun = max([due[one] for one in step.after if one in due], default=start)
            due[step.item] = (self.time.after(begun, step.wait) if step.wait else begun) + step.promise
            minutes = self._minutes(self.plan.desks[step.department], f"minutes {number} {step.item}")
            upstream = [ended[one] for one in step.after if one in ended]
            ended[step.item] = self.env.process(self._case(step, minutes, upstream))
        yield self.env.all_of(list(ended.values()))
        if self.begins <= moment < self.ends:
            finished = self.time.day(self.env.now)
            self.result.days.append(finished - start)
            self.result.late += finished > max(due.values(), default=start)

    def _case(self, step: Step, minutes: float, upstream: Sequence[Event]) -> Generator[Event, Any, None]:
        if upstream:
            yield self.env.all_of(list(upstream))
        received = int(self.env.now // self.time.minutes)
        with self.desks[step.department].request() as turn:
            yield turn
            begun = self.env.now
            yield self.env.timeout(minutes)
        self._note(step.department, begun, self.env.now)
        if step.wait is not None:
            until = float((self.time.after(received, step.wait) + 1) * self.time.minutes)
            if until > self.env.now:
                yield self.env.timeout(until - self.env.now)

    def _minutes(self, desk: Desk, name: str) -> float:
        if desk.spread <= 0:
            return desk.minutes
        shape = 1 / desk.spread**2
        return self.chances(name).gammavariate(shape, desk.minutes / shape)

    def _note(self, department: str, begun: float, ended: float) -> None:
        worked = min(ended, self.ends) - max(begun, self.begins)
        if worked > 0:
            self.result.busy[department] = self.result.busy.get(department, 0.0) + worked
            self.result.cases[department] += 1

    def _look(self) -> Generator[Event, Any, None]:
        """Count who waits, at each closing time of the measured weeks."""
        yield self.env.timeout(self.begins)
        while self.env.now < self.ends:
            yield self.env.timeout(self.time.minutes)
            for code, desk in self.desks.items():
                self.result.queues[code].append(len(desk.queue))

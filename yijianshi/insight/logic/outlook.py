"""Several variants simulated several times, and what can be said of them: medians, nine in ten, spread over the runs."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.paths import Path
from yijianshi.insight.logic.forecast import Chance, Demand, Desk, Plan, Run, Step, Steps, run
from yijianshi.insight.logic.recording import Recording
from yijianshi.insight.logic.replay import Runner
from yijianshi.insight.logic.working_time import WorkingTime
from yijianshi.kernel import graph
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.workdays import Calendar

MOST_CASES = 60_000  # over all runs and variants: some seconds
COMFORTABLE = 0.8  # the load up to which queues stay short; suggested officers are for this


class TooMuchToSimulate(Invalid):
    """这样要推演大约 {cases} 件办件，超过一次 {most} 件的上限。请减少次数、周数或每周的申请量。

    This would simulate about {cases} cases, beyond the limit of {most} at a time. Please take fewer runs, weeks or applications.
    """


@dataclass(frozen=True, slots=True)
class Span:
    """A figure over all runs: its mean, and the lowest and highest run."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Load:
    """One department: share of the officers' time in use, cases waiting at closing time, cases a working day."""

    department: str
    officers: int
    utilisation: Span
    queue: Span
    queue_p90: int
    cases: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """One variant over all runs; ``days``: working days → applications, ``p50``, ``p90`` of all, ``late``: past the promise."""

    applications: int
    days: Mapping[int, int]
    p50: int
    p90: int
    p90_runs: Span
    late: Span
    loads: tuple[Load, ...]

    @property
    def late_percent(self) -> float:
        """Return the share past the promise in percent, one digit after the point."""
        return round(100 * self.late.mean, 1)


def ways_of(thing: CompiledThing, recordings: Sequence[Recording], calendar: Calendar) -> list[Steps]:
    """Return the steps of each recording under this version."""
    runner = Runner(thing, calendar)
    known: dict[Path, Steps] = {}
    ways = []
    for recording in recordings:
        path = runner.path(recording)
        if path not in known:
            known[path] = _steps(thing, path)
        ways.append(known[path])
    return ways


def daily_minutes(ways: Sequence[Steps], demand: Demand, minutes: Mapping[str, float]) -> dict[str, float]:
    """Return department → officer minutes that arrive on an average weekday."""
    total = sum(demand.weights)
    a_day = sum(demand.weekdays) / 5
    found: Counter[str] = Counter()
    for steps, weight in zip(ways, demand.weights, strict=True):
        for step in steps:
            found[step.department] += weight
    return {department: a_day * count / total * minutes[department] for department, count in found.items()}


def suggested_officers(load: float, minutes_a_day: int) -> int:
    """Return the fewest officers whose load stays comfortable."""
    return max(1, ceil(load / (COMFORTABLE * minutes_a_day)))


def departments_of(ways: Sequence[Steps]) -> list[str]:
    """Return the departments that get cases, in order of first step."""
    return list(dict.fromkeys(step.department for steps in ways for step in steps))


def check_size(plans: Sequence[Plan], demand: Demand, runs: int) -> None:
    """Raise TooMuchToSimulate where it would take too long."""
    weights = sum(demand.weights)
    cases = 0.0
    for plan in plans:
        each = sum(len(steps) * weight for steps, weight in zip(plan.ways, demand.weights, strict=True)) / weights
        cases += each * sum(demand.weekdays) * demand.weeks * runs
    if cases > MOST_CASES:
        raise TooMuchToSimulate(cases=round(cases), most=MOST_CASES, field="runs")


def outcome(plan: Plan, demand: Demand, time: WorkingTime, seeds: Sequence[int], chance: Callable[[str], Chance]) -> Outcome:
    """Simulate one variant once for each seed; *chance* makes a source of chance from a word."""
    runs = [run(plan, demand, time, lambda name, seed=seed: chance(f"{seed} {name}")) for seed in seeds]  # type: ignore[misc]
    days = Counter(day for one in runs for day in one.days)
    return Outcome(
        applications=sum(days.values()),
        days=dict(sorted(days.items())),
        p50=quantile(days, 0.5),
        p90=quantile(days, 0.9),
        p90_runs=_span([float(quantile(Counter(one.days), 0.9)) for one in runs]),
        late=_span([one.late / len(one.days) if one.days else 0.0 for one in runs]),
        loads=tuple(_load(code, plan.desks[code], runs, time) for code in departments_of(plan.ways)),
    )


def quantile(counts: Mapping[int, int], share: float) -> int:
    """Return the smallest number that at least *share* of all do not exceed; 0 of nothing."""
    left = share * sum(counts.values())
    for value in sorted(counts):
        left -= counts[value]
        if left <= 1e-9:
            return value
    return 0


def _load(code: str, desk: Desk, runs: Sequence[Run], time: WorkingTime) -> Load:
    available = [one.measured_minutes * desk.officers for one in runs]
    waiting = Counter(count for one in runs for count in one.queues[code])
    shares = [one.busy.get(code, 0.0) / minutes if minutes else 0.0 for one, minutes in zip(runs, available, strict=True)]
    queues = [sum(one.queues[code]) / len(one.queues[code]) if one.queues[code] else 0.0 for one in runs]
    days = sum(one.measured_minutes for one in runs) / time.minutes
    cases = sum(one.cases[code] for one in runs)
    return Load(code, desk.officers, _span(shares), _span(queues), quantile(waiting, 0.9), cases / days if days else 0.0)


def _span(values: Sequence[float]) -> Span:
    return Span(sum(values) / len(values), min(values), max(values))


def _steps(thing: CompiledThing, path: Path) -> Steps:
    waits: dict[str, set[str]] = {code: set() for code in path.items}
    for downstream, upstream in path.waits:
        waits[downstream].add(upstream)
    items = thing.items_by_code
    steps = []
    for code in graph.topological_order(list(path.items), waits):
        item = items[code]
        steps.append(
            Step(
                item=code,
                department=item.department.kind,
                promise=item.limits.promise.as_working_days,
                wait=item.timer.period if item.timer else None,
                after=tuple(sorted(waits[code])),
            )
        )
    return tuple(steps)

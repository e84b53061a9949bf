"""Load and duration by department, simulated for today's version, a changed one, and with one officer fewer."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.foundation import calendars
from yijianshi.identity.logic.actor import Actor
from yijianshi.insight.logic.assumptions import USUAL_MINUTES, Assumptions, weekday_means
from yijianshi.insight.logic.forecast import Chance, Demand, Desk, Plan, Steps
from yijianshi.insight.logic.outlook import (
    Outcome,
    check_size,
    daily_minutes,
    departments_of,
    outcome,
    suggested_officers,
    ways_of,
)
from yijianshi.insight.logic.recording import Recording
from yijianshi.insight.logic.working_time import working_time
from yijianshi.insight.queries.recordings import RecordingSetCard, get_recordings, get_set
from yijianshi.insight.queries.replays import base_of
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.text import Text

_KEPT = 32
TODAY = Text("现在的版本", "Today's version")
CHANGED = Text("改过的版本", "The changed version")
FEWER = Text("现在的版本，“{department}”少一人", "Today's version, one officer fewer at '{department}'")


class NobodyLeft(Invalid):
    """“{department}”只有一名经办人，再少就没有人办了。请选别的部门，或先给它多填几人。

    '{department}' has one officer only; with one fewer nobody is left. Please choose another department, or enter more officers.
    """


@dataclass(frozen=True, slots=True)
class DeskView:
    """One department in the form: officers and minutes assumed."""

    code: str
    name: Text
    officers: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Variant:
    """One variant and what came out."""

    label: Text
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ForecastView:
    """A forecast as its page shows it."""

    recordings: RecordingSetCard
    thing: CompiledThing
    assumptions: Assumptions
    per_week: float
    desks: tuple[DeskView, ...]
    variants: tuple[Variant, ...]

    @property
    def last_seed(self) -> int:
        """Return the seed of the last run."""
        return self.assumptions.seeds[-1]


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all variants of one forecast share."""

    card: RecordingSetCard
    recordings: tuple[Recording, ...]
    ways: list[Steps]
    demand: Demand
    desks: Mapping[str, Desk]


def list_desks(set_id: UUID, assumptions: Assumptions, *, by: Actor) -> tuple[DeskView, ...]:
    """Return the departments of the form with officers and minutes assumed. Raises NoRecordings, Forbidden."""
    thing = base_of(set_id, by=by)
    return _desk_views(thing, _setting(set_id, thing, None, assumptions, by).desks)


def forecast(set_id: UUID, assumptions: Assumptions, *, new: CompiledThing | None = None, by: Actor) -> ForecastView:
    """Return the variants: today's version, *new* if given, one officer fewer if asked; equal input, equal result.

    Raises NoRecordings, CalendarTooShort, TooMuchToSimulate, NobodyLeft, Forbidden.
    """
    thing = base_of(set_id, by=by)
    setting = _setting(set_id, thing, new, assumptions, by)
    plans = [(TODAY, Plan(setting.ways, setting.desks))]
    if new is not None:
        plans.append((CHANGED, Plan(ways_of(new, setting.recordings, calendars.national()), setting.desks)))
    if assumptions.fewer in setting.desks:
        plans.append(_one_fewer(thing, setting, assumptions.fewer))
    check_size([plan for _, plan in plans], setting.demand, assumptions.runs)
    key = (set_id, assumptions, thing.sha, new.sha if new else "")
    return ForecastView(
        recordings=setting.card,
        thing=new or thing,
        assumptions=assumptions,
        per_week=sum(setting.demand.weekdays),
        desks=_desk_views(new or thing, setting.desks),
        variants=_simulated(key, lambda: _outcomes(plans, setting.demand, assumptions)),
    )


def _outcomes(plans: list[tuple[Text, Plan]], demand: Demand, assumptions: Assumptions) -> tuple[Variant, ...]:
    time = working_time(assumptions.start, assumptions.weeks, assumptions.minutes_a_day, calendars.national())
    return tuple(Variant(label, outcome(plan, demand, time, assumptions.seeds, _chance)) for label, plan in plans)


@dataclass(frozen=True)
class _Once:
    """A computation that is known by its key alone."""

    key: tuple[object, ...]
    compute: Callable[[], tuple[Variant, ...]]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Once) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)


def _simulated(key: tuple[object, ...], compute: Callable[[], tuple[Variant, ...]]) -> tuple[Variant, ...]:
    return _remembered(_Once(key, compute))


@lru_cache(maxsize=_KEPT)
def _remembered(once: _Once) -> tuple[Variant, ...]:
    return once.compute()


def _chance(name: str) -> Chance:
    return random.Random(name)  # noqa: S311  a simulation, no secret


def _setting(set_id: UUID, thing: CompiledThing, new: CompiledThing | None, assumptions: Assumptions, by: Actor) -> _Setting:
    card = get_set(set_id, by=by)
    recordings = tuple(one for group in get_recordings(set_id, by=by).values() for one in group)
    calendar = calendars.national()
    ways = ways_of(thing, recordings, calendar)
    demand = Demand(
        weekdays=weekday_means(card.arrivals, assumptions.per_week),
        weights=[one.count for one in recordings],
        start=assumptions.start,
        weeks=assumptions.weeks,
        warm_up=assumptions.warm_up,
    )
    more = ways_of(new, recordings, calendar) if new else []
    departments = departments_of([*ways, *more])
    minutes = dict.fromkeys(departments, USUAL_MINUTES) | dict(assumptions.minutes)
    loads = daily_minutes(ways, demand, {code: float(minutes[code]) for code in departments})
    entered = dict(assumptions.officers)
    desks = {
        code: Desk(
            officers=entered.get(code) or suggested_officers(loads.get(code, 0.0), assumptions.minutes_a_day),
            minutes=minutes[code],
            spread=assumptions.spread / 100,
        )
        for code in departments
    }
    return _Setting(card, recordings, ways, demand, desks)


def _one_fewer(thing: CompiledThing, setting: _Setting, department: str) -> tuple[Text, Plan]:
    desk = setting.desks[department]
    if desk.officers < 2:
        raise NobodyLeft(department=thing.department(department), field="fewer")
    fewer = {**setting.desks, department: replace(desk, officers=desk.officers - 1)}
    return FEWER.format(department=thing.department(department)), Plan(setting.ways, fewer)


def _desk_views(thing: CompiledThing, desks: Mapping[str, Desk]) -> tuple[DeskView, ...]:
    return tuple(DeskView(code, thing.department(code), desk.officers, int(desk.minutes)) for code, desk in desks.items())

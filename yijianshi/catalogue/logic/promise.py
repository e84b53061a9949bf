"""The promised time of a whole thing: the critical path over its items' promises, never their sum.

Notices and statutory waits stand beside the promise: nobody can shorten them, so they are named apart, and every date counts
them in, in the days they count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.plan import Edge, Promise
from yijianshi.catalogue.logic.schema import Item
from yijianshi.catalogue.logic.schema.item import HOLDING, Timer
from yijianshi.kernel import graph
from yijianshi.kernel.text import Text
from yijianshi.kernel.workdays import Calendar

_WAITING = Text(
    "从受理后的下一个工作日起算。等您补材料、依法暂停的日子和制卡、邮寄的时间不算在内。",
    "Counted from the working day after acceptance. Days spent waiting for your corrections, lawful pauses, card making and post"
    " are not included.",
)
_UNSHORTENED = Text(
    "其中“{item}”{text} {length}，法律规定不能缩短。",
    "Of this, {length} are '{item}' ({text}); the law lets nobody shorten them.",
)


def promise_of(items: Sequence[Item], edges: Sequence[Edge]) -> Promise:
    """Return the promise for the included items; only FINISH_TO_START and AFTER_END edges make one item wait for another.

    The path is the longest with the waits in it; the working days are those of the departments on it.
    """
    durations = {item.code: item.limits.promise.as_working_days for item in items}
    periods = {item.code: item.timer.period for item in items if item.timer}
    waiting: dict[str, set[str]] = {code: set() for code in durations}
    for edge in edges:
        if edge.kind in HOLDING:
            waiting[edge.downstream].add(edge.upstream)
    alone = graph.critical_path(durations, waiting)
    if not periods:
        return Promise(alone.total, alone.path, dict(alone.start), dict(alone.finish), _WAITING)
    weights = {code: days + (periods[code].as_working_days if code in periods else 0) for code, days in durations.items()}
    path = graph.critical_path(weights, waiting).path
    return Promise(
        working_days=sum(durations[code] for code in path),
        path=path,
        start=dict(alone.start),
        finish=dict(alone.finish),
        excluded_waiting=_WAITING,
        periods=periods,
        after={code: tuple(sorted(upstreams)) for code, upstreams in waiting.items()},
        waits=tuple(_unshortened(item, item.timer) for item in items if item.timer and item.code in path),
    )


def longest_promise(thing: CompiledThing) -> int:
    """Return the promised working days with every item included and every possible dependency in force."""
    durations = {item.code: item.definition.limits.promise.as_working_days for item in thing.items}
    waiting: dict[str, set[str]] = {code: set() for code in durations}
    for edge in thing.edges:
        if edge.kind in HOLDING:
            waiting[edge.downstream].add(edge.upstream)
    return graph.critical_path(durations, waiting).total


def promise_dates(promise: Promise, start_on: date, calendar: Calendar) -> Mapping[str, date | None]:
    """Return each item's promised day when accepted on *start_on* (not counted, 民法典 art. 201), waits included.

    None where the day lies in a year whose holiday notice is not loaded yet.
    """
    if not promise.periods:
        return {code: calendar.try_add_working_days(start_on, days) for code, days in promise.finish.items()}
    reached: dict[str, _Point | None] = {}
    for code in graph.topological_order(list(promise.finish), promise.after):
        begun = _latest([reached[one] for one in promise.after[code]], start_on, calendar)
        reached[code] = _finish(promise, code, begun, calendar)
    return {code: point.day(calendar) if point else None for code, point in reached.items()}


def promised_on(promise: Promise, start_on: date, calendar: Calendar) -> date | None:
    """Return the promised day of the whole thing, or None while the calendar does not reach so far."""
    if not promise.periods:
        return calendar.try_add_working_days(start_on, promise.working_days)
    return last_of(promise_dates(promise, start_on, calendar))


def last_of(dates: Mapping[str, date | None]) -> date | None:
    """Return the last of these days, None where one of them is not known or there are none."""
    known = [day for day in dates.values() if day is not None]
    return max(known) if known and len(known) == len(dates) else None


@dataclass(frozen=True, slots=True)
class _Point:
    """So many working days after a day, added up before the calendar is asked: two half steps are not one whole step."""

    base: date
    working_days: int

    def day(self, calendar: Calendar) -> date | None:
        return calendar.try_add_working_days(self.base, self.working_days)


def _latest(upstreams: Sequence[_Point | None], start_on: date, calendar: Calendar) -> _Point | None:
    if not upstreams:
        return _Point(start_on, 0)
    found: tuple[date, _Point] | None = None
    for point in upstreams:
        day = point.day(calendar) if point else None
        if point is None or day is None:
            return None
        if found is None or day > found[0]:
            found = day, point
    return found[1] if found else None


def _finish(promise: Promise, code: str, begun: _Point | None, calendar: Calendar) -> _Point | None:
    duration = promise.finish[code] - promise.start[code]
    if begun is None or code not in promise.periods:
        return None if begun is None else _Point(begun.base, begun.working_days + duration)
    # The wait begins on the day of acceptance itself, working day or not.
    accepted_on = begun.day(calendar) if begun.working_days else begun.base
    last = promise.periods[code].last_day(accepted_on, calendar) if accepted_on else None
    return None if last is None else _Point(last, duration)


def _unshortened(item: Item, timer: Timer) -> Text:
    text = Text(timer.text.zh.rstrip("。"), timer.text.en.rstrip("."))
    return _UNSHORTENED.format(item=item.name, text=text, length=timer.period.in_words)

"""The promised time of a whole thing: the critical path over its items' promises, never their sum."""

from collections.abc import Mapping, Sequence
from datetime import date

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.plan import Edge, Promise
from yijianshi.catalogue.logic.schema import Item
from yijianshi.catalogue.logic.schema.item import HOLDING
from yijianshi.kernel import graph
from yijianshi.kernel.text import Text
from yijianshi.kernel.workdays import Calendar

_WAITING = Text(
    "从受理后的下一个工作日起算。等您补材料、依法暂停的日子和制卡、邮寄的时间不算在内。",
    "Counted from the working day after acceptance. Days spent waiting for your corrections, lawful pauses, card making and post"
    " are not included.",
)


def promise_of(items: Sequence[Item], edges: Sequence[Edge]) -> Promise:
    """Return the promise for the included items; only FINISH_TO_START and AFTER_END edges make one item wait for another."""
    durations = {item.code: item.limits.promise.as_working_days for item in items}
    waiting: dict[str, set[str]] = {code: set() for code in durations}
    for edge in edges:
        if edge.kind in HOLDING:
            waiting[edge.downstream].add(edge.upstream)
    path = graph.critical_path(durations, waiting)
    return Promise(path.total, path.path, dict(path.start), dict(path.finish), _WAITING)


def longest_promise(thing: CompiledThing) -> int:
    """Return the promised working days with every item included and every possible dependency in force."""
    durations = {item.code: item.definition.limits.promise.as_working_days for item in thing.items}
    waiting: dict[str, set[str]] = {code: set() for code in durations}
    for edge in thing.edges:
        if edge.kind in HOLDING:
            waiting[edge.downstream].add(edge.upstream)
    return graph.critical_path(durations, waiting).total


def promise_dates(promise: Promise, start_on: date, calendar: Calendar) -> Mapping[str, date | None]:
    """Return each item's promised day when accepted on *start_on* (not counted, 民法典 art. 201).

    None where the day lies in a year whose holiday notice is not loaded yet.
    """
    return {code: calendar.try_add_working_days(start_on, days) for code, days in promise.finish.items()}


def promised_on(promise: Promise, start_on: date, calendar: Calendar) -> date | None:
    """Return the promised day of the whole thing, or None while the calendar does not reach so far."""
    return calendar.try_add_working_days(start_on, promise.working_days)

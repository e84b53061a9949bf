"""When each item will be done at the latest, as far as can be said today; held items follow the ones they wait for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yijianshi.cases.logic.states import FAILED, State
from yijianshi.kernel.periods import Period
from yijianshi.kernel.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Standing:
    """What a forecast needs to know of one case."""

    item_code: str
    state: State
    waits_for: tuple[str, ...]
    promise_working_days: int
    promised_on: date | None
    ended_on: date | None
    wait: Period | None = None  # the notice or statutory wait that acceptance will begin


@dataclass(frozen=True, slots=True)
class Due:
    """The day, or None while nobody can say; not *certain* while an earlier act is still missing."""

    on: date | None
    certain: bool


def forecast(cases: Sequence[Standing], today: date, calendar: Calendar) -> dict[str, Due]:
    """Return item → when it is due; *cases* in an order in which upstream items come first."""
    found: dict[str, Due] = {}
    for case in cases:
        found[case.item_code] = _due(case, found, today, calendar)
    return found


def last_day(dues: Mapping[str, Due], cases: Sequence[Standing]) -> date | None:
    """Return the day by which all items that can still succeed are done, or None while one of them cannot be said."""
    days = [dues[case.item_code].on for case in cases if case.state not in FAILED]
    return None if not days or None in days else max(day for day in days if day)


def _due(case: Standing, found: Mapping[str, Due], today: date, calendar: Calendar) -> Due:
    if case.ended_on is not None:
        return Due(case.ended_on, True)
    if case.state is State.SUSPENDED:
        return Due(None, False)
    if case.promised_on is not None:
        return Due(case.promised_on, True)
    start: date | None = today
    for code in case.waits_for:
        upstream = found.get(code, Due(today, True)).on
        start = None if start is None or upstream is None else max(start, upstream)
    if case.wait is not None and start is not None:
        start = case.wait.last_day(start, calendar)
    return Due(None if start is None else calendar.try_add_working_days(start, case.promise_working_days), False)

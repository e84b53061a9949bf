"""The due dates of a case without the list of its days, in time that does not grow with the length of the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yijianshi.cases.logic.clock.entries import ClockEntry, Limits
from yijianshi.cases.logic.clock.ledger import DAY, Ledger, Phase, read_ledger
from yijianshi.kernel.workdays import Calendar


@dataclass(frozen=True, slots=True)
class DueDates:
    """When the office must have acted; None: no such limit, not known while suspended, or waiting for *missing_year*'s notice."""

    acceptance_due: date | None
    promised_due: date | None
    legal_due: date | None
    missing_year: int | None


def due_dates(entries: Sequence[ClockEntry], limits: Limits, calendar: Calendar, until: date | None = None) -> DueDates:
    """Return the due dates as seen on *until* (the day of the last entry if not given); equal to what replay finds."""
    if until is None:
        until = max((entry.on for entry in entries), default=date.max)
    ledger = read_ledger(entries, limits, calendar, until)
    legal = legal_due_on(ledger, calendar)
    promised = promised_due_on(ledger, calendar, legal)
    return DueDates(ledger.acceptance_due, promised, legal, missing_year(ledger, (promised, legal)))


def due_on(ledger: Ledger, calendar: Calendar, limit: int | None) -> date | None:
    """Return the day on which *limit* counted days are used up, None if suspended before, or the calendar ends before."""
    if limit is None or ledger.accepted_on is None or ledger.accepted_on > ledger.horizon:
        return None
    left = ledger.allowance(limit, calendar)
    if left == 0:
        return ledger.accepted_on
    for start, end in ledger.running_spans():
        counted = None if end is None else _count(ledger, calendar, start, end)
        if counted is None or counted >= left:
            return calendar.try_add_working_days(start, left)
        if end is not None and end > ledger.horizon:
            return None
        left -= counted
    return None


def promised_due_on(ledger: Ledger, calendar: Calendar, legal: date | None) -> date | None:
    """Return the promised day; in working days it never outlasts a *legal* limit in calendar days."""
    promised = due_on(ledger, calendar, ledger.limits.promised_working_days)
    if ledger.limits.legal_calendar_days is None or legal is None:
        return promised
    return legal if promised is None else min(promised, legal)


def legal_due_on(ledger: Ledger, calendar: Calendar) -> date | None:
    """Return the day on which the law's limit is used up, in whichever days the law counts."""
    limits = ledger.limits
    if limits.legal_calendar_days is None:
        return due_on(ledger, calendar, limits.legal_working_days)
    if ledger.accepted_on is None:
        return None
    left = limits.legal_calendar_days + ledger.extension
    if left == 0:
        return last_day(ledger.accepted_on, limits, calendar)
    for start, end in ledger.running_spans():
        if end is None or (end - start).days >= left:
            return last_day(start + DAY * left, limits, calendar)
        left -= (end - start).days
    return None


def last_day(day: date, limits: Limits, calendar: Calendar) -> date | None:
    """Return the last day of a calendar-day limit that ends on *day*: moved off a rest day only where the item's law says so."""
    return calendar.try_add_working_days(day, 0) if limits.legal_rest_day_moves else day


def first_dates(limits: Limits, calendar: Calendar, accepted_on: date) -> tuple[date | None, date | None]:
    """Return the promised and the legal day of a case accepted on that day, before anything has moved them."""
    promised = calendar.try_add_working_days(accepted_on, limits.promised_working_days)
    if limits.legal_calendar_days is None:
        days = limits.legal_working_days
        return promised, None if days is None else calendar.try_add_working_days(accepted_on, days)
    legal = last_day(accepted_on + DAY * limits.legal_calendar_days, limits, calendar)
    return min((day for day in (promised, legal) if day), default=None), legal


def used_working_days(ledger: Ledger, calendar: Calendar, until: date) -> int:
    """Return how many working days were counted up to and including *until*; days without a calendar are not counted."""
    last = until if ledger.stopped_on is None else min(until, ledger.stopped_on)
    return sum(_count(ledger, calendar, start, last if end is None else min(end, last)) for start, end in ledger.running_spans())


def missing_year(ledger: Ledger, wanted: Sequence[date | None]) -> int | None:
    """Return the year whose holiday notice is needed before the dates are known, or None."""
    after = (ledger.horizon + DAY).year
    if ledger.stopped_on is not None:
        return None
    if ledger.phase is Phase.CHECKING:
        return after if ledger.check_days is not None and ledger.acceptance_due is None else None
    needed = wanted if ledger.limits.has_legal else wanted[:1]
    return after if ledger.phase in (Phase.RUNNING, Phase.NOTICE) and None in needed else None


def deemed_acceptance_date(received_on: date, calendar: Calendar, days: int = 5) -> date:
    """Return the first day on which silence makes the application accepted (from *received_on*; 行政许可法 art. 32).

    That is the day after the last of the *days* working days. Raises UnknownYear.
    """
    return calendar.add_working_days(received_on, days) + DAY


def _count(ledger: Ledger, calendar: Calendar, start: date, end: date) -> int:
    last = min(end, ledger.horizon)
    return calendar.working_days_between(start, last) if last > start else 0

"""Replay a clock ledger day by day: where the clock stands, and for every day whether it was counted and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yijianshi.cases.logic.clock import explain
from yijianshi.cases.logic.clock.due import last_day, missing_year
from yijianshi.cases.logic.clock.entries import ClockEntry, ClockKind, Limits
from yijianshi.cases.logic.clock.lamps import Account, Lamp, lamp
from yijianshi.cases.logic.clock.ledger import DAY, Ledger, Phase, Turn, read_ledger
from yijianshi.kernel.text import Text
from yijianshi.kernel.workdays import Calendar


class ClockStatus(StrEnum):
    """Where the clock of the decision stands; NOT_STARTED until the application is accepted."""

    NOT_STARTED = "NOT_STARTED"
    WAITING_FOR_APPLICANT = "WAITING_FOR_APPLICANT"
    RUNNING = "RUNNING"
    SUSPENDED = "SUSPENDED"
    NOTICE = "NOTICE"  # a notice or statutory wait runs
    STOPPED = "STOPPED"


_STATUS = {
    None: ClockStatus.NOT_STARTED,
    Phase.CHECKING: ClockStatus.NOT_STARTED,
    Phase.WAITING: ClockStatus.WAITING_FOR_APPLICANT,
    Phase.RUNNING: ClockStatus.RUNNING,
    Phase.SUSPENDED: ClockStatus.SUSPENDED,
    Phase.NOTICE: ClockStatus.NOTICE,
}


@dataclass(frozen=True, slots=True)
class ClockDay:
    """One calendar day of a case; *counted* says whether it used up a working day of the limit."""

    date: date
    counted: bool
    why: Text


@dataclass(frozen=True)
class ClockState:
    """The clock on the evening of a day. Numbers are working days; a due day is the last day on which acting is in time.

    *legal_remaining* is in calendar days where the law counts these. *remaining* and *legal_remaining* are negative when overdue.
    A due date is None when there is no such limit, while the clock
    is suspended before it is used up, or until the notice of *missing_year* is loaded (show kernel.workdays.pending_text).
    *correction_due* is the applicant's last day to correct; *suspension_due* the last announced day of the open suspension;
    *notice_until* the last day of the notice or statutory wait, if there is one and its year is loaded.
    """

    state: ClockStatus
    used_working_days: int
    remaining: int
    legal_remaining: int | None
    acceptance_due: date | None
    promised_due: date | None
    legal_due: date | None
    correction_due: date | None
    suspension_due: date | None
    accepted_on: date | None
    is_deemed: bool
    suspension: ClockEntry | None
    notice_until: date | None
    missing_year: int | None
    lamp: Lamp
    days: tuple[ClockDay, ...]


def replay(entries: Sequence[ClockEntry], limits: Limits, calendar: Calendar, until: date) -> ClockState:
    """Return the state of the clock on *until*, from the entries up to that day; later entries are not looked at."""
    ledger = read_ledger(entries, limits, calendar, until)
    days = tuple(_days(ledger, calendar, until))
    used = sum(day.counted for day in days)
    legal = _legal(ledger, calendar, until, used)
    promised = _promise(ledger, calendar, until, used, legal)
    stopped = ledger.stopped_on is not None
    return ClockState(
        state=ClockStatus.STOPPED if stopped else _STATUS[ledger.phase],
        used_working_days=used,
        remaining=promised.allowance - used,
        legal_remaining=None if legal is None else legal.allowance - legal.used,
        acceptance_due=ledger.acceptance_due,
        promised_due=promised.due,
        legal_due=legal.due if legal else None,
        correction_due=_correction_due(ledger, calendar),
        suspension_due=_suspension_due(ledger, calendar),
        accepted_on=ledger.accepted_on,
        is_deemed=ledger.is_deemed,
        suspension=_suspension(ledger),
        notice_until=ledger.notice_until,
        missing_year=_missing_year(ledger, until, (promised.due, legal.due if legal else None)),
        lamp=_lamp(ledger, calendar, until)
        if ledger.accepted_on is None
        else lamp(promised, legal, limits, is_finished=stopped or ledger.is_waiting),
        days=days,
    )


def _days(ledger: Ledger, calendar: Calendar, until: date) -> Iterator[ClockDay]:
    if not ledger.turns:
        return
    day = ledger.turns[0].on
    last = until if ledger.stopped_on is None else min(until, ledger.stopped_on)
    used = checked = 0
    while day <= last:
        turn = _turn_on(ledger, day)
        works = day <= ledger.horizon and calendar.is_working_day(day)
        checked = 0 if day == turn.on else checked + (works and turn.phase is Phase.CHECKING)
        counted = works and turn.phase is Phase.RUNNING and ledger.accepted_on is not None and day > ledger.accepted_on
        used += counted
        yield ClockDay(day, counted, _why(ledger, calendar, day, used if counted else checked))
        day += DAY


def _why(ledger: Ledger, calendar: Calendar, day: date, ordinal: int) -> Text:
    turn = _turn_on(ledger, day)
    if day == ledger.accepted_on:
        return explain.DEEMED_FROM_TODAY if ledger.is_deemed else explain.ACCEPTED_TODAY
    if day == turn.on and turn.phase is Phase.CHECKING:
        return explain.RECEIVED_TODAY
    if turn.phase is Phase.NOTICE:
        return explain.waiting_out(turn.entry, ledger.notice_until)
    return explain.unknown(day) if day > ledger.horizon else _why_counted(ledger, calendar, day, ordinal)


def _why_counted(ledger: Ledger, calendar: Calendar, day: date, ordinal: int) -> Text:
    turn = _turn_on(ledger, day)
    if not calendar.is_working_day(day):
        by_law = ledger.limits.legal_calendar_days is not None and turn.phase is Phase.RUNNING
        return explain.resting_but_counted_by_law() if by_law else explain.resting(day, calendar)
    if turn.phase is Phase.RUNNING:
        return explain.counted(day, ordinal)
    if turn.phase is Phase.SUSPENDED:
        return explain.suspended(turn.entry)
    if turn.phase is Phase.WAITING:
        return explain.WAITING
    return explain.checking(ordinal, _check_limit(ledger, turn))


def _check_limit(ledger: Ledger, turn: Turn) -> int | None:
    again = turn.entry is not None and turn.entry.kind is ClockKind.CORRECTED
    return ledger.limits.recheck_working_days if again else ledger.limits.correction_working_days


def _turn_on(ledger: Ledger, day: date) -> Turn:
    """Return the phase that covers the end of *day*, which is not before the first turn."""
    return next(turn for turn in reversed(ledger.turns) if turn.on <= day)


def _legal(ledger: Ledger, calendar: Calendar, until: date, used: int) -> Account | None:
    """Return the law's limit in the days the law counts: working days, or every day on which the clock ran."""
    limits = ledger.limits
    if limits.legal_working_days is not None:
        allowance = ledger.allowance(limits.legal_working_days, calendar)
        return Account(used, allowance, _walk_to(ledger, calendar, allowance))
    if limits.legal_calendar_days is None:
        return None
    allowance = limits.legal_calendar_days + ledger.extension
    due = _walk_all_days(ledger, allowance)
    moved = None if due is None else last_day(due, limits, calendar)
    shift = (moved - due).days if moved and due else 0
    return Account(_all_days(ledger, until), allowance + shift, moved)


def _promise(ledger: Ledger, calendar: Calendar, until: date, used: int, legal: Account | None) -> Account:
    """Return the promise, cut short where the law's calendar days end before its working days do."""
    allowance = ledger.allowance(ledger.limits.promised_working_days, calendar)
    due = _walk_to(ledger, calendar, allowance)
    if ledger.limits.legal_calendar_days is None or legal is None or legal.due is None or (due and due <= legal.due):
        return Account(used, allowance, due)
    known = ledger.accepted_on is not None and max(ledger.accepted_on, legal.due) <= ledger.horizon
    fits = _working_days_to(ledger, calendar, legal.due) if known else allowance
    return Account(used, min(allowance, fits), legal.due)


def _working_days_to(ledger: Ledger, calendar: Calendar, last: date) -> int:
    """Return how many working days the clock counts until *last*, as if the present phase went on."""
    found, day = 0, ledger.accepted_on or last
    while day < last:
        day += DAY
        found += _turn_on(ledger, day).phase is Phase.RUNNING and calendar.is_working_day(day)
    return found


def _all_days(ledger: Ledger, until: date) -> int:
    last = until if ledger.stopped_on is None else min(until, ledger.stopped_on)
    found, day = 0, ledger.accepted_on or last
    while day < last:
        day += DAY
        found += _turn_on(ledger, day).phase is Phase.RUNNING
    return found


def _walk_all_days(ledger: Ledger, allowance: int) -> date | None:
    day = ledger.accepted_on
    if day is None:
        return None
    while allowance > 0:
        day += DAY
        turn = _turn_on(ledger, day)
        if turn.phase is not Phase.RUNNING and turn is ledger.turns[-1]:
            return None
        allowance -= turn.phase is Phase.RUNNING
    return day


def _walk_to(ledger: Ledger, calendar: Calendar, allowance: int) -> date | None:
    """Return the day on which *allowance* is used up, walking on past *until* as if the present phase went on."""
    day = ledger.accepted_on
    if day is None or day > ledger.horizon:
        return None
    while allowance > 0:
        day += DAY
        if day > ledger.horizon or (ledger.phase is Phase.SUSPENDED and day > ledger.turns[-1].on):
            return None
        allowance -= _turn_on(ledger, day).phase is Phase.RUNNING and calendar.is_working_day(day)
    return day


def _lamp(ledger: Ledger, calendar: Calendar, until: date) -> Lamp:
    """Return the lamp before acceptance: it watches the office's check, not the applicant's corrections."""
    start, limit = ledger.receipt_on, ledger.check_days
    last = min(until, ledger.horizon)
    if ledger.stopped_on or ledger.phase is not Phase.CHECKING or start is None or limit is None or last < start:
        return Lamp.GREEN
    return lamp(Account(calendar.working_days_between(start, last), limit), None, ledger.limits)


def _suspension(ledger: Ledger) -> ClockEntry | None:
    open_now = ledger.phase is Phase.SUSPENDED and ledger.stopped_on is None
    return ledger.turns[-1].entry if open_now else None


def _suspension_due(ledger: Ledger, calendar: Calendar) -> date | None:
    entry = _suspension(ledger)
    # The first suspended day is the day of the entry itself, so the announced days are counted from the day before.
    return calendar.try_add_working_days(entry.on - DAY, entry.working_days) if entry and entry.working_days else None


def _correction_due(ledger: Ledger, calendar: Calendar) -> date | None:
    entry = ledger.turns[-1].entry if ledger.phase is Phase.WAITING else None
    return calendar.try_add_working_days(entry.on, entry.working_days) if entry and entry.working_days else None


def _missing_year(ledger: Ledger, until: date, wanted: Sequence[date | None]) -> int | None:
    year = missing_year(ledger, wanted)
    if year is None and ledger.turns and ledger.stopped_on is None and until > ledger.horizon:
        return (ledger.horizon + DAY).year
    return year

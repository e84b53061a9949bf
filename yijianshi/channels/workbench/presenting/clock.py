"""The clock of a case as a small calendar: which days counted, which did not and why, and where the limits fall."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from yijianshi.cases.logic.clock import explain
from yijianshi.cases.logic.clock.replay import ClockDay
from yijianshi.cases.queries.views import CaseView
from yijianshi.channels.workbench.presenting import words
from yijianshi.kernel.text import Text
from yijianshi.kernel.workdays import Calendar, UnknownYear

MOST_WEEKS = 7
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)

COUNTED = Text("第{n}天", "day {n}")
REST = Text("休", "off")
WORDS = {
    "accepted": Text("受理", "accept"),
    "waiting": Text("补正", "wait"),
    "checking": Text("核对", "check"),
    "paused": Text("暂停", "pause"),
    "rest": REST,
}
MARKS = {
    "promised": Text("承诺", "promise"),
    "legal": Text("法定", "by law"),
    "act": Text("最晚", "act by"),
    "today": Text("今天", "today"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: *kind* is counted, accepted, waiting, checking, paused, rest, ahead or blank; *marks* are what falls on it."""

    date: date
    kind: str
    word: Text | None
    marks: tuple[Text, ...] = ()
    is_today: bool = False
    is_limit: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """The calendar in weeks from Monday, the days with their reasons, and the sentence above them."""

    weeks: tuple[tuple[Cell, ...], ...]
    days: tuple[ClockDay, ...]
    state: Text
    cut: bool  # earlier days are in the list only


def strip(case: CaseView, today: date, calendar: Calendar) -> Strip:
    """Return the calendar of a case as of *today*."""
    days = {day.date: day for day in case.clock.days}
    limits = [day for day in (case.act_by, case.promised_on, case.legal_due_on) if day]
    first, last = _span(min(days, default=today), [today, *limits], today)
    weeks = tuple(
        tuple(_cell(monday + _DAY * offset, case, days, today, calendar) for offset in range(7))
        for monday in _mondays(first, last)
    )
    return Strip(weeks, case.clock.days, words.CLOCK_STATES[case.clock.state], bool(days) and min(days) < weeks[0][0].date)


def _span(start: date, wanted: list[date], today: date) -> tuple[date, date]:
    """Return the days to draw: everything when it fits, else from shortly before today on."""
    first, last = start, max(wanted)
    if (last - first) > _WEEK * (MOST_WEEKS - 1):
        first = max(start, today - _WEEK * 2)
    return first, min(last, first + _WEEK * (MOST_WEEKS - 1))


def _mondays(first: date, last: date) -> Iterator[date]:
    monday = first - _DAY * first.weekday()
    while monday <= last:
        yield monday
        monday += _WEEK


def _cell(day: date, case: CaseView, days: dict[date, ClockDay], today: date, calendar: Calendar) -> Cell:
    known = days.get(day)
    kind = _past(known, case, calendar) if known else _other(day, case, today, calendar)
    ordinal = sum(each.counted for each in case.clock.days if each.date <= day)
    word = COUNTED.format(n=ordinal) if kind == "counted" else WORDS.get(kind)
    falling = {"legal": case.legal_due_on, "promised": case.promised_on}
    marks = [MARKS[name] for name, on in falling.items() if on == day]
    if case.act_by == day and not marks:
        marks.append(MARKS["act"])
    is_limit = bool(marks)
    if day == today:
        marks.insert(0, MARKS["today"])
    return Cell(day, kind, word, tuple(marks), day == today, is_limit)


def _past(day: ClockDay, case: CaseView, calendar: Calendar) -> str:
    if day.counted:
        return "counted"
    if day.date == case.clock.accepted_on:
        return "accepted"
    if day.why == explain.WAITING:
        return "waiting"
    if _rests(day.date, calendar):
        return "rest"
    before = case.clock.accepted_on is None or day.date < case.clock.accepted_on
    return "checking" if before else "paused"


def _other(day: date, case: CaseView, today: date, calendar: Calendar) -> str:
    if day < today:
        return "blank"
    return "rest" if _rests(day, calendar) else "ahead"


def _rests(day: date, calendar: Calendar) -> bool:
    try:
        return not calendar.is_working_day(day)
    except UnknownYear:
        return False

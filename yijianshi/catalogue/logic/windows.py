"""Application windows (受理时段): whether a one-thing takes applications at a moment, for whom, and when next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import lru_cache

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.schema.thing import Window
from yijianshi.kernel.errors import Conflict
from yijianshi.kernel.rules import Environment, Expr, evaluate, parse
from yijianshi.kernel.text import Text, long_date

BEIJING = timezone(timedelta(hours=8))
_DAY = timedelta(days=1)
_OPEN = Text("现在可以提交，本次到 {until} 为止（北京时间）。", "You can submit now, this time until {until} (Beijing time).")
_CLOSED = Text(
    "现在不在受理时间内，暂时不能提交。您可以先填好保存；{label}下一次从 {opens} 开始受理（北京时间）。",
    "Applications are not taken at this moment. You can fill in and save the form now; {label} opens next at {opens}"
    " (Beijing time).",
)
_OVER = Text(
    "受理已经结束（最后是 {until}，北京时间），现在不能提交。需要帮助请打 12345，或问办理部门有没有补报安排。",
    "The time for applications is over (it ended at {until}, Beijing time). For help call 12345, or ask the department"
    " whether there is a later round.",
)
_NOT_FOR_YOU = Text(
    "按您的情况，没有对应的网上受理时段，不能在这里提交。请看看各类情况的受理时段，或打 12345 咨询。",
    "In your situation there is no time slot for applying here. Please see the slots of each group, or call 12345.",
)
_DAYS = (
    Text("{opens}至{closes}", "{opens} to {closes}"),
    Text("{opens}至{closes}，每天 {hours}", "{opens} to {closes}, daily {hours}"),
)
_ONE_DAY = (Text("{opens}", "{opens}"), Text("{opens} {hours}", "{opens}, {hours}"))


class OutsideWindow(Conflict):
    """{text}

    {text}
    """


class Season(StrEnum):
    """Where a moment stands to the windows that apply."""

    ALWAYS = "ALWAYS"  # the thing has no windows
    OPEN = "OPEN"
    CLOSED = "CLOSED"  # it opens (again) later
    OVER = "OVER"
    NONE = "NONE"  # no window applies to these facts


@dataclass(frozen=True, slots=True)
class Intake:
    """Whether applications are taken, said in one text; *opens_at* is the next opening, aware, None when there is none."""

    season: Season
    text: Text | None = None
    opens_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Say whether submitting is possible now."""
        return self.season in (Season.ALWAYS, Season.OPEN)


@dataclass(frozen=True, slots=True)
class Slot:
    """One window in words."""

    label: Text
    when: Text


def slots(thing: CompiledThing) -> tuple[Slot, ...]:
    """Return all windows of the thing in words, for guides and pages."""
    return tuple(Slot(window.label, _in_words(window)) for window in thing.windows)


def intake(thing: CompiledThing, facts: Mapping[str, object], env: Environment, at: datetime) -> Intake:
    """Return whether applications with these facts are taken at the aware moment *at*; working days and holidays play no part.

    A window whose condition is still unknown counts as one that applies. Hours are half-open: ``09:00-17:00`` takes the first
    second of 09:00 and the last before 17:00; without hours a window runs from 00:00 of its first to 24:00 of its last day.
    """
    if not thing.windows:
        return Intake(Season.ALWAYS)
    applying = [window for window in thing.windows if _applies(window, facts, env)]
    if not applying:
        return Intake(Season.NONE, _NOT_FOR_YOU)
    now = at.astimezone(BEIJING)
    spans = [(begins, ends, window) for window in applying for begins, ends in _spans(window, now.date())]
    running = [ends for begins, ends, _ in spans if begins <= now < ends]
    if running:
        return Intake(Season.OPEN, _OPEN.format(until=_ending(max(running))))
    ahead = min(((begins, window) for begins, _, window in spans if begins > now), key=lambda one: one[0], default=None)
    if ahead is None:
        return Intake(Season.OVER, _OVER.format(until=_ending(max(_last_end(window) for window in applying))))
    opens, window = ahead
    return Intake(Season.CLOSED, _CLOSED.format(label=_quoted(window.label), opens=_opening(opens)), opens)


def hours_of(window: Window) -> tuple[time, time] | None:
    """Return the daily opening and closing time of a window, None when it is open all day."""
    if window.hours is None:
        return None
    start, _, end = window.hours.partition("-")
    return time.fromisoformat(start), time.fromisoformat(end)


def _applies(window: Window, facts: Mapping[str, object], env: Environment) -> bool:
    return window.when is None or evaluate(_parsed(window.when), facts, env) is not False


@lru_cache(maxsize=512)
def _parsed(rule: str) -> Expr:
    return parse(rule)


def _spans(window: Window, today: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield the opening times that matter on *today*: the whole window, or today's hours and those of the next day."""
    hours = hours_of(window)
    if hours is None:
        yield _at(window.opens), _at(window.closes + _DAY)
        return
    first = max(window.opens, today)
    for day in (first, first + _DAY):
        if day <= window.closes:
            yield datetime.combine(day, hours[0], BEIJING), datetime.combine(day, hours[1], BEIJING)


def _last_end(window: Window) -> datetime:
    hours = hours_of(window)
    return _at(window.closes + _DAY) if hours is None else datetime.combine(window.closes, hours[1], BEIJING)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(), BEIJING)


def _opening(moment: datetime) -> Text:
    return _day(moment.date(), f" {moment:%H:%M}")


def _ending(moment: datetime) -> Text:
    """What ends at midnight ends at 24:00 of the day before."""
    return _day(moment.date() - _DAY, " 24:00") if moment.time() == time() else _opening(moment)


def _day(day: date, clock: str = "") -> Text:
    said = long_date(day)
    return Text(said.zh + clock.strip(), said.en + clock)


def _quoted(label: Text) -> Text:
    return Text(f"“{label.zh}”", f"'{label.en}'")


def _in_words(window: Window) -> Text:
    patterns = _ONE_DAY if window.opens == window.closes else _DAYS
    shown = patterns[window.hours is not None]
    return shown.format(opens=_day(window.opens), closes=_day(window.closes), hours=window.hours or "")

"""Lamps of a worklist, from the dates on the case alone: cheap enough for every row."""

from dataclasses import dataclass
from datetime import date

from yijianshi.cases.logic.states import State
from yijianshi.kernel.text import Text
from yijianshi.kernel.workdays import Calendar

GREY = "GREY"
LAMP_TEXTS = {
    "GREY": Text("不计时", "Not counting"),
    "GREEN": Text("正常", "On time"),
    "YELLOW": Text("快到期", "Due soon"),
    "RED": Text("超承诺时限", "Past promise"),
    "BLACK": Text("超法定时限", "Past legal limit"),
}
_COUNTING = {State.AWAITING_DATA, State.RECEIVED, State.ACCEPTED, State.DECIDED}


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates a lamp depends on."""

    act_by: date | None
    promised_on: date | None
    legal_due_on: date | None


def lamp(state: State, dates: Dates, today: date, calendar: Calendar, warning_working_days: int) -> tuple[str, int | None]:
    """Return (lamp, working days left for the next act); grey while the clock does not count for the department.

    Yellow when at most *warning_working_days* are left [P]; negative days left mean overdue.
    """
    if state not in _COUNTING or dates.act_by is None:
        return GREY, None
    left = calendar.working_days_between(today, dates.act_by)
    if state is State.ACCEPTED and dates.legal_due_on is not None and today > dates.legal_due_on:
        return "BLACK", left
    if today > dates.act_by:
        return "RED", left
    return ("YELLOW" if left <= warning_working_days else "GREEN"), left

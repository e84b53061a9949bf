"""The supervision lamp of a case (红黄灯) [P/D, handbook 6.4]."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yijianshi.cases.logic.clock.entries import Limits
from yijianshi.kernel.text import Text


class Lamp(StrEnum):
    """GREEN in time, YELLOW soon due, RED over the promised limit, BLACK over the legal limit."""

    GREEN = "GREEN"
    YELLOW = "YELLOW"
    RED = "RED"
    BLACK = "BLACK"


LAMP_TEXTS: dict[Lamp, Text] = {
    Lamp.GREEN: Text("时间充裕", "In time"),
    Lamp.YELLOW: Text("快到期了", "Due soon"),
    Lamp.RED: Text("已超过承诺时限", "Past the promised limit"),
    Lamp.BLACK: Text("已超过法定时限", "Past the legal limit"),
}


def warning_after(allowance: int, limits: Limits) -> int:
    """Return after how many counted days the lamp turns yellow: when at most max(1 day, 20 % of the promise) is left [P]."""
    left = max(limits.warning_working_days, allowance * limits.warning_percent // 100)
    return max(allowance - left, 0)


@dataclass(frozen=True, slots=True)
class Account:
    """One limit: how many of the days it counts are used, how many it allows, and the day on which they are used up."""

    used: int
    allowance: int
    due: date | None = None

    @property
    def is_over(self) -> bool:
        """Say whether more than allowed is used."""
        return self.used > self.allowance


def lamp(promised: Account, legal: Account | None, limits: Limits, *, is_finished: bool = False) -> Lamp:
    """Return the lamp for where the promised and the legal limit stand; a finished case is never yellow."""
    if legal is not None and legal.is_over:
        return Lamp.BLACK
    if promised.is_over:
        return Lamp.RED
    return Lamp.YELLOW if not is_finished and promised.used >= warning_after(promised.allowance, limits) else Lamp.GREEN

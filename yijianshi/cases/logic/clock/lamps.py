"""The supervision lamp of a case (红黄灯) [P/D, handbook 6.4]."""

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


def lamp(used: int, promised: int, legal: int | None, limits: Limits, *, is_finished: bool = False) -> Lamp:
    """Return the lamp after *used* counted days of the promised and legal allowance; a finished case is never yellow."""
    if legal is not None and used > legal:
        return Lamp.BLACK
    if used > promised:
        return Lamp.RED
    return Lamp.YELLOW if not is_finished and used >= warning_after(promised, limits) else Lamp.GREEN

"""How long a seal still holds, in words for those who look after it."""

from datetime import datetime, timedelta

from yijianshi.kernel.text import Text

SOON = timedelta(days=30)
SOON_OVER = Text(
    "还有 {days} 天到期，到期就盖不了章。请准备换章：先停用，再制",
    "It runs out in {days:day|days} and then seals nothing. Please prepare to change it: end it, then make a new one",
)
TODAY_OVER = Text(
    "一天之内到期，到期就盖不了章。请准备换章：先停用，再制",
    "It runs out within a day and then seals nothing. Please prepare to change it: end it, then make a new one",
)
OVER = Text(
    "已经过期，现在盖不了章。请换章：先停用，再制",
    "It has run out and seals nothing now. Please change it: end it, then make a new one",
)


def warning(valid_to: datetime, at: datetime) -> Text | None:
    """Return what to say of a seal that has run out at *at* or does within thirty days, None for any other."""
    left = valid_to - at
    if left <= timedelta(0):
        return OVER
    if left < timedelta(days=1):
        return TODAY_OVER
    return SOON_OVER.format(days=left.days) if left <= SOON else None

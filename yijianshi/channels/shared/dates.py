"""Dates and times in the words people use, with the weekday."""

from datetime import date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))  # legal time of the whole country, without summer time since 1992
_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_in_words(value: date, language: str, today: date | None = None) -> str:
    """Return ``12月3日（周四）`` or ``Thu 3 Dec``; the year is added when it is not this year's."""
    day = value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value
    other_year = today is None or day.year != today.year
    if language == "en":
        return f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]}" + (f" {day.year}" if other_year else "")
    return (f"{day.year}年" if other_year else "") + f"{day.month}月{day.day}日（周{_WEEKDAYS_ZH[day.weekday()]}）"


def moment_in_words(value: datetime, language: str, today: date | None = None) -> str:
    """Return ``今天 09:12``, ``昨天 18:00`` or the day in words with the time; *value* is aware, shown in Shanghai time."""
    local = value.astimezone(SHANGHAI)
    clock = f"{local:%H:%M}"
    if today is not None and local.date() == today:
        return f"Today {clock}" if language == "en" else f"今天 {clock}"
    if today is not None and local.date() == today - timedelta(days=1):
        return f"Yesterday {clock}" if language == "en" else f"昨天 {clock}"
    return f"{day_in_words(local.date(), language, today)} {clock}"

"""Working minutes: one line of time on which nights, weekends and holidays take none (national calendar)."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.periods import Period
from yijianshi.kernel.workdays import Calendar, UnknownYear


class CalendarTooShort(Invalid):
    """从 {start} 起推演 {weeks} 周，要用到还没有录入的放假安排。请选早一些的开始日期，或少几周。

    {weeks} weeks from {start} reach into a year whose holiday notice is not entered yet. Choose an earlier start, or fewer weeks.
    """


@dataclass(frozen=True)
class WorkingTime:
    """Working day number k (from 0) is the stretch from k to k + 1 times *minutes*."""

    days: Sequence[date]
    minutes: int
    calendar: Calendar

    def opening(self, day: date) -> float:
        """Return the moment at which the next working day from *day* on opens."""
        return float(bisect_left(self.days, day) * self.minutes)

    def moment(self, day: date, share: float) -> float:
        """Return the moment of what arrives after *share* of *day*; on a day of rest it lies until the next opening."""
        opening, place = self.opening(day), bisect_left(self.days, day)
        worked = place < len(self.days) and self.days[place] == day
        return opening + share * self.minutes if worked else opening

    def day(self, moment: float) -> int:
        """Return the number of the working day; what is finished at closing time belongs to that day."""
        day = int(moment // self.minutes)
        return max(0, day - 1) if moment == day * self.minutes else day

    def after(self, day: int, period: Period) -> int:
        """Return the number of the last working day of a notice or wait begun on working day *day*.

        Beyond the last day known, calendar days count as five sevenths.
        """
        if day < len(self.days):
            last = period.last_day(self.days[day], self.calendar)
            if last is not None and last <= self.days[-1]:
                return bisect_left(self.days, last)
        return day + period.as_working_days


def working_time(start: date, weeks: int, minutes: int, calendar: Calendar) -> WorkingTime:
    """Return the working time from *start* on, as far as the calendar reaches. Raises CalendarTooShort."""
    end = start + timedelta(weeks=weeks)
    last = calendar.known_until(start)
    if last < end:
        raise CalendarTooShort(start=start, weeks=weeks, field="start")
    try:
        days = [
            day for day in (start + timedelta(days=n) for n in range((last - start).days + 1)) if calendar.is_working_day(day)
        ]
    except UnknownYear as error:
        raise CalendarTooShort(start=start, weeks=weeks, field="start") from error
    return WorkingTime(days, minutes, calendar)

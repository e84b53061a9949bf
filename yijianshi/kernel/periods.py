"""Periods nobody can shorten: from which day to which day a public notice or a statutory wait runs."""

from dataclasses import dataclass
from datetime import date, timedelta

from yijianshi.kernel.text import Text
from yijianshi.kernel.workdays import Calendar

_CALENDAR = Text("{days} 天", "{days:day|days}")
_WORKING = Text("{days} 个工作日", "{days:working day|working days}")


@dataclass(frozen=True, slots=True)
class Period:
    """A number of days, counting every day or working days only."""

    days: int
    in_working_days: bool = False

    def last_day(self, begins_on: date, calendar: Calendar) -> date | None:
        """Return the last day; the day it begins is not counted (民法典 art. 201).

        A period in calendar days that would end on a rest day ends on the next working day (art. 203). None while the notice
        of that year's holidays is not loaded.
        """
        if self.in_working_days:
            return calendar.try_add_working_days(begins_on, self.days)
        return calendar.try_add_working_days(self.earliest(begins_on), 0)

    def earliest(self, begins_on: date) -> date:
        """Return a day the period surely does not end before, whatever the holidays are."""
        return begins_on + timedelta(days=self.days)

    @property
    def as_working_days(self) -> int:
        """Return about how many working days it is, to compare ways through a graph; calendar days count as five sevenths."""
        return self.days if self.in_working_days else max(1, self.days * 5 // 7)

    @property
    def in_words(self) -> Text:
        """Return the length in the days it counts."""
        return (_WORKING if self.in_working_days else _CALENDAR).format(days=self.days)

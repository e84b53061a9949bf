"""Working days: Monday to Friday, minus the days off of the yearly State Council notice, plus its make-up workdays.

"日" in 行政许可法 arts. 32-45 means working days (art. 82).
A year whose notice is not loaded is never guessed: UnknownYear is raised.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Any

from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.text import Text

HOLIDAY = "holiday"
MAKEUP_WORKDAY = "makeup_workday"
_KIND_OF_KEY = {"rest": HOLIDAY, "work": MAKEUP_WORKDAY}  # not "off": YAML reads that word as False
_FRIDAY = 4
_DAY = timedelta(days=1)


class UnknownYear(DomainError):
    """{year} 年的放假安排还没有录入，这个日期暂时算不出来。请管理员录入该年度的放假通知（日历：{calendar}）。

    The public holidays and make-up workdays of {year} have not been entered, so this date cannot be worked out yet.
    An operator needs to enter that year's holiday notice (calendar: {calendar}); the date will then be fixed by itself.
    """

    @property
    def year(self) -> int:
        """Return the first year that is missing."""
        return int(self.params["year"])


@dataclass(frozen=True)
class Calendar:
    """One region's working days for the *years* whose notices are loaded; counting takes constant time however long the span."""

    days_off: frozenset[date]
    makeup_workdays: frozenset[date]
    years: frozenset[int]
    name: str

    def __post_init__(self) -> None:
        both = self.days_off & self.makeup_workdays
        if both:
            raise ValueError(f"calendar {self.name}: {min(both)} is both a day off and a make-up workday")
        if not self.years:
            raise ValueError(f"calendar {self.name} has no years")

    def is_working_day(self, d: date) -> bool:
        """Return whether *d* is worked. Raises UnknownYear."""
        self._require(d.year, d.year)
        return self._is_worked(d)

    def next_working_day(self, d: date) -> date:
        """Return *d* itself if worked, else the first working day after it (民法典 art. 203). Raises UnknownYear."""
        return self.add_working_days(d, 0)

    def add_working_days(self, d: date, n: int) -> date:
        """Return the n-th working day after *d*; *d* itself is not counted (民法典 art. 201).

        n = 0 gives *d* itself if worked, else the next working day. Raises UnknownYear, and ValueError for n < 0.
        """
        if n < 0:
            raise ValueError(f"working days to add cannot be negative: {n}")
        self._require(d.year, d.year)
        index = self._worked_until(d) + n - 1
        if n == 0:
            index += 0 if self._is_worked(d) else 1
        if index >= len(self._worked_ordinals):
            raise UnknownYear(year=self._first_unknown_after(d.year), calendar=self.name)
        found = date.fromordinal(self._worked_ordinals[index])
        self._require(d.year, found.year)
        return found

    def try_add_working_days(self, d: date, n: int) -> date | None:
        """Return what add_working_days returns, or None while a year on the way is not loaded."""
        try:
            return self.add_working_days(d, n)
        except UnknownYear:
            return None

    def known_until(self, d: date) -> date:
        """Return the last day of the unbroken run of loaded years around *d*; the day before *d* if its year is not loaded."""
        return date(self._first_unknown_after(d.year) - 1, 12, 31) if d.year in self.years else d - _DAY

    def working_days_between(self, a: date, b: date) -> int:
        """Return the number of working days in (a, b], negative when b is before a. Raises UnknownYear."""
        self._require(min(a, b).year, max(a, b).year)
        return self._worked_until(b) - self._worked_until(a)

    def overlay(self, days_off: Iterable[date] = (), makeup: Iterable[date] = (), name: str = "") -> "Calendar":
        """Return this calendar with a region's own days laid over it; where they differ the region's days win.

        Raises UnknownYear for a day in a year the national calendar does not have.
        """
        off, worked = frozenset(days_off), frozenset(makeup)
        for day in sorted(off | worked):
            self._require(day.year, day.year)
        return Calendar((self.days_off - worked) | off, (self.makeup_workdays - off) | worked, self.years, name or self.name)

    def _is_worked(self, d: date) -> bool:
        return d in self.makeup_workdays or (d.weekday() <= _FRIDAY and d not in self.days_off)

    def _require(self, first: int, last: int) -> None:
        for year in range(first, last + 1):
            if year not in self.years:
                raise UnknownYear(year=year, calendar=self.name)

    def _first_unknown_after(self, year: int) -> int:
        while year in self.years:
            year += 1
        return year

    @cached_property
    def _first_ordinal(self) -> int:
        return date(min(self.years), 1, 1).toordinal()

    @cached_property
    def _worked_ordinals(self) -> list[int]:
        last = date(max(self.years), 12, 31).toordinal()
        days = map(date.fromordinal, range(self._first_ordinal, last + 1))
        return [day.toordinal() for day in days if day.year in self.years and self._is_worked(day)]

    @cached_property
    def _prefix_counts(self) -> list[int]:
        length = date(max(self.years), 12, 31).toordinal() - self._first_ordinal + 1
        marks = bytearray(length)
        for ordinal in self._worked_ordinals:
            marks[ordinal - self._first_ordinal] = 1
        return list(accumulate(marks))

    def _worked_until(self, d: date) -> int:
        """Return the number of working days from the first loaded day up to and including *d*, whose year must be loaded."""
        return self._prefix_counts[d.toordinal() - self._first_ordinal]


def pending_text(year: int) -> Text:
    """Return what a page shows in place of a date that waits for the holiday notice of *year*."""
    return Text(f"日期待 {year} 年放假安排公布后确定", f"The date will be fixed once the {year} public holidays are published")


def calendar_from_rows(rows: Iterable[tuple[date, str]], *, years: Iterable[int] | None = None, name: str = "cn") -> Calendar:
    """Return the calendar of (date, "holiday" | "makeup_workday") rows; the loaded years are those of the rows unless given.

    Raises ValueError for another kind of row, or a row outside the given years.
    """
    by_kind: dict[str, set[date]] = {HOLIDAY: set(), MAKEUP_WORKDAY: set()}
    for day, kind in rows:
        if kind not in by_kind:
            raise ValueError(f"calendar {name}: {day} has the unknown kind {kind!r}")
        by_kind[kind].add(day)
    every_day = by_kind[HOLIDAY] | by_kind[MAKEUP_WORKDAY]
    loaded = frozenset(years) if years is not None else frozenset(day.year for day in every_day)
    strays = {day for day in every_day if day.year not in loaded}
    if strays:
        raise ValueError(f"calendar {name}: {min(strays)} lies outside its years")
    return Calendar(frozenset(by_kind[HOLIDAY]), frozenset(by_kind[MAKEUP_WORKDAY]), loaded, name)


def load_calendar(mapping: Mapping[str, Any], base: Calendar | None = None) -> Calendar:
    """Return the calendar written in a content/calendars file, given as parsed YAML.

    With *base* the file is a region's overlay: its days are laid over the base. Days are dates or ``first..last`` spans.
    Raises ValueError for a day outside its year or an entry it does not know.
    """
    name = str(mapping["name"])
    rows = [row for year, entry in mapping["years"].items() for row in _rows_of_year(int(year), entry, name)]
    if base is None:
        return calendar_from_rows(rows, years=map(int, mapping["years"]), name=name)
    off = [day for day, kind in rows if kind == HOLIDAY]
    return base.overlay(off, [day for day, kind in rows if kind == MAKEUP_WORKDAY], name)


def _rows_of_year(year: int, entry: Mapping[str, Any], name: str) -> list[tuple[date, str]]:
    rows: list[tuple[date, str]] = []
    for holiday in entry["holidays"]:
        unknown = set(holiday) - {"name", *_KIND_OF_KEY}
        if unknown:
            raise ValueError(f"calendar {name}: a holiday of {year} has the unknown entry {unknown.pop()!r}")
        rows += [(day, kind) for key, kind in _KIND_OF_KEY.items() for span in holiday.get(key, ()) for day in _days_of(span)]
    stray = next((day for day, _ in rows if day.year != year), None)
    if stray is not None:
        raise ValueError(f"calendar {name}: {stray} is listed under {year}")
    return rows


def _days_of(span: object) -> list[date]:
    if isinstance(span, date):
        return [span]
    first, _, last = str(span).partition("..")
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return [start + _DAY * offset for offset in range((end - start).days + 1)]

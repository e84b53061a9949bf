"""The closed table of functions a rule may call."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Final

from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.rules.ir import Type
from yijianshi.kernel.rules.operators import any_true, compare
from yijianshi.kernel.rules.values import UNKNOWN, Environment, Kind, Outcome, kind_of

CHINA_TIME: Final = timezone(timedelta(hours=8))  # one legal time for the whole country: the day of a moment is its day there

_DAY: Final = frozenset({Kind.DATE, Kind.DATETIME})
_NUMBER: Final = frozenset({Kind.NUMBER})
_TEXT: Final = frozenset({Kind.TEXT})
_LIST: Final = frozenset({Kind.LIST})
_ORDERED: Final = frozenset({Kind.NUMBER, Kind.DATE, Kind.DATETIME})


@dataclass(frozen=True, slots=True)
class Function:
    """One function: what it takes, what it gives; *result* None means the type of its arguments.

    *repeats*: the last parameter may be given any number of times (at least once). *strict*: any unknown argument makes
    the outcome unknown.
    """

    parameters: tuple[frozenset[Kind], ...]
    result: Type | None
    call: Callable[..., Outcome]
    repeats: bool = False
    strict: bool = True

    def accepts(self, count: int) -> bool:
        """Say whether *count* arguments fit."""
        return count == len(self.parameters) or (self.repeats and count > len(self.parameters))

    def parameter(self, index: int) -> frozenset[Kind]:
        """Return the kinds allowed for the argument number *index* (from 0)."""
        return self.parameters[min(index, len(self.parameters) - 1)]


def call_function(name: str, arguments: list[Outcome], env: Environment) -> Outcome:
    """Return the outcome of one call; a wrong number or kind of arguments gives UNKNOWN."""
    function = FUNCTIONS[name]
    if not function.accepts(len(arguments)):
        return UNKNOWN
    for index, argument in enumerate(arguments):
        if argument is UNKNOWN:
            if function.strict:
                return UNKNOWN
        elif kind_of(argument) not in function.parameter(index):
            return UNKNOWN
    return function.call(env, *arguments)


def _day(moment: date) -> date:
    return moment.astimezone(CHINA_TIME).date() if isinstance(moment, datetime) else moment


def whole_months(start: date, end: date) -> int:
    """Return completed months from *start* to *end*, negative when *end* is earlier.

    A month without the day of *start* completes on its last day (民法典 art. 202 [L]).
    """
    if end < start:
        return -whole_months(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    last_of_month = (end + timedelta(days=1)).month != end.month if end < date.max else True
    return months - 1 if end.day < start.day and not last_of_month else months


def _whole_years(start: date, end: date) -> int:
    months = whole_months(start, end)
    return months // 12 if months >= 0 else -(-months // 12)


def _between(measure: Callable[[date, date], int]) -> Callable[..., Outcome]:
    def between(_env: Environment, start: date, end: date) -> Outcome:
        try:
            return measure(_day(start), _day(end))
        except OverflowError:  # a moment at the very edge of the calendar has no day in Chinese time
            return UNKNOWN

    return between


def months_after(start: date, months: int) -> date:
    """Return the day *months* months after *start*, the last of the month where it has no such day (民法典 art. 202 [L]).

    Raises ValueError for a day outside the calendar.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError("outside the calendar")
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _plus_months(_env: Environment, start: date, months: int | Decimal) -> Outcome:
    if months != int(months):
        return UNKNOWN
    try:
        return months_after(_day(start), int(months))
    except (ValueError, OverflowError):  # no such day in the calendar
        return UNKNOWN


def _working_days(env: Environment, start: date, end: date) -> Outcome:
    calendar: Any = env.calendar
    if calendar is None:
        return UNKNOWN
    try:
        return int(calendar.working_days_between(_day(start), _day(end)))
    except (DomainError, OverflowError):  # a year whose holiday notice is not loaded: the answer is not known yet
        return UNKNOWN


def region_prefix(region: str) -> str:
    """Return the digits shared by all codes inside *region*: ``410000`` → ``41``, ``410100`` → ``4101`` (GB/T 2260).

    Accepts 2, 4, 6 digits and the 12-digit statistical code; the country itself (``000000``) gives an empty prefix.
    """
    if len(region) == 12:
        region = region.removesuffix("000").removesuffix("000")
    if len(region) == 6:
        region = region.removesuffix("00")
    if len(region) == 4:
        region = region.removesuffix("00")
    return "" if region == "00" else region


def _in_region(_env: Environment, code: str, region: str) -> Outcome:
    return code.startswith(region_prefix(region))


def _starts_with(_env: Environment, text: str, prefix: str) -> Outcome:
    return text.startswith(prefix)


def _count(_env: Environment, items: tuple[str, ...]) -> Outcome:
    return len(set(items))


def _any_of(_env: Environment, items: Outcome, *wanted: Outcome) -> Outcome:
    return any_true(compare("in", item, items) for item in wanted)


def _extreme(choose: Callable[..., Any]) -> Callable[..., Outcome]:
    def extreme(_env: Environment, *values: Any) -> Outcome:
        same = len({kind_of(value) for value in values}) == 1
        chosen: Outcome = choose(values) if same else UNKNOWN
        return chosen

    return extreme


FUNCTIONS: Final[Mapping[str, Function]] = {
    "years_between": Function((_DAY, _DAY), Type.INT, _between(_whole_years)),
    "months_between": Function((_DAY, _DAY), Type.INT, _between(whole_months)),
    "days_between": Function((_DAY, _DAY), Type.INT, _between(lambda start, end: (end - start).days)),
    "working_days_between": Function((_DAY, _DAY), Type.INT, _working_days),
    "plus_months": Function((_DAY, _NUMBER), Type.DATE, _plus_months),
    "today": Function((), Type.DATE, lambda env: env.today),
    "in_region": Function((_TEXT, _TEXT), Type.BOOL, _in_region),
    "starts_with": Function((_TEXT, _TEXT), Type.BOOL, _starts_with),
    "count": Function((_LIST,), Type.INT, _count),
    "any_of": Function((_LIST, _TEXT), Type.BOOL, _any_of, repeats=True, strict=False),
    "min": Function((_ORDERED, _ORDERED), None, _extreme(min), repeats=True),
    "max": Function((_ORDERED, _ORDERED), None, _extreme(max), repeats=True),
}
# Written like functions, but with a node or a literal of their own.
WORDS: Final = frozenset({*FUNCTIONS, "date", "datetime", "known", "has_certificate"})

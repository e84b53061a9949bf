"""The values rules work on: exact, of one of six kinds, or UNKNOWN."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final, TypeAlias

from yijianshi.kernel.rules.ir import LiteralValue, Type

_LARGEST_EXPONENT = 60  # a decimal beyond 10^±60 is no amount, count or ratio; its exact sum could fill the memory


class Unknown(Enum):
    """The third truth value: a fact nobody has supplied yet."""

    UNKNOWN = "unknown"

    __hash__ = object.__hash__  # there is but one; outcomes are looked up thousands of times a second

    def __bool__(self) -> bool:
        raise TypeError("an unknown outcome is neither true nor false; compare it with `is True` or `is UNKNOWN`")

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown.UNKNOWN
Value: TypeAlias = LiteralValue | Fraction
Outcome: TypeAlias = Value | Unknown
Facts: TypeAlias = Mapping[str, object]


class Kind(Enum):
    """What a value is when a rule runs; numbers are one kind, texts and codes are one kind."""

    BOOL = "bool"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    DATETIME = "datetime"
    LIST = "list"


KIND_OF_TYPE: Final[Mapping[Type, Kind]] = {
    Type.BOOL: Kind.BOOL,
    Type.INT: Kind.NUMBER,
    Type.DECIMAL: Kind.NUMBER,
    Type.TEXT: Kind.TEXT,
    Type.CODE: Kind.TEXT,
    Type.DATE: Kind.DATE,
    Type.DATETIME: Kind.DATETIME,
    Type.LIST: Kind.LIST,
}
_KIND_OF_CLASS: Final[Mapping[type, Kind]] = {
    bool: Kind.BOOL,
    int: Kind.NUMBER,
    Decimal: Kind.NUMBER,
    Fraction: Kind.NUMBER,
    str: Kind.TEXT,
    date: Kind.DATE,
    datetime: Kind.DATETIME,
    tuple: Kind.LIST,
}


@dataclass(frozen=True, slots=True)
class Environment:
    """What a rule may know besides the facts: the day it is, and the working-day calendar.

    *calendar* offers ``working_days_between(a: date, b: date) -> int``; without one, working days are unknown.
    """

    today: date
    calendar: object | None = None


def kind_of(value: Value) -> Kind:
    """Return the kind of a clean value (one that ``clean`` has returned or an operator has produced)."""
    kind = _KIND_OF_CLASS.get(type(value))
    if kind is not None:
        return kind
    return Kind.DATETIME if isinstance(value, datetime) else Kind.DATE


def clean(value: object) -> Outcome:
    """Return *value* as the rules use it; what cannot be used exactly (float, None, naive time) is UNKNOWN, never a guess."""
    if isinstance(value, str):
        return value if type(value) is str else str.__str__(value)
    if isinstance(value, int):
        return value if type(value) in (int, bool) else int(value)
    if isinstance(value, datetime):
        return UNKNOWN if value.utcoffset() is None else value
    if isinstance(value, date | Fraction):
        return value
    if isinstance(value, Decimal):
        return value if value.is_finite() and abs(value.adjusted()) <= _LARGEST_EXPONENT else UNKNOWN
    return _clean_list(value)


def _clean_list(value: object) -> Outcome:
    if not isinstance(value, list | tuple | set | frozenset) or not all(isinstance(item, str) for item in value):
        return UNKNOWN
    texts = [str.__str__(item) for item in value]
    return tuple(sorted(texts) if isinstance(value, set | frozenset) else texts)


def read_fact(facts: Facts, name: str) -> Outcome:
    """Return the clean value of the fact *name*; a missing, empty (None) or unusable one is UNKNOWN."""
    return clean(facts.get(name, UNKNOWN))


def tidy(value: Outcome) -> Outcome:
    """Return a ratio as the int or Decimal equal to it where there is one; every other outcome as it is."""
    if not isinstance(value, Fraction):
        return value
    if value.denominator == 1:
        return value.numerator
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return value
    places = max(twos, fives)
    return Decimal(f"{value.numerator * 10**places // value.denominator}E-{places}")

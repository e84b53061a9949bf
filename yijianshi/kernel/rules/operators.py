"""The operators on clean values, three-valued and exact; the four evaluations all share these."""

import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, Inexact
from fractions import Fraction
from typing import Any, Final, TypeAlias, cast

from yijianshi.kernel.rules.values import UNKNOWN, Kind, Outcome, Unknown, Value, kind_of

Number: TypeAlias = int | Decimal | Fraction

ORDER: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
COMPARISONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {**ORDER, "==": operator.eq, "!=": operator.ne}
ORDERED_KINDS: Final = frozenset({Kind.NUMBER, Kind.DATE, Kind.DATETIME})
MIRRORED: Final[Mapping[str, str]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
OPPOSITE: Final[Mapping[str, str]] = {
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
    "==": "!=",
    "!=": "==",
    "in": "not in",
    "not in": "in",
}

# Never rounds: a sum or product of decimals within the source limit stays far below a million digits.
_EXACT: Final = Context(prec=1_000_000, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])
_DECIMAL_OPS: Final[Mapping[str, Callable[[Any, Any], Decimal]]] = {
    "+": _EXACT.add,
    "-": _EXACT.subtract,
    "*": _EXACT.multiply,
}
_PYTHON_OPS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


def compare(op: str, left: Outcome, right: Outcome) -> bool | Unknown:
    """Return the truth of ``left op right``; values of different kinds have no answer, so UNKNOWN."""
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if op in ("in", "not in"):
        return _contains(left, right, wanted=op == "in")
    kind = kind_of(left)
    if kind is not kind_of(right) or kind is Kind.LIST:
        return UNKNOWN
    if op in ORDER:
        return ORDER[op](left, right) if kind in ORDERED_KINDS else UNKNOWN
    return (left == right) is (op == "==")


def _contains(left: Value, right: Value, *, wanted: bool) -> bool | Unknown:
    if not isinstance(right, tuple):
        return UNKNOWN
    if right and kind_of(left) is not kind_of(right[0]):
        return UNKNOWN
    return (left in right) is wanted


def all_of(outcomes: Iterable[Outcome]) -> bool | Unknown:
    """Kleene's and: one False decides, however much is unknown."""
    answer: bool | Unknown = True
    for outcome in outcomes:
        if outcome is False:
            return False
        if outcome is not True:
            answer = UNKNOWN
    return answer


def any_true(outcomes: Iterable[Outcome]) -> bool | Unknown:
    """Kleene's or: one True decides, however much is unknown."""
    answer: bool | Unknown = False
    for outcome in outcomes:
        if outcome is True:
            return True
        if outcome is not False:
            answer = UNKNOWN
    return answer


def negation(outcome: Outcome) -> bool | Unknown:
    """Kleene's not: what is unknown stays unknown."""
    return (not outcome) if isinstance(outcome, bool) else UNKNOWN


def minus(outcome: Outcome) -> Outcome:
    """Return the number with its sign changed, exactly."""
    if outcome is UNKNOWN or kind_of(outcome) is not Kind.NUMBER:
        return UNKNOWN
    return outcome.copy_negate() if isinstance(outcome, Decimal) else -cast(int, outcome)


def arithmetic(op: str, left: Outcome, right: Outcome) -> Outcome:
    """Return ``left op right`` exactly; dividing by zero or mixing kinds gives UNKNOWN."""
    if left is UNKNOWN or right is UNKNOWN or kind_of(right) is not Kind.NUMBER:
        return UNKNOWN
    if kind_of(left) is Kind.NUMBER:
        return numbers(op, cast(Number, left), cast(Number, right))
    if isinstance(left, date):
        return _shift(op, left, cast(Number, right))
    return UNKNOWN


def numbers(op: str, left: Number, right: Number) -> Number | Unknown:
    """Return ``left op right`` of two exact numbers as int, Decimal or Fraction; dividing by zero gives UNKNOWN."""
    if op == "/":
        return _divide(left, right)
    if isinstance(left, Fraction) or isinstance(right, Fraction):
        return cast(Fraction, _PYTHON_OPS[op](Fraction(left), Fraction(right)))
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return _DECIMAL_OPS[op](left, right)
    return cast(int, _PYTHON_OPS[op](left, right))


def compare_ratio(op: str, left: Outcome, divisor: Outcome, right: Outcome) -> bool | Unknown:
    """Return ``left / divisor op right`` of clean numbers by cross multiplication: exact, and no ratio is built."""
    if left is UNKNOWN or divisor is UNKNOWN or right is UNKNOWN or divisor == 0:
        return UNKNOWN
    scale = cast(Number, divisor)
    product = numbers("*", cast(Number, right), scale)
    return COMPARISONS[op if scale > 0 else MIRRORED[op]](left, product)


def _divide(left: Number, right: Number) -> Number | Unknown:
    if right == 0:
        return UNKNOWN
    ratio = Fraction(left) / Fraction(right)
    return ratio.numerator if ratio.denominator == 1 else ratio


def _shift(op: str, day: date, days: Number) -> Outcome:
    if op not in ("+", "-") or days != int(days):
        return UNKNOWN
    try:
        return day + timedelta(days=int(days) if op == "+" else -int(days))
    except OverflowError:  # beyond the years 1 to 9999 there is no date
        return UNKNOWN

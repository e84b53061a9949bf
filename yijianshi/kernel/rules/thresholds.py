"""The values at which a rule changes its mind about one fact."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import cast

from yijianshi.kernel.rules.evaluate import evaluate
from yijianshi.kernel.rules.functions import CHINA_TIME, region_prefix
from yijianshi.kernel.rules.ir import And, Arithmetic, Call, Compare, Expr, Literal, Name, Negate, Not, Or, children, names, walk
from yijianshi.kernel.rules.operators import arithmetic, minus
from yijianshi.kernel.rules.values import UNKNOWN, Environment, Facts, Outcome, Value, kind_of, read_fact, tidy

MOST_CANDIDATES = 48


def candidates(rule: Expr, name: str, facts: Facts, env: Environment) -> list[Outcome]:
    """Return values of the fact *name* just at and just beside its thresholds in *rule*, nearest to the present one first."""
    present = read_fact(facts, name)
    search = _Thresholds(name, facts, env)
    found: dict[tuple[str, Outcome], Outcome] = {}
    for node in walk(rule):
        for value in search.of(node):
            if value is UNKNOWN:
                continue
            value = _as_moment(value) if isinstance(present, datetime) else value
            if value != present and (present is UNKNOWN or kind_of(value) is kind_of(present)):
                found.setdefault((kind_of(value).value, value), value)
    ranked = sorted(enumerate(found.values()), key=lambda pair: (_distance(present, pair[1]), pair[0]))
    return [value for _, value in ranked][:MOST_CANDIDATES]


def effort(present: Outcome, value: Outcome) -> Fraction:
    """Return how much of a change it is, from 0 (none) to 1: relative for numbers, against a year for days, else 1."""
    distance = _distance(present, value)
    if not distance or present is UNKNOWN or value is UNKNOWN:
        return Fraction(1)
    if isinstance(present, datetime):
        distance /= 86_400_000_000
    if isinstance(present, date):
        return distance / (distance + 365)
    return distance / (abs(Fraction(cast(int, present))) + abs(Fraction(cast(int, value))))


def _as_moment(value: Value) -> Value:
    """Return a day as the moment it begins, for a fact that is a moment."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time(), CHINA_TIME)
    return value


def _distance(present: Outcome, value: Outcome) -> Fraction:
    """Return how far *value* is from the present one; codes and truths are all equally far."""
    if present is UNKNOWN or value is UNKNOWN or kind_of(present) is not kind_of(value):
        return Fraction(0)
    match present, value:
        case (datetime(), datetime()):
            return Fraction(abs((value - present) // timedelta(microseconds=1)))
        case (date(), date()):
            return Fraction(abs((value - present).days))
        case (bool(), _) | (str(), _) | (tuple(), _):
            return Fraction(0)
        case (int() | Decimal() | Fraction(), int() | Decimal() | Fraction()):
            return abs(Fraction(value) - Fraction(present))
        case _:
            return Fraction(0)


class _Thresholds:
    def __init__(self, name: str, facts: Facts, env: Environment) -> None:
        self._name, self._facts, self._env = name, facts, env
        self._present = read_fact(facts, name)

    def of(self, node: Expr) -> Iterator[Outcome]:
        """Yield the values worth trying because of this one node."""
        match node:
            case And() | Or() | Not() if Name(self._name) in children(node):
                yield from (True, False)
            case Name() if node.path == self._name and isinstance(self._present, bool):
                yield not self._present
            case Compare(op="in" | "not in"):
                yield from self._membership(node)
            case Compare():
                yield from self._compared(node.left, node.right)
                yield from self._compared(node.right, node.left)
            case Call():
                yield from self._call(node)

    def _compared(self, side: Expr, other: Expr) -> Iterator[Outcome]:
        if self._name in names(side):
            yield from self._solve(side, evaluate(other, self._facts, self._env))

    def _membership(self, node: Compare) -> Iterator[Outcome]:
        if node.left == Name(self._name) and isinstance(node.right, Literal) and isinstance(node.right.value, tuple):
            yield from node.right.value
        if node.right == Name(self._name):
            yield from self._with(evaluate(node.left, self._facts, self._env), keep=node.op == "in")

    def _with(self, item: Outcome, *, keep: bool) -> Iterator[Outcome]:
        """Yield the present list with *item* added, and without it."""
        held = self._present if isinstance(self._present, tuple) else ()
        if isinstance(item, str):
            rest = {entry for entry in held if entry != item}
            yield tuple(sorted({*rest, item}, key=str))
            yield tuple(sorted(rest, key=str))

    def _call(self, node: Call) -> Iterator[Outcome]:
        first, rest = node.arguments[:1], [evaluate(item, self._facts, self._env) for item in node.arguments[1:]]
        if first != (Name(self._name),):
            return
        if node.function == "any_of":
            for item in rest:
                yield from self._with(item, keep=True)
        if node.function in ("in_region", "starts_with") and rest and isinstance(rest[0], str):
            yield region_prefix(rest[0]).ljust(6, "0") if node.function == "in_region" else rest[0]

    def _solve(self, side: Expr, target: Outcome) -> Iterator[Outcome]:
        """Yield values of the fact for which *side* comes out at *target*, or just beside it."""
        match side:
            case Name() if side.path == self._name:
                yield from _beside(tidy(target), self._present)
            case Negate():
                yield from self._solve(side.operand, minus(target))
            case Arithmetic():
                yield from self._solve_arithmetic(side, target)
            case Call(function="min" | "max"):
                for item in side.arguments:
                    yield from self._solve(item, target)
            case Call(arguments=(start, end)) if isinstance(target, int):
                yield from self._solve_dates(side.function, start, end, target)

    def _solve_arithmetic(self, side: Arithmetic, target: Outcome) -> Iterator[Outcome]:
        inverse = {"+": "-", "-": "+", "*": "/", "/": "*"}[side.op]
        if self._name in names(side.left):
            other = evaluate(side.right, self._facts, self._env)
            yield from self._solve(side.left, arithmetic(inverse, target, other))
        if self._name in names(side.right):
            other = evaluate(side.left, self._facts, self._env)
            if side.op in "+*":
                yield from self._solve(side.right, arithmetic(inverse, target, other))
            else:  # other - x = target, other / x = target
                yield from self._solve(side.right, arithmetic(side.op, other, target))

    def _solve_dates(self, function: str, start: Expr, end: Expr, target: int) -> Iterator[Outcome]:
        for side, other, sign in ((start, end, -1), (end, start, 1)):
            day = evaluate(other, self._facts, self._env)
            if self._name in names(side) and isinstance(day, date):
                day = day.astimezone(CHINA_TIME).date() if isinstance(day, datetime) else day
                for amount in (target, target - 1, target + 1):
                    for moved in _moved(function, day, sign * amount):
                        yield from self._solve(side, moved)


def _moved(function: str, day: date, amount: int) -> Iterator[Outcome]:
    """Yield the days about *amount* years, months, days or working days away from *day*."""
    try:
        match function:
            case "years_between" | "months_between":
                months = day.year * 12 + day.month - 1 + amount * (12 if function == "years_between" else 1)
                first = date(months // 12, months % 12 + 1, 1)
                middle = first + timedelta(days=day.day - 1)
                spread = range(-3, 4)
            case "days_between":
                middle, spread = day + timedelta(days=amount), range(-1, 2)
            case "working_days_between":  # five working days a week, and room for one long holiday
                middle, spread = day + timedelta(days=amount * 7 // 5), range(-12, 13)
            case _:
                return
        yield from (middle + timedelta(days=offset) for offset in spread)
    except (ValueError, OverflowError):  # outside the years 1 to 9999
        return


def _beside(target: Outcome, present: Outcome) -> Iterator[Outcome]:
    """Yield *target* and its next neighbours on both sides, in the finest step the values at hand are written in."""
    if target is UNKNOWN:
        return
    match target:
        case bool():
            yield from (target, not target)
        case int() | Decimal() | Fraction():
            yield from _numbers_beside(target, present)
        case datetime():
            yield from (target, target - timedelta(seconds=1), target + timedelta(seconds=1))
        case date():
            yield from (value for value in (arithmetic("+", target, step) for step in (0, -1, 1)))
        case _:
            yield target


def _numbers_beside(target: int | Decimal | Fraction, present: Outcome) -> Iterator[Outcome]:
    """A whole number stays whole; a decimal keeps the finer of the two writings."""
    digits = [-int(value.as_tuple().exponent) for value in (target, present) if isinstance(value, Decimal)]
    places = 0 if isinstance(present, int) else max([2 if isinstance(target, Fraction) else 0, *digits])
    scaled = Fraction(target) * 10**places
    floor = scaled.numerator // scaled.denominator
    for units in (floor, floor + 1, floor - 1):
        yield Decimal(f"{units}E-{places}") if places else units

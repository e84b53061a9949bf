"""Truth tables and functions, row by row."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.rules import UNKNOWN, Environment, Outcome, compile_rules, evaluate, parse

ENV = Environment(date(2026, 11, 22))


def outcome(source: str, facts: dict[str, object] | None = None, env: Environment = ENV) -> Outcome:
    rule = parse(source)
    value = evaluate(rule, facts or {}, env)
    assert compile_rules({"r": rule})(facts or {}, env)["r"] == value
    return value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("True and u", UNKNOWN),
        ("False and u", False),
        ("u and False", False),
        ("True or u", True),
        ("u or True", True),
        ("False or u", UNKNOWN),
        ("not u", UNKNOWN),
        ("u == 1", UNKNOWN),
        ("u in [1]", UNKNOWN),
        ("u + 1 > 0", UNKNOWN),
        ("u != u", UNKNOWN),
        ("known(u)", False),
        ("not known(u)", True),
    ],
)
def test_kleene(source: str, expected: Outcome) -> None:
    assert outcome(source) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("0.1 + 0.2 == 0.3", True),
        ("1 / 3 * 3 == 1", True),
        ("1 / 3", Fraction(1, 3)),
        ("1 / 8", Decimal("0.125")),
        ("6 / 3", 2),
        ("-7 / 2", Decimal("-3.5")),
        ("1 / 0 > 1", UNKNOWN),
        ("0 / 0 == 0 / 0", UNKNOWN),
        ("11 / 200 <= 0.055", True),  # 失业保险稳岗返还: a layoff rate of exactly 5.5 % still qualifies
        ("9007199254740993 / 9007199254740992 > 1", True),
        ("0.1000000000000000000000000000001 > 0.1", True),
        ("1000000000000000000000000000000.1 - 1000000000000000000000000000000 == 0.1", True),
        ("1 == 1.0", True),
        ("min(3, 1, 2.5)", 1),
        ("max(date(2026, 1, 1), date(2026, 3, 1)) == date(2026, 3, 1)", True),
        ("max(1, today())", UNKNOWN),
        ("date(2024, 2, 28) + 2 == date(2024, 3, 1)", True),
        ("date(9999, 12, 31) + 1 == today()", UNKNOWN),
        ("today() - 0.5 == today()", UNKNOWN),
        ('1 == "1"', UNKNOWN),
        ('"a" < "b"', UNKNOWN),
        ("1 == True", UNKNOWN),
        ("1 and True", UNKNOWN),
        ('starts_with("abc", "ab")', True),
        ("years_between(today())", UNKNOWN),
    ],
)
def test_exact_values(source: str, expected: Outcome) -> None:
    value = outcome(source)
    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("start", "end", "years", "months"),
    [
        (date(2008, 11, 22), date(2026, 11, 22), 18, 216),  # 民法典 art. 17: eighteen on the birthday
        (date(2008, 11, 23), date(2026, 11, 22), 17, 215),
        (date(2024, 2, 29), date(2025, 2, 28), 1, 12),  # 民法典 art. 202: no such day, so the last of the month
        (date(2024, 2, 29), date(2025, 2, 27), 0, 11),
        (date(2024, 2, 29), date(2028, 2, 28), 3, 47),
        (date(2024, 2, 29), date(2028, 2, 29), 4, 48),
        (date(2026, 1, 31), date(2026, 2, 28), 0, 1),
        (date(2026, 1, 31), date(2026, 3, 30), 0, 1),
        (date(2026, 3, 30), date(2026, 1, 31), 0, -1),
        (date(2026, 11, 22), date(2008, 11, 22), -18, -216),
        (date(2026, 11, 30), date.max, 7973, 95677),
    ],
)
def test_completed_years_and_months(start: date, end: date, years: int, months: int) -> None:
    facts = {"a": start, "b": end}
    assert outcome("years_between(a, b)", facts) == years
    assert outcome("months_between(a, b)", facts) == months
    assert outcome("days_between(a, b)", facts) == (end - start).days


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [
        (date(2026, 1, 15), 6, date(2026, 7, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),  # 民法典 art. 202: no such day, so the last of the month
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
        (date.max, 1, UNKNOWN),
        (date.min, -1, UNKNOWN),
        (date(2026, 1, 1), Decimal("0.5"), UNKNOWN),
        (date(2026, 1, 1), 10**20, UNKNOWN),
    ],
)
def test_so_many_months_later(start: date, months: int | Decimal, day: Outcome) -> None:
    assert outcome("plus_months(a, n)", {"a": start, "n": months}) == day
    if isinstance(day, date) and months >= 0:
        assert outcome("months_between(a, b)", {"a": start, "b": day}) == months


def test_the_day_of_a_moment_is_its_day_in_china() -> None:
    late = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)  # half past midnight on 22 November in China
    assert outcome("days_between(m, today())", {"m": late}) == 0


@pytest.mark.parametrize(
    ("code", "region", "inside"),
    [
        ("410105", "410000", True),
        ("410105", "410100", True),
        ("410105", "410105", True),
        ("410105", "41", True),
        ("410105", "4101", True),
        ("410105", "000000", True),
        ("410105", "410200", False),
        ("410000", "410100", False),
        ("419001", "410000", True),  # 济源: a county-level city directly under the province
        ("410105001002", "410105", True),
        ("410105001002", "410105001000", True),
        ("410105002002", "410105001000", False),
        ("410105001002", "410105000000", True),
        ("110105", "410000", False),
    ],
)
def test_regions_contain_lower_codes(code: str, region: str, inside: bool) -> None:
    assert outcome(f'in_region(c, "{region}")', {"c": code}) is inside
    assert outcome("in_region(c, r)", {"c": code, "r": region}) is inside


class _NoCalendarAfter2026:
    def working_days_between(self, a: date, b: date) -> int:
        if b.year > 2026:
            raise Invalid(why="2027 is not published yet")
        return 5


def test_working_days_come_from_the_calendar_or_stay_unknown() -> None:
    facts = {"a": date(2026, 11, 16), "b": date(2026, 11, 23), "c": date(2027, 1, 4)}
    env = Environment(date(2026, 11, 22), _NoCalendarAfter2026())
    assert outcome("working_days_between(a, b)", facts, env) == 5
    assert outcome("working_days_between(a, c) > 5", facts, env) is UNKNOWN
    assert outcome("working_days_between(a, b)", facts) is UNKNOWN


def test_lists_and_certificates() -> None:
    facts = {"certificates.held": ["marriage", "id-card"], "l": ("a", "a", "b"), "x": "b"}
    assert outcome('has_certificate("marriage")', facts) is True
    assert outcome('has_certificate("divorce")', facts) is False
    assert outcome('has_certificate("divorce")') is UNKNOWN
    assert outcome("count(l)", facts) == 2
    assert outcome("x in l", facts) is True
    assert outcome('any_of(l, "z", x)', facts) is True
    assert outcome('any_of(l, "z", missing)', facts) is UNKNOWN
    assert outcome('any_of(l, "a", missing)', facts) is True


@pytest.mark.parametrize("unusable", [None, 1.5, float("nan"), Decimal("NaN"), Decimal("1E+999999"), [1], {"a": 1}, object()])
def test_an_unusable_fact_is_unknown_never_a_guess(unusable: object) -> None:
    assert outcome("x == 1", {"x": unusable}) is UNKNOWN
    assert outcome("known(x)", {"x": unusable}) is False


def test_unknown_refuses_to_be_taken_for_true_or_false() -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(outcome("u"))


def test_a_hundred_thousand_digit_product_stays_exact() -> None:
    rule = parse("a" + " * a" * 45 + " - 1 < a" + " * a" * 45)
    assert evaluate(rule, {"a": Decimal("1." + "0" * 58 + "1")}, ENV) is True


def test_shared_conditions_are_written_once() -> None:
    rules = {f"r{index}": parse(f"e.staff >= 30 and e.tax > {index}") for index in range(20)}
    compiled = compile_rules(rules)
    assert compiled.source.count(">= (30)") == 1
    assert compiled({"e.staff": 30, "e.tax": 10}, ENV)["r9"] is True
    assert compile_rules({})({}, ENV) == {}

"""What is still open, what to ask first, which rules a change touches, and how far a refusal was from a yes."""

from datetime import date
from decimal import Decimal
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.kernel.rules import (
    UNKNOWN,
    Environment,
    FactChange,
    affected_by,
    evaluate,
    influence,
    influences,
    may_flip,
    nearest_miss,
    open_names,
    parse,
    residual,
    to_source,
)

ENV = Environment(date(2026, 11, 22))


@pytest.mark.parametrize(
    ("source", "facts", "rest"),
    [
        ("a and b and c", {"b": True}, "a and c"),
        ("a and b", {"b": False}, "False"),
        ("a or b and c", {"b": True}, "a or c"),
        ("a or b and c", {"b": True, "c": True}, "True"),
        ("not (a or b)", {"a": False}, "not b"),
        ("not not a", {}, "a"),
        ("x / y >= 0.05", {"x": 5}, "5 / y >= 0.05"),
        ("x / y >= 0.05", {"x": 1, "y": 3}, "True"),
        ("x / y >= z", {"x": 1, "y": 3}, "1 / 3 >= z"),
        ("x / y >= 1 and z == 1", {"x": 1, "y": 0}, "1 / 0 >= 1 and z == 1"),
        ("d + 3 >= today()", {}, "d + 3 >= date(2026, 11, 22)"),
        ("d + 3 >= e", {"d": date(2026, 1, 30)}, "date(2026, 2, 2) >= e"),
        ('any_of(l, "a", x, y)', {"l": ["b"], "x": "c"}, 'any_of(["b"], y)'),
        ('any_of(l, "a", x, y)', {"l": ["b"], "y": "b"}, "True"),
        ('any_of(l, "a")', {"l": ["b"]}, "False"),
        ("known(x) and y == 1", {"x": 3}, "y == 1"),
        ("known(x) and y == 1", {"y": 1}, "known(x)"),
        ("x == 1 and x == 1 and y == 2", {}, "x == 1 and y == 2"),
        ("working_days_between(d, e) > 3", {"d": date(2026, 1, 1), "e": date(2026, 2, 1)}, None),
    ],
)
def test_residuals(source: str, facts: dict[str, object], rest: str | None) -> None:
    folded = residual(parse(source), facts, ENV)
    assert to_source(folded) == (rest or "working_days_between(date(2026, 1, 1), date(2026, 2, 1)) > 3")
    assert open_names(parse(source), facts, ENV).isdisjoint(facts)


def test_the_most_decisive_question_comes_first() -> None:
    rules = [
        parse("local and (employees > 30 or revenue / tax > 2)"),
        parse("local and employees < 100"),
    ]
    weights = {name: influence(rules, {}, ENV, name) for name in ("local", "employees", "revenue", "absent")}
    assert weights == {"local": 4096, "employees": 1024 + 2048, "revenue": 512, "absent": 0}
    assert list(influences(rules, {}, ENV)) == ["local", "employees", "revenue", "tax"]
    assert influence(rules, {"local": False}, ENV, "employees") == 0
    assert influence([parse("local")], {}, ENV, "local") == 4096


def test_affected_rules_and_possible_flips() -> None:
    rules = {"a": parse("staff >= 30"), "b": parse("tax > 1"), "c": parse('has_certificate("x")')}
    assert affected_by(rules, "staff") == {"a"}
    assert affected_by(rules, "certificates.held") == {"c"}
    assert may_flip(rules["a"], "staff", 29, 30, ENV)
    assert not may_flip(rules["a"], "staff", 30, 5000, ENV)
    assert not may_flip(rules["a"], "staff", 30, 30, ENV)
    assert may_flip(rules["a"], "staff", None, 30, ENV)
    assert may_flip(parse("staff / area > 2"), "staff", 30, 31, ENV)


MISSES = [
    ("staff >= 30", {"staff": 12}, {"staff": 30}),
    ("staff > 30", {"staff": 12}, {"staff": 31}),
    ("staff <= 30", {"staff": 45}, {"staff": 30}),
    ("10 <= staff <= 30", {"staff": 45}, {"staff": 30}),
    ("not staff == 3", {"staff": 3}, {"staff": 4}),
    ("off / insured <= 0.055", {"off": 12, "insured": 200}, {"off": 11}),
    ("off / insured <= 0.055", {"off": 12, "insured": 217}, {"insured": 219}),
    ("rate < 0.05", {"rate": Decimal("0.050")}, {"rate": Decimal("0.049")}),
    ("born >= date(2026, 1, 1)", {"born": date(2025, 12, 30)}, {"born": date(2026, 1, 1)}),
    ("years_between(born, today()) >= 18", {"born": date(2009, 5, 5)}, {"born": date(2008, 11, 22)}),
    ("days_between(paid, today()) <= 30", {"paid": date(2026, 1, 1)}, {"paid": date(2026, 10, 23)}),
    ('status == "married"', {"status": "single"}, {"status": "married"}),
    ('in_region(code, "4101")', {"code": "410202"}, {"code": "410100"}),
    ('has_certificate("m")', {"certificates.held": ["a"]}, {"certificates.held": ("a", "m")}),
    ("local and staff >= 30", {"local": False, "staff": 12}, {"local": True, "staff": 30}),
    ("local or staff >= 30", {"local": False, "staff": 12}, {"staff": 30}),
    ("(a >= 5 and b >= 5) or c >= 5", {"a": 4, "b": 4, "c": -9}, {"c": 5}),
    ("(x < 3 or y > 1) and x >= 5", {"x": 2, "y": 0}, {"x": 5, "y": 2}),
    ("staff >= 30", {"staff": 30}, {}),
    ("staff >= 30", {}, {}),
    ("staff >= 30 and staff < 20", {"staff": 1}, {}),
]


@pytest.mark.parametrize(("source", "facts", "expected"), MISSES)
def test_the_nearest_miss(source: str, facts: dict[str, object], expected: dict[str, object]) -> None:
    changes = nearest_miss(parse(source), facts, ENV)
    assert {change.name: change.new for change in changes} == expected
    assert [change.name for change in changes] == sorted(expected)


def test_a_change_tells_old_and_new() -> None:
    rule = parse("local and staff >= 30")
    assert nearest_miss(rule, {"local": False}, ENV) == [
        FactChange("local", False, True),
        FactChange("staff", UNKNOWN, 30),
    ]


thresholds = st.tuples(st.sampled_from("xyz"), st.sampled_from(["<", "<=", ">", ">=", "=="]), st.integers(0, 4))
groups = st.lists(st.lists(thresholds, min_size=1, max_size=3), min_size=1, max_size=3)


@given(groups, st.tuples(*[st.integers(0, 4)] * 3))
def test_no_smaller_set_of_changes_would_do(clauses: list[list[tuple[str, str, int]]], values: tuple[int, int, int]) -> None:
    rule = parse(" and ".join(f"({' or '.join(f'{n} {op} {v}' for n, op, v in clause)})" for clause in clauses))
    facts = dict(zip("xyz", values, strict=True))
    if evaluate(rule, facts, ENV) is not False:
        return
    sizes = [
        size
        for size in (1, 2, 3)
        for chosen in combinations("xyz", size)
        for new in product(range(-1, 6), repeat=size)
        if evaluate(rule, {**facts, **dict(zip(chosen, new, strict=True))}, ENV) is True
    ]
    assert len(nearest_miss(rule, facts, ENV)) == min(sizes, default=0)

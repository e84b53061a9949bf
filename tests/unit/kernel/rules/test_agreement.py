"""The four evaluations of one rule agree, on random typed rules and random partial facts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.rules import (
    UNKNOWN,
    Environment,
    Expr,
    Type,
    affected_by,
    check,
    compile_rules,
    evaluate,
    explain,
    influence,
    influences,
    may_flip,
    names,
    nearest_miss,
    open_names,
    parse,
    residual,
    to_source,
)
from yijianshi.kernel.rules.ir import TRUE, Known, Literal, walk


@dataclass(frozen=True)
class WeekdayCalendar:
    """Mondays to Fridays of three years; other years are not loaded."""

    def working_days_between(self, a: date, b: date) -> int:
        if not 2025 <= min(a, b).year <= max(a, b).year <= 2027:
            raise Invalid(why="no calendar")
        start, end, sign = (a, b, 1) if a <= b else (b, a, -1)
        return sign * sum((start + timedelta(days=i)).weekday() < 5 for i in range(1, (end - start).days + 1))


TYPES = {
    "n.a": Type.INT,
    "n.b": Type.INT,
    "n.c": Type.DECIMAL,
    "t.a": Type.CODE,
    "t.b": Type.TEXT,
    "d.a": Type.DATE,
    "d.b": Type.DATE,
    "m.a": Type.DATETIME,
    "b.a": Type.BOOL,
    "b.b": Type.BOOL,
    "l.a": Type.LIST,
    "certificates.held": Type.LIST,
}
ENVIRONMENTS = st.sampled_from(
    [Environment(date(2026, 11, 22), WeekdayCalendar()), Environment(date(2024, 2, 29)), Environment(date.max, WeekdayCalendar())]
)
INTS = st.sampled_from([-3, 0, 1, 2, 5, 30, 10**20])
DECIMALS = st.sampled_from([Decimal("0.05"), Decimal("-1.50"), Decimal("0"), Decimal("0.1"), Decimal("30"), Decimal("1E+3")])
CODES = st.sampled_from(["a", "b", "410000", "410105", "x\"'\\\n{0}"])
DATES = st.sampled_from([date(2024, 2, 29), date(2025, 2, 28), date(2026, 11, 22), date(2026, 11, 20), date.min, date.max])
MOMENTS = st.sampled_from([datetime(2026, 11, 22, 1, tzinfo=UTC), datetime(2026, 11, 21, 17, tzinfo=UTC)])
LISTS = st.lists(CODES, max_size=3)
VALUES = {
    Type.INT: INTS,
    Type.DECIMAL: st.one_of(DECIMALS, INTS),
    Type.CODE: CODES,
    Type.TEXT: CODES,
    Type.DATE: DATES,
    Type.DATETIME: MOMENTS,
    Type.BOOL: st.booleans(),
    Type.LIST: LISTS,
}
WRONG = st.sampled_from([None, 1.5, "a", True, 3, Decimal("NaN"), datetime(2026, 1, 1), [1], {}, date(2026, 1, 1), UNKNOWN])  # noqa: DTZ001

number_leaves = st.sampled_from(["n.a", "n.b", "n.c", "1", "30", "0.05", "-2", "count(l.a)", "working_days_between(d.a, d.b)"])
day_leaves = st.sampled_from(["d.a", "d.b", "today()", "date(2026, 11, 22)", "date(2024, 2, 29)"])
numbers = st.recursive(
    number_leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        inner.map(lambda x: f"-({x})"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda p: f"{p[0]}({p[1]}, {p[2]})"),
        st.tuples(st.sampled_from(["years_between", "months_between", "days_between"]), day_leaves, day_leaves).map(
            lambda p: f"{p[0]}({p[1]}, {p[2]})"
        ),
    ),
    max_leaves=4,
)
days = st.one_of(
    day_leaves,
    st.tuples(day_leaves, st.sampled_from("+-"), st.sampled_from(["n.a", "30"])).map(" ".join),
    st.tuples(day_leaves, st.sampled_from(["n.a", "n.b", "6", "-12", "0.5"])).map(lambda p: f"plus_months({p[0]}, {p[1]})"),
)
ORDERS = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
conditions = st.one_of(
    st.tuples(numbers, ORDERS, numbers).map(" ".join),
    st.tuples(days, ORDERS, days).map(" ".join),
    st.sampled_from(
        [
            "b.a",
            "b.b",
            "b.a == True",
            "b.a != b.b",
            't.a == "a"',
            't.a != "b"',
            "t.a == t.b",
            't.a in ["a", "b"]',
            't.b not in ["b"]',
            "t.a in l.a",
            "t.a not in []",
            "n.a in [1, 2, 0.5]",
            'in_region(t.a, "410000")',
            "in_region(t.a, t.b)",
            'starts_with(t.b, "4")',
            'any_of(l.a, "a", t.b)',
            'has_certificate("a")',
            "d.a in [date(2024, 2, 29)]",
            'm.a >= datetime("2026-11-22T09:00:00+08:00")',
            "days_between(m.a, today()) == 0",
            "known(n.a)",
            "known(t.a)",
            "True",
            "False",
        ]
    ),
)
truths = st.recursive(
    conditions,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(lambda p: f"({' and '.join(p)})"),
        st.lists(inner, min_size=2, max_size=4).map(lambda p: f"({' or '.join(p)})"),
        inner.map(lambda x: f"(not {x})"),
    ),
    max_leaves=8,
)
rules = st.one_of(truths, truths, truths, numbers, days).map(parse)
boolean_rules = truths.map(parse)
full_facts = st.fixed_dictionaries({name: VALUES[type_] for name, type_ in TYPES.items()})
partial_facts = st.fixed_dictionaries({}, optional={name: VALUES[type_] for name, type_ in TYPES.items()})
wild_facts = st.fixed_dictionaries({}, optional={name: st.one_of(VALUES[type_], WRONG) for name, type_ in TYPES.items()})


@given(rules)
def test_generated_rules_are_well_typed_and_survive_a_round_trip(rule: Expr) -> None:
    assert all("永远" in problem.text.zh or "空的" in problem.text.zh for problem in check(rule, TYPES, want=None))
    assert parse(to_source(rule)) == rule


@settings(max_examples=300)
@given(st.lists(rules, min_size=1, max_size=5), wild_facts, ENVIRONMENTS, st.booleans())
def test_compiled_equals_scalar_even_for_facts_of_the_wrong_kind(
    some: list[Expr], facts: dict[str, object], env: Environment, typed: bool
) -> None:
    named = {f"rule-{index}": rule for index, rule in enumerate(some)}
    compiled = compile_rules(named, TYPES) if typed else compile_rules(named)
    outcomes = compiled(facts, env)
    for name, rule in named.items():
        scalar = evaluate(rule, facts, env)
        assert outcomes[name] == scalar
        assert type(outcomes[name]) is type(scalar)


@settings(max_examples=300)
@given(rules, full_facts, st.sets(st.sampled_from(sorted(TYPES))), ENVIRONMENTS)
def test_the_residual_with_the_other_facts_equals_the_whole(
    rule: Expr, facts: dict[str, object], hidden: set[str], env: Environment
) -> None:
    known = {name: value for name, value in facts.items() if name not in hidden}
    others = {name: value for name, value in facts.items() if name in hidden}
    rest = residual(rule, known, env)
    assert evaluate(rest, others, env) == evaluate(rule, facts, env)
    assert names(rest) <= hidden
    assert open_names(rule, known, env) == names(rest)
    assert parse(to_source(rest)) == rest
    outcome = evaluate(rule, known, env)
    if isinstance(outcome, bool) and not _asks_about_knowledge(rule):
        assert isinstance(rest, Literal)
        assert rest.value is outcome


@settings(max_examples=300)
@given(rules, full_facts, st.sets(st.sampled_from(sorted(TYPES))), ENVIRONMENTS)
def test_more_facts_never_flip_a_known_answer(rule: Expr, facts: dict[str, object], hidden: set[str], env: Environment) -> None:
    known = {name: value for name, value in facts.items() if name not in hidden}
    outcome = evaluate(rule, known, env)
    if outcome is not UNKNOWN and not _asks_about_knowledge(rule):
        assert evaluate(rule, facts, env) == outcome


@given(boolean_rules, wild_facts, ENVIRONMENTS)
def test_an_explanation_agrees_with_the_outcome_and_speaks_both_languages(
    rule: Expr, facts: dict[str, object], env: Environment
) -> None:
    reason = explain(rule, facts, env)
    assert reason.value == evaluate(rule, facts, env)
    assert all(leaf.value is not UNKNOWN or reason.value is UNKNOWN for leaf in reason.decisive())
    assert reason.summary().zh.startswith(("因为：", "还需要知道："))
    assert reason.summary().en.startswith(("Because: ", "Still needed: "))


@given(boolean_rules, partial_facts, ENVIRONMENTS)
def test_a_nearest_miss_really_turns_no_into_yes(rule: Expr, facts: dict[str, object], env: Environment) -> None:
    changes = nearest_miss(rule, facts, env)
    if evaluate(rule, facts, env) is not False:
        assert changes == []
    if changes:
        changed = {**facts, **{change.name: change.new for change in changes}}
        assert evaluate(rule, changed, env) is True
        assert nearest_miss(rule, facts, env) == changes


@given(st.lists(boolean_rules, max_size=4), partial_facts, ENVIRONMENTS)
def test_influence_is_positive_exactly_for_the_open_names(some: list[Expr], facts: dict[str, object], env: Environment) -> None:
    open_anywhere = frozenset[str]().union(*(open_names(rule, facts, env) for rule in some))
    for name in TYPES:
        assert (influence(some, facts, env, name) > 0) == (name in open_anywhere)
    assert influences(some, facts, env).keys() == open_anywhere


@given(boolean_rules, full_facts, st.sampled_from(sorted(TYPES)), st.data(), ENVIRONMENTS)
def test_a_rule_that_may_not_flip_does_not(
    rule: Expr, facts: dict[str, object], name: str, data: st.DataObject, env: Environment
) -> None:
    new = data.draw(VALUES[TYPES[name]])
    before, after = evaluate(rule, facts, env), evaluate(rule, {**facts, name: new}, env)
    if before != after:
        assert may_flip(rule, name, facts[name], new, env)
        assert affected_by({"rule": rule}, name) == {"rule"}


@given(
    st.integers(-(10**30), 10**30),
    st.integers(-(10**15), 10**15),
    st.decimals(-1000, 1000, places=6),
    st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
)
def test_ratios_compare_exactly_at_the_threshold(top: int, bottom: int, limit: Decimal, op: str) -> None:
    env = Environment(date(2026, 1, 1))
    rule = parse(f"a / b {op} {limit:f}")
    for numerator in (top, *(round(Fraction(limit) * bottom) + step for step in (-1, 0, 1))):
        facts = {"a": numerator, "b": bottom}
        expected: object = UNKNOWN
        if bottom:
            ratio, bound = Fraction(numerator, bottom), Fraction(limit)
            expected = {
                "<": ratio < bound,
                "<=": ratio <= bound,
                ">": ratio > bound,
                ">=": ratio >= bound,
                "==": ratio == bound,
                "!=": ratio != bound,
            }[op]
        assert evaluate(rule, facts, env) is expected
        assert compile_rules({"r": rule})(facts, env)["r"] is expected


def _asks_about_knowledge(rule: Expr) -> bool:
    """``known(x)`` is about what is known, so it is the one thing that changes when more becomes known."""
    return any(isinstance(node, Known) for node in walk(rule)) or rule == TRUE

"""What a rule may say, how it is read, and what is refused with which words."""

from datetime import date
from decimal import Decimal

import pytest

from yijianshi.kernel.rules import RuleSyntaxError, Type, is_name, names, parse, to_source
from yijianshi.kernel.rules.ir import And, Arithmetic, Call, Compare, Known, Literal, Name, Not, Or

HOSTILE = [
    ("a.__class__", 1, "dictionary name"),
    ("a._private", 1, "dictionary name"),
    ("().__class__.__bases__", 1, "dot can only"),
    ("(lambda: 1)()", 8, "cannot be used"),
    ("lambda", 6, "missing"),
    ("[x for x in y]", 1, "not part of the rule language"),
    ("(x for x in y)", 1, "not part of the rule language"),
    ("{x for x in y}", 1, "cannot be used"),
    ('f"{a}"', 2, "run together"),
    ('b"a"', 2, "run together"),
    ("(a := 1)", 4, "cannot be used"),
    ("x[0]", 1, "not part of the rule language"),
    ("x if y else z", 1, "not part of the rule language"),
    ('"a".join(b)', 1, "no function"),
    ("a.b(c)", 1, "no function"),
    ('__import__("os")', 1, "no function"),
    ('eval("1")', 1, "no function"),
    ("min(*a)", 1, "one after the other"),
    ("min(**a)", 1, "one after the other"),
    ("min(a, b=1)", 9, "cannot be used"),
    ("await x", 1, "not part of the rule language"),
    ("yield", 1, "missing"),
    ("2 ** 9", 1, "four operations"),
    ("a % 2", 3, "cannot be used"),
    ("a // 2", 1, "four operations"),
    ("9" * 61, 1, "more than 60 digits"),
    ("9" * 5000, 4000, "longer than 4000"),
    ("1e5", 2, "run together"),
    ("0x10", 2, "run together"),
    ("1_000", 2, "run together"),
    ("1j", 2, "run together"),
    ("(" * 60 + "1" + ")" * 60, 51, "50 levels"),
    ("not " * 80 + "a", 201, "50 levels"),
    ("-" * 80 + "a", 51, "50 levels"),
    ("+".join("a" * 60), 1, "50 levels"),
    ("None", 1, "None"),
    ("...", 1, "None"),
    ("+a", 1, "plus sign"),
    ("a is b", 1, "“is”"),
    ("a; b", 2, "cannot be used"),
    ("a\x00", 2, "cannot be used"),
    ('"a\\d"', 1, "cannot be used"),
    ('"a\nb"', 1, "cannot be used"),
]

AUTHOR_SLIPS = [
    ("", 1, "规则是空的", "empty"),
    ("a = 1", 3, "两个等号", "write =="),
    ("a && b", 3, "请写 and", "Write and"),
    ("a || b", 3, "请写 or", "Write or"),
    ("a == “x”", 6, "半角", "half-width"),
    ('in_region(a，"41")', 12, "半角", "half-width"),
    ("a # note", 3, "不能写注释", "no comments"),
    ('a in ["x" "y"]', 11, "请加逗号", "put a comma"),
    ('a in ["x", 1]', 6, "同一种", "one kind"),
    ("a in [b, c]", 6, "固定值", "fixed values"),
    ("true", 1, "写 True", "Write True"),
    ("a == null", 6, "known(名称)", "known(name)"),
    ("yeers_between(a, b)", 1, "years_between", "Did you mean years_between"),
    ("applicant.class == 1", 11, "保留词", "reserved word"),
    ("from.date == 1", 1, "保留词", "reserved word"),
    ("years_between", 1, "少了括号", "lacks its brackets"),
    ("date(2026, 2, 30)", 1, "没有这一天", "no such day"),
    ("date(a, 1, 1)", 1, "date(2026, 1, 1)", "date(2026, 1, 1)"),
    ('datetime("2026-01-01T09:00:00")', 1, "时区", "time zone"),
    ("known(1)", 1, "known(child.birth_date)", "takes one name"),
    ("has_certificate(a)", 1, "证照类型代码", "one certificate type code"),
    ("Child.birth_date == 1", 1, "小写字母", "lower-case"),
    ("a ==", 4, "括号是否成对", "brackets pair up"),
    ("x == 100%", 9, "0.05", "0.05"),
]


@pytest.mark.parametrize(("source", "column", "english"), HOSTILE)
def test_hostile_text_is_refused_with_a_clear_message(source: str, column: int, english: str) -> None:
    with pytest.raises(RuleSyntaxError) as caught:
        parse(source)
    assert caught.value.column == column
    assert english in caught.value.text.en
    assert f"第 {column} 个字符" in caught.value.text.zh


@pytest.mark.parametrize(("source", "column", "chinese", "english"), AUTHOR_SLIPS)
def test_a_slip_of_an_author_is_told_how_to_mend(source: str, column: int, chinese: str, english: str) -> None:
    with pytest.raises(RuleSyntaxError) as caught:
        parse(source)
    assert caught.value.column == column
    assert chinese in caught.value.text.zh
    assert english in caught.value.text.en
    assert caught.value.status == 422


def test_a_dotted_name_is_one_name() -> None:
    assert parse("child.birth_date") == Name("child.birth_date")


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        ("child.birth_date", True),
        ("a1", True),
        ("Child", False),
        ("a..b", False),
        ("a.class", False),
        ("a._b", False),
        ("", False),
    ],
)
def test_what_can_be_a_name(path: str, fits: bool) -> None:
    assert is_name(path) is fits


def test_numbers_are_read_digit_by_digit() -> None:
    assert parse("0.1000000000000000000000000001") == Literal(Decimal("0.1000000000000000000000000001"), Type.DECIMAL)
    assert parse("-5") == Literal(-5, Type.INT)
    assert parse("-0.05") == Literal(Decimal("-0.05"), Type.DECIMAL)


def test_one_and_true_are_different_literals() -> None:
    assert parse("x == 1") != parse("x == True")
    assert parse("x == 1") != parse("x == 1.0")


def test_a_chain_is_all_of_its_links() -> None:
    middle = Name("x")
    links = (Compare("<=", Literal(1, Type.INT), middle), Compare("<", middle, Literal(6, Type.INT)))
    assert parse("1 <= x < 6") == And(links)
    assert parse("a and 1 <= x < 6") == And((Name("a"), *links))


def test_and_binds_closer_than_or_and_flattens() -> None:
    assert parse("a or b and (c and d)") == Or((Name("a"), And((Name("b"), Name("c"), Name("d")))))
    assert parse("not a and b") == And((Not(Name("a")), Name("b")))


def test_special_forms() -> None:
    assert parse("date(2026, 1, 1)") == Literal(date(2026, 1, 1), Type.DATE)
    assert parse("known(a.b)") == Known(Name("a.b"))
    assert parse('has_certificate("m")') == parse('"m" in certificates.held')
    assert parse("today() - 3") == Arithmetic("-", Call("today", ()), Literal(3, Type.INT))
    assert parse('x in ("a", "b")') == parse('x in ["a", "b"]')


def test_a_rule_may_span_lines_and_columns_count_characters() -> None:
    rule = parse('\n  a == "中文"\n  and b\n')
    assert rule == parse('a == "中文" and b')
    assert isinstance(rule, And)
    assert rule.operands[1].column == 20


def test_names() -> None:
    assert names(parse('a.b > c and has_certificate("x") or known(d)')) == {"a.b", "c", "d", "certificates.held"}


@pytest.mark.parametrize(
    "source",
    [
        "1 <= x and x < 6",
        "(a + b) * c - d / (e / f) - (g - h)",
        "-(a + b) * -5",
        "-(-a)",
        "not (a == b) and not c",
        "(a == b) == c",
        "(a or b) and (c or not d)",
        '"it\'s \\"quoted\\" \\\\ \\n 中文 \\u200b"',
        'x not in ["a", "b"] and y in [date(2026, 1, 1)] and z in [1, 0.5]',
        'count(x.list) >= 2 and any_of(x.list, "a", y)',
        'm >= datetime("2026-01-01T09:00:00+08:00")',
        'has_certificate("marriage")',
        "x in []",
    ],
)
def test_source_survives_a_round_trip(source: str) -> None:
    rule = parse(source)
    assert parse(to_source(rule)) == rule
    assert to_source(parse(to_source(rule))) == to_source(rule)

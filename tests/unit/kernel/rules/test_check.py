"""What the content check finds, with the words an author reads."""

import pytest

from yijianshi.kernel.rules import Type, check, parse

TYPES = {
    "child.birth_date": Type.DATE,
    "child.name": Type.TEXT,
    "parents.marital": Type.CODE,
    "enterprise.employees": Type.INT,
    "enterprise.revenue": Type.DECIMAL,
    "enterprise.tags": Type.LIST,
    "applicant.local": Type.BOOL,
    "application.submitted_at": Type.DATETIME,
}
OPTIONS = {"parents.marital": ["married", "single", "divorced"], "enterprise.tags": ["high-tech", "sme"]}

FINE = [
    "applicant.local",
    'parents.marital == "married" and enterprise.revenue / enterprise.employees >= 0.5',
    "years_between(child.birth_date, today()) < 3",
    "child.birth_date + 30 >= today()",
    "days_between(application.submitted_at, today()) <= 5",
    'has_certificate("marriage") or "sme" in enterprise.tags',
    'any_of(enterprise.tags, "sme", "high-tech")',
    "max(enterprise.employees, 0.5) > 1",
    "known(child.name)",
    'application.submitted_at < datetime("2026-01-01T00:00:00+08:00")',
    'in_region(parents.marital, "410000")',
]
WRONG = [
    ("child.brith_date > today()", 1, "child.birth_date", "did you mean child.birth_date"),
    ("known(child.nam)", 7, "child.name", "did you mean child.name"),
    ("zzz == 1", 1, None, "add it to the dictionary"),
    ('parents.marital == "maried"', 20, "married", "The options are: married, single"),
    ('parents.marital in ["single", "widow"]', 20, None, "“widow” is not among"),
    ('"start-up" in enterprise.tags', 1, None, "not among the options"),
    ('any_of(enterprise.tags, "hightech")', 25, "high-tech", "not among the options"),
    ('child.birth_date > "2026-01-01"', 1, None, "date(2026, 1, 1)"),
    ("child.birth_date < application.submitted_at", 1, None, "days_between"),
    ("applicant.local == 1", 1, None, "cannot be compared"),
    ('child.name > "a"', 1, None, "There is no order"),
    ("enterprise.tags == enterprise.tags", 1, None, "Lists are not compared"),
    ("enterprise.employees and applicant.local", 1, None, "join questions"),
    ("not child.name", 5, None, "join questions"),
    ("child.name + 1 > 2", 1, None, "works on numbers"),
    ("-child.name == 1", 2, None, "works on numbers"),
    ("today() - child.birth_date > 3", 1, "days_between", "write days_between"),
    ("child.birth_date * 2 == today()", 1, None, "whole days"),
    ("child.birth_date + 0.5 == today()", 1, None, "whole days"),
    ('child.name in "abc"', 15, None, "comes a list"),
    ("child.birth_date in enterprise.tags", 1, None, "another kind"),
    ('enterprise.employees in ["1"]', 1, None, "another kind"),
    ("child.name in []", 15, None, "nothing is ever in it"),
    ("years_between(today()) > 1", 1, None, "takes 2 argument(s); 1 given"),
    ("any_of(enterprise.tags)", 1, None, "at least 2"),
    ("years_between(child.name, today()) > 1", 15, None, "should be a date or a moment; this is a text"),
    ('in_region(parents.marital, "4101a5")', 28, None, "no region code"),
    ("min(enterprise.employees, today()) == 1", 1, None, "cannot be compared"),
    ("enterprise.employees", 1, None, "should be yes or no"),
]


@pytest.mark.parametrize("source", FINE)
def test_good_rules_pass(source: str) -> None:
    assert check(parse(source), TYPES, options=OPTIONS) == []


@pytest.mark.parametrize(("source", "column", "suggestion", "english"), WRONG)
def test_each_mistake_is_found_once_and_explained(source: str, column: int, suggestion: str | None, english: str) -> None:
    problems = check(parse(source), TYPES, options=OPTIONS)
    assert [problem.column for problem in problems] == [column]
    assert problems[0].suggestion == suggestion
    assert english in problems[0].text.en
    assert problems[0].text.zh.endswith("。")


def test_all_problems_come_at_once_in_reading_order() -> None:
    rule = parse('child.nmae == 1 and parents.marital == "x" and enterprise.employees')
    assert [problem.column for problem in check(rule, TYPES, options=OPTIONS)] == [1, 40, 48]


@pytest.mark.parametrize(
    ("source", "want", "fits"),
    [
        ("enterprise.employees * 2", Type.INT, True),
        ("enterprise.employees * 2", Type.DECIMAL, True),
        ("enterprise.employees / 2", Type.INT, False),
        ("child.name", Type.CODE, True),
        ("today() + 1", Type.DATE, True),
        ("today() + 1", None, True),
        ("max(today(), child.birth_date)", Type.DATE, True),
        ("count(enterprise.tags)", Type.BOOL, False),
    ],
)
def test_the_wanted_type(source: str, want: Type | None, fits: bool) -> None:
    assert (check(parse(source), TYPES, want=want) == []) is fits

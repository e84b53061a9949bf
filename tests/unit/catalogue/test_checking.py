"""The pre-check says what to mend and where, and leaves alone what is not asked for."""

from datetime import date
from typing import Any

import pytest

from tests.unit.catalogue.stall import ENV, stall
from yijianshi.catalogue.logic.checking import check_facts, check_value, check_values
from yijianshi.catalogue.logic.planning import plan
from yijianshi.catalogue.logic.schema import Element

GOOD: dict[str, object] = {
    "stall.kind": "B",
    "stall.food": True,
    "stall.sign": False,
    "stall.area": 30,
    "stall.opens_on": date(2026, 4, 1),
    "stall.region": "410105",
    "owner.name": "王芳",
    "owner.phone": "13800138000",
    "owner.id_number": "11010519491231002X",
}


def problems(**changes: object) -> dict[str, str]:
    facts = {
        name: value
        for name, value in {**GOOD, **{k.replace("__", "."): v for k, v in changes.items()}}.items()
        if value is not None
    }
    found = check_facts(stall(), plan(stall(), facts, env=ENV), facts, ENV)
    return {problem.name: problem.text.zh for problem in found}


def test_a_complete_form_has_no_problems() -> None:
    assert problems() == {}


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [
        ("owner.name", None, "请填写“摊主姓名”"),
        ("owner.name", "长" * 201, "最多 200 个字"),
        ("owner.phone", "1380013800", ""),
        ("owner.id_number", "110105194912310021", ""),
        ("owner.id_number", "11010520991231002X", ""),
        ("stall.area", 501, "不能大于 500"),
        ("stall.opens_on", date(2026, 3, 1), "不能早于 2026年3月2日"),
        ("stall.region", "4101", "6 位"),
    ],
)
def test_each_problem_stands_at_its_field(fact: str, value: object, words: str) -> None:
    found = problems(**{fact.replace(".", "__"): value})
    assert list(found) == [fact]
    assert words in found[fact]


def test_an_item_check_speaks_only_when_its_item_is_included() -> None:
    late = date(2027, 1, 4)
    assert "请今年内开业。" in problems(stall__opens_on=late).values()
    assert "请今年内开业。" not in problems(stall__opens_on=late, stall__food=False).values()


def test_what_is_not_needed_is_not_checked_and_what_is_uncertain_not_demanded() -> None:
    assert problems(stall__kind="A", stall__area=9999, stall__food=False) == {}
    facts = {name: value for name, value in GOOD.items() if name not in ("stall.kind", "stall.area")}
    found = check_facts(stall(), plan(stall(), facts, env=ENV), facts, ENV)
    assert "stall.area" not in {problem.name for problem in found}


def test_corrected_values_are_checked_alone() -> None:
    facts = {"stall.area": 999, "stall.opens_on": date(2027, 1, 4)}
    names = {problem.name for problem in check_values(stall(), facts, ("stall.area",), ENV)}
    assert names == {"stall.area"}
    both = check_values(stall(), facts, ("stall.area", "stall.opens_on", "owner.name"), ENV)
    assert [problem.text.en for problem in both][-1] == "Open this year."


@pytest.mark.parametrize(
    ("more", "value", "fits"),
    [
        ({"type": "TEXT", "pattern": "[A-Z]\\d{9}"}, "A123456789", True),
        ({"type": "TEXT", "pattern": "[A-Z]\\d{9}"}, "A12345678", False),
        ({"type": "TEXT", "max_length": 3}, "abcd", False),
        ({"type": "DECIMAL", "min": 0}, 0, True),
        ({"type": "ACCOUNT"}, "62220000", True),
        ({"type": "ACCOUNT"}, "62-20", False),
        ({"type": "USCC"}, "12441500196720244T", True),
        ({"type": "USCC"}, "not a code", False),
        ({"type": "DATE", "max": "today()"}, date(2026, 3, 2), True),
        ({"type": "DATE", "max": "today()"}, date(2026, 3, 3), False),
        ({"type": "DATE", "min": date(2020, 1, 1)}, date(2019, 12, 31), False),
    ],
)
def test_values_against_their_element(more: dict[str, Any], value: object, fits: bool) -> None:
    element = Element.model_validate({"name": "x.y", "label": {"zh": "某项", "en": "Entry"}, **more})
    assert (check_value(element, value, {}, ENV) is None) is fits

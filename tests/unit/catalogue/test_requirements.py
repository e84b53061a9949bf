"""How another region differs, said before the citizen decides."""

from typing import Any

import pytest

from tests.unit.catalogue import stall
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.elsewhere import code_at, code_there, peer_of
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.catalogue.logic.planning import plan
from yijianshi.catalogue.logic.requirements import Side, requirement_differences
from yijianshi.kernel.text import Text

PLACE = Text("洛阳市", "Luoyang")


def side(thing: CompiledThing, **answers: Any) -> Side:
    return Side(thing, plan(thing, answers, env=stall.ENV))


def changed(path: str, old: str, new: str) -> CompiledThing:
    found, _ = check_files(stall.with_change(path, old, new), stall.CALENDAR)
    return compile_thing(found, "stall")


def test_nothing_differs_where_nothing_differs() -> None:
    assert requirement_differences(side(stall.stall()), side(stall.stall()), PLACE) == []


@pytest.mark.parametrize("code", ["newborn@luoyang", "newborn"])
def test_a_code_knows_its_region(code: str) -> None:
    assert code_there(code) == "newborn"
    assert peer_of(code) in ("luoyang", "")
    assert code_at("newborn", "luoyang") == "newborn@luoyang"


PERMIT = "items/market/permit-issue.yaml"
ANSWERS: dict[str, Any] = {"stall.kind": "A", "stall.food": True, "stall.sign": False}


@pytest.mark.parametrize(
    ("path", "old", "new", "zh", "en"),
    [
        (
            PERMIT,
            "promise: {working_days: 3",
            "promise: {working_days: 1",
            "洛阳市承诺 3 个工作日办完，本地 5 个。",
            "3 working days, here 5",
        ),
        (
            PERMIT,
            "{count: 0, reason: null}",
            "{count: 1, reason: {zh: 看, en: look}}",
            "洛阳市要到现场 1 次，本地 0 次。",
            "1 visit in person",
        ),
        (
            PERMIT,
            "  - {material: drawing, when: \"stall.kind == 'B'\"}",
            "  - {material: drawing}",
            "洛阳市要交“",
            "is not needed",
        ),
        (
            PERMIT,
            "  - {fact: stall.area, when: \"stall.kind == 'B'\"}",
            "  - {fact: stall.area}",
            "洛阳市的表多填 1 项",
            "1 more field",
        ),
    ],
    ids=["days", "visits", "papers", "fields"],
)
def test_each_difference_is_said_in_words(path: str, old: str, new: str, zh: str, en: str) -> None:
    found = requirement_differences(side(stall.stall(), **ANSWERS), side(changed(path, old, new), **ANSWERS), PLACE)
    assert [text for text in found if zh in text.zh and en in text.en], found
    back = requirement_differences(side(changed(path, old, new), **ANSWERS), side(stall.stall(), **ANSWERS), PLACE)
    assert len(back) == len(found)


def test_what_only_one_of_them_does_is_named() -> None:
    here = {**ANSWERS, "stall.food": False}
    assert "洛阳市多办一项" in requirement_differences(side(stall.stall(), **here), side(stall.stall(), **ANSWERS), PLACE)[0].zh
    assert "洛阳市不办这一项" in requirement_differences(side(stall.stall(), **ANSWERS), side(stall.stall(), **here), PLACE)[0].zh

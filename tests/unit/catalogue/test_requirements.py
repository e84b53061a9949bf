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

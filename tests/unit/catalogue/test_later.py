"""Items that may be applied for only from a later day: named with the day, or with what it depends on, and not submitted."""

from datetime import date, timedelta

import pytest

from tests.unit.catalogue.stall import CALENDAR, FILES
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.catalogue.logic.plan import ItemStatus, Plan
from yijianshi.catalogue.logic.planning import plan
from yijianshi.kernel.rules import Environment

SIGN = "items/market/sign-filing.yaml"
LATER = (
    'eligible: {on: "stall.opens_on + 30", text: {zh: 开业满三十天。, en: Thirty days after opening.}, confidence: D}\nlimits:'
)
OPENS = date(2026, 3, 2)
FIRST = OPENS + timedelta(days=30)


@pytest.fixture(scope="module")
def stall() -> CompiledThing:
    library, findings = check_files({**FILES, SIGN: FILES[SIGN].replace("limits:", LATER, 1)}, CALENDAR)
    assert not findings.errors, [finding.line() for finding in findings]
    return compile_thing(library, "stall")


def planned(thing: CompiledThing, on: date, **facts: object) -> Plan:
    known = {"stall.kind": "A", "stall.food": False, "stall.sign": True} | {f"stall.{name}": one for name, one in facts.items()}
    return plan(thing, known, env=Environment(on, CALENDAR))


def test_the_day_before_it_comes_later_and_on_the_day_it_is_in(stall: CompiledThing) -> None:
    before = planned(stall, FIRST - timedelta(days=1), opens_on=OPENS)
    sign = before.item("sign-filing")
    assert (sign.status, sign.eligible_on) == (ItemStatus.LATER, FIRST)
    assert sign.reason.zh == "从2026年4月1日（周三）起可以申请。开业满三十天。"
    assert "sign-filing" not in before.included()
    on_the_day = planned(stall, FIRST, opens_on=OPENS)
    assert on_the_day.item("sign-filing").status is ItemStatus.INCLUDED
    assert on_the_day.item("sign-filing").eligible_on is None


def test_what_is_not_known_yet_is_named(stall: CompiledThing) -> None:
    sign = planned(stall, OPENS).item("sign-filing")
    assert (sign.status, sign.eligible_on) == (ItemStatus.LATER, None)
    assert "开业日期" in sign.reason.zh
    assert "Opening day" in sign.reason.en


def test_nothing_is_asked_or_handed_in_for_it_yet(stall: CompiledThing) -> None:
    found = planned(stall, OPENS, opens_on=OPENS)
    assert all("sign-filing" not in entry.needed_by for entry in (*found.fields, *found.materials))
    assert "sign-filing" not in found.promise.finish


def test_an_item_that_does_not_apply_is_left_out_not_postponed(stall: CompiledThing) -> None:
    assert planned(stall, OPENS, opens_on=OPENS, sign=False).item("sign-filing").status is ItemStatus.EXCLUDED
    unknown = plan(stall, {"stall.kind": "A", "stall.opens_on": FIRST - timedelta(days=60)}, env=Environment(OPENS, CALENDAR))
    assert unknown.item("sign-filing").status is ItemStatus.OPEN


def test_alone_the_item_asks_for_the_day_it_depends_on() -> None:
    library, _ = check_files({**FILES, SIGN: FILES[SIGN].replace("limits:", LATER, 1)}, CALENDAR)
    assert "stall.opens_on" in compile_thing(library, "item:sign-filing").questions_by_fact

"""What it costs, where it is offered and who else must agree, planned for the market stall."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.catalogue.stall import CALENDAR, FILES, with_change
from yijianshi.catalogue.logic import guide
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.catalogue.logic.plan import ItemStatus, Plan
from yijianshi.catalogue.logic.planning import plan
from yijianshi.kernel.rules import Environment

PERMIT = "items/market/permit-issue.yaml"
THING = "things/stall/thing.yaml"
RATES = """\
fee:
  name: {zh: 摊位费, en: Stall fee}
  amount: {zh: 按面积, en: By area}
  basis: 收费标准
  pay_online: false
  confidence: D
  rates:
    - {amount: 0, per: {zh: 免收, en: free}, when: "stall.kind == 'A'", valid_from: 2026-01-01, confidence: D}
    - amount: 1.25
      per: {zh: 每平方米, en: per square metre}
      times: "stall.area"
      valid_from: 2026-01-01
      valid_to: 2026-06-30
      confidence: D
    - {amount: 2, per: {zh: 每平方米, en: per square metre}, times: "stall.area", valid_from: 2026-07-01, confidence: D}
"""
PARTY = """\
parties:
  - entity: owner
    id_number: owner.id_number
    act: SIGN
    when: "stall.sign == True"
    text: {zh: 请确认, en: Please agree}
    confidence: D
form:
"""
AREA = "  - {fact: stall.area}\n  - {fact: stall.kind}\nmaterials:"


def _thing(files: dict[str, str]) -> CompiledThing:
    library, findings = check_files(files)
    assert [finding.line() for finding in findings.errors] == []
    return compile_thing(library, "stall")


def _plan(thing: CompiledThing, facts: dict[str, object], on: date = date(2026, 3, 2)) -> Plan:
    return plan(thing, facts, env=Environment(on, CALENDAR))


@pytest.fixture(scope="module")
def charged() -> CompiledThing:
    files = with_change(PERMIT, "fee: null\n", RATES)
    files[PERMIT] = (
        files[PERMIT].replace("materials:", AREA, 1).replace("""  - {fact: stall.area, when: "stall.kind == 'B'"}\n""", "")
    )
    return _thing(files)


@pytest.mark.parametrize(
    ("facts", "on", "amount", "words"),
    [
        ({"stall.kind": "B", "stall.area": 10}, date(2026, 6, 30), "12.50", "1.25"),
        ({"stall.kind": "B", "stall.area": 10}, date(2026, 7, 1), "20.00", "2026-07-01"),
        ({"stall.kind": "A", "stall.area": 10}, date(2026, 7, 1), "0.00", "摊位类型"),
        ({"stall.kind": "B"}, date(2026, 7, 1), None, "填好"),
        ({"stall.area": 10}, date(2026, 7, 1), None, "还不能算出来"),
        ({"stall.kind": "B", "stall.area": 10}, date(2025, 12, 31), None, "没有有效"),
    ],
)
def test_the_rate_of_the_day_counts(
    charged: CompiledThing, facts: dict[str, object], on: date, amount: str | None, words: str
) -> None:
    planned = _plan(charged, facts, on)
    (fee,) = planned.fees
    assert fee.amount == (None if amount is None else Decimal(amount))
    assert planned.fee_total == fee.amount
    assert words in fee.reason.zh
    assert fee.basis.zh == "收费标准"


def test_without_fees_the_sum_is_nothing() -> None:
    planned = _plan(_thing(dict(FILES)), {"stall.kind": "A"})
    assert (planned.fees, planned.fee_total) == ((), Decimal(0))


def test_what_is_not_offered_there_is_left_out_and_not_asked_about() -> None:
    place = '{kind: market, region_from: stall.region}\noffered_in: ["410300"]'
    files = with_change("items/market/sign-filing.yaml", "department: {kind: market}", "department: " + place)
    question = "questions:\n  - {fact: stall.region, text: {zh: 在哪?, en: Where?}, why: {zh: 各地不同。, en: It differs.}}\n"
    files[THING] = files[THING].replace("questions:\n", question)
    thing = _thing(files)
    env = Environment(date(2026, 3, 2), CALENDAR)
    outside = _plan(thing, {"stall.region": "410105", "stall.kind": "A", "stall.food": True})
    assert outside.item("sign-filing").status is ItemStatus.EXCLUDED
    assert "还没有开通" in outside.item("sign-filing").reason.zh
    asked = guide.open_questions(thing, {"stall.region": "410105"}, frozenset(), env)
    assert "stall.sign" not in asked
    assert "stall.sign" in guide.open_questions(thing, {"stall.region": "410302"}, frozenset(), env)
    inside = _plan(thing, {"stall.region": "410302", "stall.kind": "A", "stall.food": True, "stall.sign": True})
    assert inside.item("sign-filing").status is ItemStatus.INCLUDED


def test_a_party_is_asked_when_its_rule_holds_and_sees_its_items() -> None:
    thing = _thing(with_change(THING, "form:\n", PARTY))
    facts: dict[str, object] = {"stall.kind": "A", "stall.food": True, "stall.sign": True}
    (party,) = _plan(thing, facts).parties
    assert (party.entity, party.act, party.label.zh) == ("owner", "SIGN", "摊主")
    assert set(party.items) == {"permit-issue", "food-check", "sign-filing"}
    assert _plan(thing, {**facts, "stall.sign": False}).parties == ()


def test_older_versions_know_nothing_of_it_and_still_plan() -> None:
    thing = _thing(dict(FILES))
    stored = thing.model_dump(mode="json")
    for name in ("parties", "tone"):
        del stored[name]
    old = CompiledThing.model_validate(stored)
    facts: dict[str, object] = {"stall.kind": "A"}
    assert replace(_plan(old, facts)) == _plan(thing, facts)

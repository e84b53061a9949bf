"""The planner on a thing small enough to check by hand."""

from datetime import date

import pytest

from tests.unit.catalogue.stall import CALENDAR, ENV, library, stall
from yijianshi.catalogue.logic import guide
from yijianshi.catalogue.logic.compiled import CompiledThing, item_facts
from yijianshi.catalogue.logic.compiler import all_codes, compile_item, compile_thing, fingerprint
from yijianshi.catalogue.logic.library import UnknownThing
from yijianshi.catalogue.logic.plan import FieldStatus, ItemStatus, MaterialStatus, Offer, OfferKind, Plan, ReductionKind, Route
from yijianshi.catalogue.logic.planning import plan
from yijianshi.catalogue.logic.promise import longest_promise, promise_dates, promised_on
from yijianshi.catalogue.logic.supplying import supply
from yijianshi.kernel.text import Text

ID_CARD = Offer(
    OfferKind.CERTIFICATE, "applicant", "id-card", {"owner.id_number": "11010519491231002X"}, "c1", Text("身份证", "card")
)
IDENTITY = Offer(OfferKind.IDENTITY, "applicant", "", {"name": "王芳", "phone": "13800138000"}, "", Text("登录身份", "sign-in"))
ALL = {"stall.kind": "B", "stall.food": True, "stall.sign": True}


def made(facts: dict[str, object], *offers: Offer, **choices: str) -> Plan:
    thing = stall()
    supplied = supply(thing, facts, offers, ENV)
    return plan(thing, facts, env=ENV, offers=offers, supplied=supplied, choices=choices)


def test_a_compiled_thing_carries_everything_and_survives_json() -> None:
    thing = stall()
    again = CompiledThing.model_validate_json(thing.model_dump_json())
    assert again == thing
    assert fingerprint(again) == thing.sha
    assert {element.name for element in thing.elements} >= {"owner.id_number", "stall.licence_number", "stall.area"}
    assert [letter.code for letter in thing.letters] == ["tidy"]
    assert [(edge.upstream, edge.downstream) for edge in thing.edges] == [("permit-issue", "food-check")]


def test_the_same_content_has_the_same_sha_and_other_content_another() -> None:
    one, two = compile_thing(library(), "stall"), compile_thing(library(), "stall")
    assert one.sha == two.sha
    assert fingerprint(one.model_copy(update={"domain": "出行"})) != one.sha


def test_before_any_answer_what_is_certain_is_in_and_the_rest_is_open() -> None:
    found = made({})
    assert found.route is Route.OPEN
    assert [item.status for item in found.items] == [ItemStatus.INCLUDED, ItemStatus.OPEN, ItemStatus.OPEN]
    assert set(found.open_questions) == {"stall.sign", "stall.food", "stall.kind"}
    area = found.field_named("stall.area")
    assert (area.status, area.certain, area.required) == (FieldStatus.ASK, False, False)
    drawing = found.material("drawing")
    assert (drawing.status, drawing.certain) == (MaterialStatus.TO_COMMIT, False)
    assert "还需要知道" in drawing.reason.zh


def test_one_false_condition_routes_to_single_items_and_refuses_nobody() -> None:
    found = made({"stall.kind": "C", "stall.food": True, "stall.sign": False})
    assert found.route is Route.SINGLE
    assert [reason.en for reason in found.route_reasons] == ["Temporary stalls are handled singly."]
    assert found.included() == ("permit-issue", "food-check")


def test_every_status_says_why_in_both_languages() -> None:
    found = made({"stall.kind": "A", "stall.food": False, "stall.sign": True})
    food = found.item("food-check")
    assert food.status is ItemStatus.EXCLUDED
    assert food.reason.zh.startswith("因为")
    assert "否" in food.reason.zh
    assert food.reason.en == "Because Sells food: no."
    assert found.material("drawing").reason.en.startswith("Not needed in your case. Because Kind of stall is Mobile")
    for entry in (*found.items, *found.fields, *found.materials, *found.edges):
        assert entry.reason.zh
        assert entry.reason.en


def test_an_upstream_result_is_never_asked_for() -> None:
    found = made(ALL)
    number = found.field_named("stall.licence_number")
    assert (number.status, number.from_item) == (FieldStatus.FROM_RESULT, "permit-issue")
    permit = found.material("permit")
    assert (permit.status, permit.from_item) == (MaterialStatus.FROM_RESULT, "permit-issue")
    assert found.item("food-check").waits_for == ("permit-issue",)
    assert found.edges[0].via == ("stall.licence_number", "permit")


def test_identity_and_certificates_fill_fields_and_meet_materials() -> None:
    found = made(ALL, IDENTITY, ID_CARD)
    assert found.field_named("owner.name").status is FieldStatus.PREFILLED
    assert found.field_named("owner.name").source == IDENTITY.label
    assert found.field_named("owner.id_number").status is FieldStatus.PREFILLED
    card = found.material("id-card")
    assert (card.status, card.refs) == (MaterialStatus.SATISFIED, ("c1",))
    assert card.alternatives == ("UPLOAD",)


def test_a_supplier_whose_condition_is_not_yet_true_supplies_nothing() -> None:
    thing = stall()
    assert "owner.id_number" not in supply(thing, {}, [ID_CARD], ENV)
    assert "owner.id_number" not in supply(thing, {"stall.kind": "C"}, [ID_CARD], ENV)
    assert supply(thing, {"stall.kind": "A"}, [ID_CARD], ENV)["owner.id_number"].value == "11010519491231002X"


def test_names_are_locked_and_phones_can_be_changed() -> None:
    supplied = supply(stall(), ALL, [IDENTITY], ENV)
    assert supplied["owner.name"].locked
    assert not supplied["owner.phone"].locked
    changed = plan(stall(), {**ALL, "owner.phone": "13900139000"}, env=ENV, offers=[IDENTITY], supplied=supplied)
    assert changed.field_named("owner.phone").status is FieldStatus.ANSWERED


def test_an_earlier_answer_is_offered_again() -> None:
    prior = Offer(OfferKind.PRIOR, "applicant", "", {"owner.phone": "13700137000"}, "p1", Text("上次申请", "last time"))
    assert supply(stall(), {}, [prior], ENV)["owner.phone"].value == "13700137000"


@pytest.mark.parametrize(
    ("choice", "status"),
    [
        (None, "TO_COMMIT"),
        ("COMMITMENT", "TO_COMMIT"),
        ("UPLOAD", "TO_UPLOAD"),
        ("DEFERRED", "DEFERRED"),
        ("NONSENSE", "TO_COMMIT"),
    ],
)
def test_the_way_to_meet_a_material_can_be_chosen_among_the_open_ones(choice: str | None, status: str) -> None:
    found = made(ALL, **({"drawing": choice} if choice else {}))
    assert found.material("drawing").status == status


def test_the_promise_is_the_critical_path_and_its_dates_count_working_days() -> None:
    found = made(ALL)
    assert (found.promise.working_days, found.promise.path) == (5, ("permit-issue", "food-check"))
    dates = promise_dates(found.promise, date(2026, 3, 5), CALENDAR)
    assert dates == {"permit-issue": date(2026, 3, 10), "food-check": date(2026, 3, 12), "sign-filing": date(2026, 3, 11)}
    assert promised_on(found.promise, date(2026, 12, 30), CALENDAR) is None  # 2027 is not loaded: unknown, never guessed
    assert longest_promise(stall()) == 5


def test_the_reductions_show_sums_anybody_can_check() -> None:
    figures = {reduction.kind: reduction for reduction in made(ALL, IDENTITY, ID_CARD).reductions}
    days = figures[ReductionKind.DAYS]
    assert (days.before, days.after) == (9, 5)
    assert "3 + 2 + 4 = 9" in days.arithmetic.en
    assert "3 + 2 = 5" in days.arithmetic.en
    assert (figures[ReductionKind.STEPS].before, figures[ReductionKind.STEPS].after) == (9, 2)  # one form, one letter
    assert (figures[ReductionKind.MATERIALS].before, figures[ReductionKind.MATERIALS].after) == (4, 1)
    assert figures[ReductionKind.VISITS].before == 3
    assert (figures[ReductionKind.FIELDS].before, figures[ReductionKind.FIELDS].after) == (11, 4)


def test_a_single_item_is_a_thing_of_its_own_and_asks_what_nobody_else_produces() -> None:
    thing = compile_item(library(), "food-check")
    found = plan(thing, {}, env=ENV)
    assert thing.code == "item:food-check"
    assert found.route is Route.BUNDLE
    assert found.field_named("stall.licence_number").status is FieldStatus.ASK
    assert found.material("permit").status is MaterialStatus.TO_UPLOAD
    assert guide.next_question(thing, {}, frozenset(), ENV) is None
    permit = compile_thing(library(), "item:permit-issue")
    assert [question.fact for question in permit.questions] == ["stall.kind"]


def test_everything_that_can_be_published_is_listed_and_unknown_codes_say_so() -> None:
    assert set(all_codes(library())) == {"stall", "item:permit-issue", "item:food-check", "item:sign-filing"}
    with pytest.raises(UnknownThing):
        compile_thing(library(), "no-such-thing")


def test_a_department_sees_what_its_item_needs_and_makes_nothing_more() -> None:
    assert item_facts(stall(), "sign-filing") == ("owner.name", "stall.kind")
    assert "stall.licence_number" in item_facts(stall(), "permit-issue")


def test_advice_appears_only_when_it_applies() -> None:
    assert made({**ALL, "stall.area": 20}).advice == ()
    assert [text.en for text in made({**ALL, "stall.area": 200}).advice] == ["Keep the way free."]

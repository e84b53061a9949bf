"""One item for each of several objects: what one application with three vehicles has in common with three of one."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from yijianshi.catalogue import content_folder
from yijianshi.catalogue.logic import guide, planning
from yijianshi.catalogue.logic.checking import check_facts
from yijianshi.catalogue.logic.compiled import CompiledThing, item_facts
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.logic.plan import Offer, OfferKind, Plan
from yijianshi.catalogue.logic.repeating import counts_of, expanded, object_of, own_names
from yijianshi.catalogue.logic.supplying import supply
from yijianshi.catalogue.logic.values import UnusableAnswer, decode_answer
from yijianshi.kernel.rules import Environment, parse, renamed, to_source
from yijianshi.kernel.text import Text
from yijianshi.kernel.workdays import load_calendar

CONTENT = Path(__file__).parents[3] / "content"
CALENDAR = load_calendar(yaml.safe_load((CONTENT / "calendars" / "cn.yaml").read_text()))
ENV = Environment(date(2026, 10, 9), CALENDAR)
MOST = 20
OPEN = {"enterprise.licence_status": "NORMAL", "fleet.business": "GENERAL", "fleet.drivers": 1}
VEHICLES = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "registered": st.booleans(),
            "is_heavy": st.booleans(),
            "vin": st.sampled_from(["LZZ5CLSB8NA000001", "LZZ5CLSB8NA000002"]),
            "plate": st.just("豫A12345"),
        },
    ),
    min_size=1,
    max_size=5,
)
Vehicle = dict[str, Any]
UNHURRIED = settings(deadline=None, max_examples=40)  # the first plan of each count parses its rules


@cache
def library() -> Library:
    return content_folder.load_library(CONTENT)[0]


@cache
def company() -> CompiledThing:
    return compile_thing(library(), "transport-company")


@cache
def without_repeats() -> CompiledThing:
    """The same content as it was before anything could be repeated."""
    thing = company()
    plain = tuple(entity.model_copy(update={"repeats": None}) for entity in thing.entities)
    return CompiledThing.model_construct(
        **({name: getattr(thing, name) for name in CompiledThing.model_fields} | {"entities": plain, "sha": ""})
    )


def facts_of(vehicles: list[Vehicle]) -> dict[str, object]:
    named = {
        f"{'vehicle' if number == 1 else f'vehicle_{number}'}.{field}": value
        for number, vehicle in enumerate(vehicles, 1)
        for field, value in vehicle.items()
    }
    return OPEN | {"fleet.vehicles": len(vehicles)} | named


def plan_of(vehicles: list[Vehicle], thing: CompiledThing | None = None) -> Plan:
    return planning.plan(thing or company(), facts_of(vehicles), env=ENV)


def about(plan: Plan, number: int) -> dict[str, object]:
    """Return what the plan says of one vehicle, under the names of the first."""
    entity, ending = ("vehicle", "") if number == 1 else (f"vehicle_{number}", f"-{number}")
    codes = {f"{code}{ending}": code for code in ("vehicle-registration", "road-transport-certificate")}
    papers = {f"{code}{ending}": code for code in ("vehicle-licence", "vehicle-conformity-certificate")}
    return (
        {codes[one.code]: one.status for one in plan.items if one.code in codes}
        | {one.name.replace(entity, "vehicle", 1): (one.status, one.required) for one in plan.fields if one.entity == entity}
        | {papers[one.code]: (one.status, one.certain) for one in plan.materials if one.code in papers}
    )


@UNHURRIED
@given(VEHICLES)
def test_each_vehicle_is_planned_as_if_it_were_the_only_one(vehicles: list[Vehicle]) -> None:
    together = plan_of(vehicles)
    for number, vehicle in enumerate(vehicles, 1):
        assert about(together, number) == about(plan_of([vehicle]), 1)


@UNHURRIED
@given(VEHICLES.map(lambda vehicles: vehicles[:1]))
def test_of_one_vehicle_nothing_differs_from_content_that_repeats_nothing(vehicles: list[Vehicle]) -> None:
    one, before = plan_of(vehicles), plan_of(vehicles, without_repeats())
    assert (one.items, one.materials, one.edges, one.promise) == (before.items, before.materials, before.edges, before.promise)
    assert (one.fields, one.reductions, one.route) == (before.fields, before.reductions, before.route)


@UNHURRIED
@given(st.integers(1, MOST), st.integers(1, MOST))
def test_more_vehicles_add_names_and_change_none(fewer: int, more: int) -> None:
    fewer, more = sorted((fewer, more))
    small, large = (expanded(company(), OPEN | {"fleet.vehicles": count}) for count in (fewer, more))
    assert {one.name for one in small.elements} <= {one.name for one in large.elements}
    assert {one.code for one in small.items} <= {one.code for one in large.items}
    assert len(large.items) - len(small.items) == 2 * (more - fewer)
    for element in large.elements:
        assert company().element(element.name).type == element.type
    for item in large.items:
        assert company().item(item.code).repeat == item.definition.repeat
    assert {material.code for material in large.materials} <= company().materials_by_code.keys()


@UNHURRIED
@given(st.integers(1, MOST), st.integers(1, MOST))
def test_no_department_sees_another_object_than_its_own(vehicles: int, drivers: int) -> None:
    thing = expanded(company(), {"fleet.vehicles": vehicles, "fleet.drivers": drivers})
    for item in thing.items:
        own = item.definition.repeat
        seen = {name.partition(".")[0] for name in item_facts(company(), item.code)}
        objects = {entity for entity in seen if object_of(thing, entity)}
        assert own is None or objects == {own}, item.code


def test_an_item_handled_once_needs_the_facts_of_every_vehicle() -> None:
    plan = plan_of([{}, {}, {}])
    for name in ("vehicle.vin", "vehicle_2.vin", "vehicle_3.vin"):
        assert "road-freight-permit" in plan.field_named(name).needed_by
    assert "vehicle_4.vin" not in {entry.name for entry in plan.fields}


def test_each_certificate_waits_for_the_permit_and_for_its_own_registration() -> None:
    new = {"registered": False, "is_heavy": True}
    plan = plan_of([new, new, {"registered": True, "is_heavy": True}])
    assert set(plan.item("road-transport-certificate-2").waits_for) == {"road-freight-permit", "vehicle-registration-2"}
    assert set(plan.item("road-transport-certificate-3").waits_for) == {"road-freight-permit"}
    assert plan.material("vehicle-licence-2").from_item == "vehicle-registration-2"


def test_a_certificate_of_one_vehicle_supplies_nothing_to_another() -> None:
    face = {"vehicle.vin": "LZZ5CLSB8NA000002", "vehicle.plate": "豫A30002"}
    offer = Offer(OfferKind.CERTIFICATE, "enterprise", "vehicle-licence", face, "1", Text("行驶证", "Licence"))
    facts = facts_of([{"vin": "LZZ5CLSB8NA000001"}, {"vin": "LZZ5CLSB8NA000002"}])
    assert supply(company(), facts, [offer], ENV).keys() == {"vehicle_2.plate"}


def test_names_on_a_face_are_those_of_the_own_object() -> None:
    thing = company()
    assert own_names(thing, thing.item("road-transport-certificate")) == {}
    assert own_names(thing, thing.item("road-transport-certificate-3"))["vehicle.plate"] == "vehicle_3.plate"
    assert own_names(thing, thing.item("road-freight-permit")) == {}


def test_objects_are_named_once_there_are_several() -> None:
    one, three = (expanded(company(), {"fleet.vehicles": count}) for count in (1, 3))
    assert one.label("vehicle.plate") == company().label("vehicle.plate") == Text("号牌号码", "Plate number")
    assert three.label("vehicle.plate") == Text("第1辆车的号牌号码", "Vehicle 1: Plate number")
    first, second = "road-transport-certificate", "vehicle-registration-2"
    assert (
        three.base.item_name(first, [first, second]).zh == "道路运输证配发（第1辆车）"
    )  # only one needs it, but of two vehicles
    assert three.base.item_name(first, [first, "road-freight-permit"]).zh == "道路运输证配发"
    assert three.item("road-transport-certificate-3").name.zh == "道路运输证配发（第3辆车）"
    assert [entity.label.zh for entity in three.entities if object_of(three, entity.code) and "vehicle" in entity.code] == [
        "第1辆车",
        "第2辆车",
        "第3辆车",
    ]


def test_what_is_expanded_is_expanded_no_further() -> None:
    three = expanded(company(), {"fleet.vehicles": 3})
    assert expanded(three, {"fleet.vehicles": 3}) is three
    assert expanded(three, {"fleet.vehicles": 2}) is expanded(company(), {"fleet.vehicles": 2})
    assert three.base.sha == company().sha  # an equal one, compiled by somebody else, may have been written out first
    plain = compile_thing(library(), "newborn")
    assert expanded(plain, {}) is plain


@pytest.mark.parametrize(
    ("answer", "objects"), [(None, 1), (0, 1), (-3, 1), (1, 1), (MOST, MOST), (MOST + 1, MOST), (10**14, MOST), ("3", 1)]
)
def test_an_impossible_count_plans_what_is_possible(answer: object, objects: int) -> None:
    facts = {} if answer is None else {"fleet.vehicles": answer}
    assert counts_of(company(), facts)["vehicle"] == objects


@pytest.mark.parametrize("answer", [0, -3, MOST + 1, 10**14])
def test_an_impossible_count_is_told_before_submitting(answer: int) -> None:
    facts = OPEN | {"fleet.vehicles": answer}
    problems = check_facts(company(), planning.plan(company(), facts, env=ENV), facts, ENV)
    assert [problem.name for problem in problems].count("fleet.vehicles") == 1


@pytest.mark.parametrize("answer", ["三辆", "2.5", "", "1e2", "9" * 40])
def test_a_count_that_is_no_whole_number_is_refused(answer: str) -> None:
    with pytest.raises(UnusableAnswer):
        decode_answer(company(), "fleet.vehicles", answer)


def test_the_guide_asks_how_many_and_then_about_each() -> None:
    asked: dict[str, object] = {}
    answers = OPEN | {"fleet.vehicles": 2, "fleet.drivers": 1} | {f"{one}.registered": True for one in ("vehicle", "vehicle_2")}
    answers |= {f"{one}.is_heavy": False for one in ("vehicle", "vehicle_2")}
    while (question := guide.next_question(company(), asked, frozenset(), ENV)) is not None:
        asked[question.fact] = answers[question.fact]
    assert asked == answers
    assert guide.walk(company(), answers, frozenset(), ENV).question is None


def test_an_item_on_its_own_is_asked_for_one_object_or_several() -> None:
    thing = compile_thing(library(), "item:road-transport-certificate")
    assert "fleet.vehicles" in thing.questions_by_fact
    assert [item.code for item in expanded(thing, {"fleet.vehicles": 2}).items] == [
        "road-transport-certificate",
        "road-transport-certificate-2",
    ]


@pytest.mark.parametrize(
    ("rule", "about_second"),
    [
        ("vehicle.plate == 'vehicle.plate'", 'vehicle_2.plate == "vehicle.plate"'),
        ("known(vehicle.plate) and vehicles.plate == 'x'", 'known(vehicle_2.plate) and vehicles.plate == "x"'),
        ("not vehicle.mass + 1 < -vehicle.mass", "not vehicle_2.mass + 1 < -vehicle_2.mass"),
        ("any_of(vehicle.kinds, 'A') or owner.age > 3", 'any_of(vehicle_2.kinds, "A") or owner.age > 3'),
    ],
)
def test_rules_are_renamed_by_their_tree(rule: str, about_second: str) -> None:
    def second(fact: str) -> str:
        return fact.replace("vehicle.", "vehicle_2.") if fact.startswith("vehicle.") else fact

    assert to_source(renamed(parse(rule), second)) == about_second

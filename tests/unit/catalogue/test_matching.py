"""Which certificate is meant: two children, one wallet."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.unit.catalogue.stall import CALENDAR, with_change
from yijianshi.catalogue import entrance
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import compile_item, compile_thing
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.catalogue.logic.plan import MaterialStatus, Offer, OfferKind, PlannedMaterial
from yijianshi.catalogue.logic.planning import plan
from yijianshi.catalogue.logic.supplying import supply
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.text import Text
from yijianshi.kernel.workdays import load_calendar

CONTENT = Path(__file__).parents[3] / "content"
CN = load_calendar(yaml.safe_load((CONTENT / "calendars" / "cn.yaml").read_text(encoding="utf-8")))
ENV = Environment(date(2026, 3, 2), CN)
HELD = {"birth_certificate.status": "HELD", "child.birth_date": date(2026, 2, 20), "applicant.relation": "MOTHER"}


def certificate(kind: str, ref: str, **fields: object) -> Offer:
    named = {name.replace("__", "."): value for name, value in fields.items()}
    return Offer(OfferKind.CERTIFICATE, "applicant", kind, named, ref, Text("证照", "certificate"))


OLDER = certificate("birth-certificate", "older", child__name="李大满", birth_certificate__number="V410000001")
YOUNGER = certificate("birth-certificate", "younger", child__name="李小满", birth_certificate__number="V410000002")
PAGE = certificate("household-register-newborn", "older-page", child__id_number="410105202301012348")


@cache
def single(code: str) -> CompiledThing:
    return compile_item(entrance.load_library(CONTENT)[0], code)


def material(item: str, code: str, facts: dict[str, object], *offers: Offer) -> PlannedMaterial:
    thing = single(item)
    return plan(thing, facts, env=ENV, offers=offers, supplied=supply(thing, facts, offers, ENV)).material(code)


@pytest.mark.parametrize("item", ["household-registration-birth", "vaccination-record", "maternity-benefit"])
def test_the_older_childs_certificate_is_never_used_for_the_younger(item: str) -> None:
    facts = {**HELD, "birth_certificate.number": "V410000002"}
    only_older = material(item, "birth-certificate", facts, OLDER)
    assert (only_older.status, only_older.refs) == (MaterialStatus.TO_UPLOAD, ())
    both = material(item, "birth-certificate", facts, OLDER, YOUNGER)
    assert (both.status, both.refs) == (MaterialStatus.SATISFIED, ("younger",))


def test_nothing_is_guessed_before_the_number_is_known_and_the_applicant_is_told() -> None:
    found = material("vaccination-record", "birth-certificate", dict(HELD), OLDER)
    assert found.status is MaterialStatus.TO_UPLOAD
    assert "对得上的会自动使用" in found.reason.zh
    without = material("vaccination-record", "birth-certificate", dict(HELD))
    assert "对得上的会自动使用" not in without.reason.zh


@pytest.mark.parametrize(
    ("number", "status"), [("410105202301012348", MaterialStatus.SATISFIED), ("410105202602201241", MaterialStatus.TO_UPLOAD)]
)
def test_a_household_page_serves_its_own_child_only(number: str, status: MaterialStatus) -> None:
    found = material("social-card-application", "newborn-household-register", {**HELD, "child.id_number": number}, PAGE)
    assert found.status is status


ID_CARD = "materials/id-card.yaml"
HOLDERS = "holders: [applicant]}"
OWNER = "dictionary/owner.yaml"


def codes(path: str, old: str, new: str) -> set[str]:
    return {finding.code for finding in check_files(with_change(path, old, new), CALENDAR)[1].errors}


@pytest.mark.parametrize(
    ("match", "found"),
    [
        ("{owner.name: owner.name}", set()),
        ("{owner.phone: owner.phone}", {"C512"}),  # not on the card's face
        ("{owner.name: owner.nam}", {"C303"}),  # no such fact
        ("{owner.name: stall.area}", {"C302"}),  # a number is no name
    ],
)
def test_a_match_is_checked(match: str, found: set[str]) -> None:
    assert codes(ID_CARD, HOLDERS, f"holders: [applicant], match: {match}}}") == found
    assert codes(OWNER, "field: owner.id_number,", f"field: owner.id_number, match: {match},") == found


def test_only_certificates_can_be_matched() -> None:
    assert codes(ID_CARD, "{kind: UPLOAD}", "{kind: UPLOAD, match: {owner.name: owner.name}}") == {"C512"}


def test_a_supplier_with_a_match_reads_only_the_certificate_that_fits() -> None:
    changed = with_change(OWNER, "field: owner.id_number,", "field: owner.id_number, match: {owner.name: owner.name},")
    library, _ = check_files(changed, CALENDAR)
    assert library is not None
    thing = compile_thing(library, "stall")
    cards = [
        certificate("id-card", ref, owner__name=name, owner__id_number=number)
        for ref, name, number in (("a", "张三", "11010519491231002X"), ("b", "李四", "440524188001010014"))
    ]
    for name, number in (("李四", "440524188001010014"), ("张三", "11010519491231002X")):
        supplied = supply(thing, {"stall.kind": "A", "owner.name": name}, cards, ENV)
        assert supplied["owner.id_number"].value == number
    assert "owner.id_number" not in supply(thing, {"stall.kind": "A"}, cards, ENV)

"""Registers: what may be read is declared field by field, and each way to get it wrong has its own finding."""

import pytest

from tests.unit.catalogue.stall import CALENDAR, ENV, FILES, ID_CARD, OWNER, PERMIT_ITEM
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.catalogue.logic.plan import FieldStatus, MaterialStatus, Offer, OfferKind, Plan
from yijianshi.catalogue.logic.planning import plan
from yijianshi.catalogue.logic.supplying import supply
from yijianshi.kernel.text import Text

RESIDENTS = """\
kind: register
code: residents
name: {zh: 居民登记, en: Register of residents}
owner: police
subject: PERSON
fields:
  - {code: resident.phone, label: {zh: 手机, en: Phone}, type: PHONE}
  - {code: resident.id_number, label: {zh: 身份证号, en: ID number}, type: ID_NUMBER, sensitivity: SENSITIVE}
basis: 条例
confidence: D
"""
READS = """\
reads:
  - {register: residents, fields: [resident.phone, resident.id_number], why: {zh: 核对, en: Check}, consent: {zh: 同意, en: Yes}}
materials:
"""
PHONE = "      - {kind: REGISTER, register: residents, field: resident.phone}\n      - {kind: PRIOR}\n"
BY_REGISTER = "  - {kind: DATA_SHARE, register: residents}\n  - {kind: UPLOAD}\n"
LABEL = Text("居民登记", "Register of residents")
STANDARD = {
    **FILES,
    "registers/residents.yaml": RESIDENTS,
    "items/market/permit-issue.yaml": PERMIT_ITEM.replace("materials:\n", READS, 1),
    "dictionary/owner.yaml": OWNER.replace("      - {kind: PRIOR}\n", PHONE, 1),
    "materials/id-card.yaml": ID_CARD.replace("  - {kind: UPLOAD}\n", BY_REGISTER, 1),
}


def findings_of(path: str = "", old: str = "", new: str = "") -> list[Finding]:
    files = dict(STANDARD)
    if path:
        assert old in files[path]
        files[path] = files[path].replace(old, new, 1)
    return list(check_files(files, CALENDAR)[1])


def test_a_declared_read_is_in_order() -> None:
    assert findings_of() == []


@pytest.mark.parametrize(
    ("code", "path", "old", "new", "word"),
    [
        ("C210", "items/market/permit-issue.yaml", "register: residents", "register: residentz", "是不是“residents”"),
        ("C210", "dictionary/owner.yaml", "register: residents", "register: people", "登记库"),
        ("C210", "materials/id-card.yaml", "register: residents", "register: people", "登记库"),
        ("C514", "items/market/permit-issue.yaml", "[resident.phone,", "[resident.fone,", "是不是“resident.phone”"),
        ("C514", "dictionary/owner.yaml", "field: resident.phone", "field: resident.fax", "没有“resident.fax”"),
        ("C514", "dictionary/owner.yaml", ", field: resident.phone", "", "register 和 field"),
        ("C515", "items/market/permit-issue.yaml", ", consent: {zh: 同意, en: Yes}", "", "单独征得同意"),
        ("C515", "items/market/permit-issue.yaml", "register: residents,", "register: residents, holder: spouse,", "配偶"),
        ("C516", "items/market/permit-issue.yaml", "[resident.phone, ", "[", "没有声明读取"),
        ("C517", "items/market/permit-issue.yaml", "register: residents,", "register: residents, holder: enterprise,", "个人"),
        (
            "C303",
            "items/market/permit-issue.yaml",
            "register: residents,",
            'register: residents, when: "stall.fod == True",',
            "stall.food",
        ),
        ("C102", "registers/residents.yaml", "owner: police\n", "", "owner"),
    ],
)
def test_each_slip_is_found(code: str, path: str, old: str, new: str, word: str) -> None:
    found = findings_of(path, old, new)
    assert code in {one.code for one in found}, [one.line() for one in found]
    assert any(word in one.text.zh for one in found if one.code == code), [one.line() for one in found]


def test_a_register_must_be_kept_by_a_described_department() -> None:
    described = "kind: department\ncode: market\nname: {zh: 市场局, en: Market office}\n"
    found = check_files({**STANDARD, "departments/market.yaml": described}, CALENDAR)[1]
    assert "C518" in {one.code for one in found}


def compiled() -> CompiledThing:
    library, _ = check_files(STANDARD, CALENDAR)
    return compile_thing(library, "stall")


def planned(*offers: Offer) -> Plan:
    facts = {"stall.kind": "A", "stall.food": False}
    thing = compiled()
    return plan(thing, facts, env=ENV, offers=offers, supplied=supply(thing, facts, offers, ENV))


def asked(fields: dict[str, object], *, pending: bool = False, holder: str = "applicant", register: str = "residents") -> Offer:
    return Offer(OfferKind.REGISTER, holder, register, fields, "read:1", LABEL, None, pending)


def test_the_version_carries_the_registers_it_reads() -> None:
    assert [one.code for one in compiled().registers] == ["residents"]


def test_an_answer_fills_the_form_and_serves_as_the_paper() -> None:
    now = planned(asked({"resident.phone": "13800138000"}))
    phone, card = now.field_named("owner.phone"), now.material("id-card")
    assert (phone.status, phone.source) == (FieldStatus.PREFILLED, LABEL)
    assert (card.status, card.satisfier, card.refs, card.pending) == (MaterialStatus.SATISFIED, "DATA_SHARE", ("read:1",), False)


def test_while_the_register_is_silent_nobody_is_made_to_answer_for_it() -> None:
    now = planned(asked({}, pending=True))
    phone, card = now.field_named("owner.phone"), now.material("id-card")
    assert (phone.status, phone.required, phone.awaited) == (FieldStatus.ASK, False, LABEL)
    assert (card.status, card.pending) == (MaterialStatus.SATISFIED, True)
    assert "居民登记" in card.reason.zh


@pytest.mark.parametrize("offer", [asked({"resident.phone": None}), asked({}, holder="spouse"), asked({}, register="others")])
def test_what_cannot_be_read_or_belongs_to_somebody_else_supplies_nothing(offer: Offer) -> None:
    phone = planned(offer).field_named("owner.phone")
    assert (phone.status, phone.required, phone.awaited) == (FieldStatus.ASK, True, None)

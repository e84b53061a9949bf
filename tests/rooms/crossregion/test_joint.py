"""多地联办: the household registration of a child born here is decided in Luoyang, the application stays one."""

from base64 import b64decode
from typing import Any

import pytest

from tests.rooms.crossregion import acts
from tests.rooms.exchange.acts import body_of
from tests.town import newborn
from tests.town.people import LUOYANG, MONDAY, Town
from yijianshi.applications import commands as applications
from yijianshi.applications import queries
from yijianshi.applications.models import Application
from yijianshi.cases import commands as cases
from yijianshi.cases.logic.corrections import CorrectionEntry
from yijianshi.cases.models import Case
from yijianshi.certificates.models import Certificate
from yijianshi.crossregion.commands import fetch, tell
from yijianshi.crossregion.entrance.answering import part_of_file
from yijianshi.crossregion.logic.custody import Given, handing_over
from yijianshi.crossregion.models import Passage
from yijianshi.exchange import queries as neighbours
from yijianshi.exchange.models import Outgoing, Received
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.identifiers.certificate_id import compose_certificate_id

BIRTH, HOUSEHOLD = "birth-certificate-first-issue", "household-registration-birth"
THEIRS = compose_certificate_id("11100000000013338W032", "11410300YJ10000412", "2026030200000009")


@pytest.fixture
def joint(town: Town) -> Town:
    """The town, with an agreement that Luoyang's police decide there, and that we decide theirs."""
    acts.enter_peer(
        serves=[{"department": "police", "region": LUOYANG, "items": [HOUSEHOLD]}],
        peer={**acts.PEER["peer"], "items": [HOUSEHOLD]},
    )
    return town


def handed(town: Town) -> Case:
    """Apply for a child whose household is in Luoyang, and let the hospital certify the birth."""
    by = town.wang_fang.actor
    draft_id = newborn.fill_in(by, MONDAY, **{"choice.services": ["PARENTING_GUIDANCE"]})
    applications.save_draft(application_id=draft_id, values={"household.region": LUOYANG}, by=by, at=MONDAY)
    newborn.submit(draft_id, by, MONDAY)
    newborn.deliver_events()
    newborn.approve(town, draft_id, BIRTH, MONDAY)
    newborn.deliver_events()
    return newborn.case_of(draft_id, HOUSEHOLD)


def sent(case: Case) -> dict[str, Any]:
    return body_of(Outgoing.objects.get(kind="case.handed_over", about=case.number))


def as_theirs(body: dict[str, Any]) -> dict[str, Any]:
    """Return the same hand-over as Luoyang would send us one of its own."""
    given = [Given(one["material"], one["digest"], one["name"]) for one in body["files"]]
    text = handing_over(body["case"], body["thing"], "", given, [], "")
    return {**body, "custody": {"originals": [], "parcel": "", "origin": acts.sign(text)}}


def taken_in(case: Case, **changes: Any) -> Passage:
    """Let the hand-over come in from Luoyang, files and all."""
    body = as_theirs(sent(case) | changes)
    acts.come(acts.told("case.handed_over", body, about=case.number))
    card = neighbours.get_neighbour("luoyang")
    for due in fetch.due_files("luoyang", 50, at=acts.LATER):
        part = part_of_file(card, {"about": due.about, "digest": due.digest}, acts.LATER)
        assert fetch.note_fetched(due, b64decode(part["part"]), at=acts.LATER)
    newborn.deliver_events()
    return Passage.objects.get(side="HOME")


def said(kind: str) -> list[dict[str, Any]]:
    return [body_of(row) for row in Outgoing.objects.filter(kind=kind).order_by("sequence")]


def test_it_is_handed_over_once_with_the_person_and_every_file(joint: Town) -> None:
    case = handed(joint)
    body = sent(case)
    assert body["applicant"]["name"] == "王芳"
    assert body["facts"]["household.region"] == LUOYANG
    assert body["facts"]["birth_certificate.number"]  # what the hospital decided goes along
    assert {one["material"] for one in body["files"]} == {one["code"] for one in body["materials"]}
    passage = Passage.objects.get(side="ORIGIN")
    assert (passage.mode, passage.stage, passage.application_id) == ("JOINT", "SENT", None)
    others = Case.objects.filter(application_id=case.application_id).exclude(id=case.id).values_list("number", flat=True)
    assert not Outgoing.objects.filter(about__in=others).exists()


def test_their_decision_ends_our_case_and_their_certificate_keeps_its_identifier(joint: Town) -> None:
    case = handed(joint)
    results = newborn.results_for(case, MONDAY)
    papers = [{"type": "household-register-newborn", "identifier": THEIRS}]
    receipt = acts.sign(Passage.objects.get(side="ORIGIN").custody["text"])
    acts.come(
        acts.told("application.arrived", {"number": "410300-1", "receipt": receipt}, 1, case.number),
        acts.told("case.accepted", {}, 2, case.number),
        acts.told("case.approved", {"results": results, "certificates": papers}, 3, case.number),
    )
    assert not Received.objects.exclude(error="").values_list("error", flat=True)
    case.refresh_from_db()
    assert case.state == "COMPLETED"
    assert [row.identifier for row in Certificate.objects.filter(case_id=case.id)] == [THEIRS]
    waiting = Case.objects.filter(application_id=case.application_id, state="WAITING_UPSTREAM").values_list(
        "waits_for", flat=True
    )
    assert not [one for one in waiting if one == [HOUSEHOLD]]  # what needed the registration has begun


@pytest.mark.parametrize("papers", ["x", [{"type": "a"}], [{"type": "a", "identifier": "1.2.156.3005.2.x"}], [None]])
def test_certificates_in_another_form_are_not_taken(joint: Town, papers: Any) -> None:
    case = handed(joint)
    results = newborn.results_for(case, MONDAY)
    acts.come(acts.told("case.approved", {"results": results, "certificates": papers}, 1, case.number))
    assert "certificates" in Received.objects.get().error
    case.refresh_from_db()
    assert case.state == "RECEIVED"


def test_one_of_theirs_becomes_one_item_of_ours_and_every_step_is_told(joint: Town) -> None:
    case = handed(joint)
    passage = taken_in(case)
    assert passage.problem is None
    ours = Case.objects.get(application_id=passage.application_id)
    assert (ours.item_code, ours.region, ours.thing_code) == (HOUSEHOLD, LUOYANG, f"item:{HOUSEHOLD}")
    assert len(said("application.arrived")) == 1
    newborn.approve(joint, ours.application_id, HOUSEHOLD, MONDAY)
    newborn.deliver_events()
    assert tell.tell_one(passage.id, at=acts.LATER)
    assert not tell.tell_one(passage.id, at=acts.LATER)
    (approved,) = said("case.approved")
    (issued,) = Certificate.objects.filter(case_id=ours.id)
    assert approved["certificates"] == [{"type": issued.type_code, "identifier": issued.identifier}]
    assert set(approved["results"]) == {"child.id_number", "household.registered_on"}
    passage.refresh_from_db()
    assert passage.stage == "HANDED_OVER"


def test_corrections_go_back_and_come_again_with_only_what_was_asked(joint: Town) -> None:
    case = handed(joint)
    passage = taken_in(case)
    ours = Case.objects.get(application_id=passage.application_id)
    entries = ({"kind": "field", "name": "household.address", "text": "请写到门牌号。"},)
    desk = newborn.officer_of(joint, ours)
    asked = cases.CorrectionRequest(case_id=ours.id, entries=tuple(CorrectionEntry.from_json(one) for one in entries))
    cases.request_corrections([asked], by=desk, at=MONDAY)
    tell.tell_one(passage.id, at=acts.LATER)
    (told,) = said("case.correction_requested")
    assert [(one["kind"], one["name"]) for one in told["entries"]] == [("field", "household.address")]
    acts.come(acts.told("case.correction_requested", told, 2, case.number))
    answer = cases.CorrectionAnswer(application_id=case.application_id, values={"household.address": "洛阳市西工区示范路9号"})
    cases.answer_corrections(answer, by=joint.wang_fang.actor, at=acts.LATER)
    newborn.deliver_events()
    (after,) = said("case.corrected")
    assert after["files"] == []  # nothing new: the files are there
    changed = after | {"values": after["values"] | {"child.name": "李改名"}}  # never asked for
    acts.come(acts.told("case.corrected", changed, 3, case.number))
    ours.refresh_from_db()
    assert ours.state == "RECEIVED"
    facts = queries.facts_for_cases([(ours.application_id, HOUSEHOLD)])[ours.application_id, HOUSEHOLD]
    assert (facts["household.address"], facts["child.name"]) == ("洛阳市西工区示范路9号", after["facts"]["child.name"])


def test_taken_back_at_the_lead_it_is_withdrawn_here(joint: Town) -> None:
    case = handed(joint)
    passage = taken_in(case)
    cases.withdraw(case.application_id, [HOUSEHOLD], by=joint.wang_fang.actor, at=acts.LATER)
    newborn.deliver_events()
    (told,) = said("case.withdrawn")
    for sequence in (2, 3):  # a second time changes nothing
        acts.come(acts.told("case.withdrawn", told, sequence, case.number))
    assert Case.objects.get(application_id=passage.application_id).state == "WITHDRAWN"
    assert not Received.objects.exclude(error="").exists()


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"thing": "item:marriage-registration"}, "不接受异地申请"), ({"applicant": {}}, "姓名和身份证号")],
)
def test_what_was_not_agreed_goes_back_and_waits_at_the_leads_desk(joint: Town, changes: dict[str, Any], why: str) -> None:
    case = handed(joint)
    passage = taken_in(case, **changes)
    assert passage.stage == "RETURNED"
    assert not Application.objects.filter(channel="crossregion").exists()
    (back,) = said("application.returned")
    assert why in back["reason"]["zh"]
    acts.come(acts.told("application.returned", back, 2, case.number))
    stuck = Received.objects.get(kind="application.returned")
    assert why in stuck.error
    assert neighbours.list_stuck(by=SYSTEM, at=acts.LATER)

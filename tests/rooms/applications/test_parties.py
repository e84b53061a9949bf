"""Another party's agreement: asked for once the form is finished, given to exactly what was shown, void after any change."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.town import changed, newborn
from tests.town.people import CHEN_MING, LI_QIANG, MONDAY, WANG_FANG, Town, acting_for
from yijianshi.applications import commands, queries
from yijianshi.applications.commands.parties import AnsweredAlready, ChangedSinceShown, MayNotAnswer, ReasonNeeded
from yijianshi.applications.commands.submit import NotReady
from yijianshi.applications.logic.parties import PartyStatus
from yijianshi.applications.models import Confirmation, Invitation
from yijianshi.cases.queries import timeline
from yijianshi.foundation import history
from yijianshi.identity import commands as identity
from yijianshi.identity.logic.actor import SYSTEM, Actor, PrincipalKind
from yijianshi.identity.logic.mandates import MandateKind, Wish
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.identifiers.masks import mask_id_number

PARTY = (
    "parties: [{entity: father, id_number: father.id_number, act: CONFIRM,"
    " text: {zh: 请爸爸看过并同意。, en: The father reads and agrees.}, confidence: D}]\n"
)
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def draft_id(town: Town, tmp_path: Path) -> UUID:
    changed.publish(tmp_path, {"things/newborn/thing.yaml": ("texts:", f"{PARTY}texts:")}, MONDAY)
    return newborn.fill_in(town.wang_fang.actor, MONDAY)


def invite(town: Town, draft_id: UUID) -> UUID:
    return commands.invite(application_id=draft_id, entity="father", by=town.wang_fang.actor, at=MONDAY)


def confirm(invitation_id: UUID, by: Actor, digest: str = "") -> None:
    shown = digest or queries.get_request(invitation_id, by=by).digest
    commands.confirm(invitation_id=invitation_id, digest=shown, by=by, at=LATER)


def status(town: Town, draft_id: UUID) -> PartyStatus:
    (state,) = queries.get_draft(draft_id, by=town.wang_fang.actor, at=LATER).parties
    return state.status


def change(town: Town, draft_id: UUID) -> None:
    values = {"child.name": "李小贝"}
    commands.save_draft(application_id=draft_id, values=values, by=town.wang_fang.actor, at=LATER)


def test_without_the_agreement_nothing_is_submitted_and_the_missing_one_is_named(town: Town, draft_id: UUID) -> None:
    with pytest.raises(NotReady) as refused:
        newborn.submit(draft_id, town.wang_fang.actor, MONDAY)
    assert [problem.name for problem in refused.value.problems] == ["party.father"]
    assert "还没有请" in refused.value.problems[0].text.zh
    assert not queries.get_draft(draft_id, by=town.wang_fang.actor, at=MONDAY).ready


def test_asked_confirmed_submitted_and_told_in_the_history(town: Town, draft_id: UUID) -> None:
    invitation = invite(town, draft_id)
    assert status(town, draft_id) is PartyStatus.WAITING
    (request,) = queries.list_requests(by=town.li_qiang.actor)
    assert (request.id, request.application_id, request.is_open) == (invitation, draft_id, True)
    confirm(invitation, town.li_qiang.actor)
    assert status(town, draft_id) is PartyStatus.CONFIRMED
    assert queries.list_requests(by=town.li_qiang.actor) == []
    newborn.submit(draft_id, town.wang_fang.actor, LATER)
    row = Confirmation.objects.get(application_id=draft_id)
    kept = Invitation.objects.get(id=invitation)
    assert (row.person_id, row.act, row.revision, row.digest) == (town.li_qiang.person_id, "CONFIRM", kept.revision, kept.digest)
    said = [line.text.zh for line in timeline.lines_for_application(draft_id, {})]
    assert {"请另一方确认", "另一方确认并同意"} <= set(said)
    assert history.verify() is None


def test_the_party_sees_the_shared_part_with_the_others_numbers_masked(town: Town, draft_id: UUID) -> None:
    request = queries.get_request(invite(town, draft_id), by=town.li_qiang.actor)
    shown = {label.zh: value.zh for section in request.sheet.sections for label, value in section.rows}
    assert LI_QIANG.id_number in shown.values()  # his own, whole
    everything = " ".join(shown.values())
    assert WANG_FANG.id_number not in everything
    assert mask_id_number(WANG_FANG.id_number) in everything


def test_nobody_else_finds_it_and_the_party_cannot_edit(town: Town, draft_id: UUID) -> None:
    invitation = invite(town, draft_id)
    for by in (town.stranger.actor, town.wang_fang.actor, town.staff["police"].actor):
        with pytest.raises(NotFound):
            queries.get_request(invitation, by=by)
        with pytest.raises(NotFound):
            commands.confirm(invitation_id=invitation, digest="0" * 64, by=by, at=LATER)
    with pytest.raises(NotFound):
        commands.save_draft(application_id=draft_id, values={"child.name": "别的"}, by=town.li_qiang.actor, at=LATER)


def test_a_change_between_reading_and_confirming_is_a_conflict(town: Town, draft_id: UUID) -> None:
    invitation = invite(town, draft_id)
    digest = queries.get_request(invitation, by=town.li_qiang.actor).digest
    change(town, draft_id)
    with pytest.raises(ChangedSinceShown) as refused:
        confirm(invitation, town.li_qiang.actor, digest)
    assert refused.value.status == 409
    assert queries.list_requests(by=town.li_qiang.actor) == []
    assert invite(town, draft_id) == invitation  # asked again: the same place, the new content
    with pytest.raises(ChangedSinceShown):
        confirm(invitation, town.li_qiang.actor, digest)
    confirm(invitation, town.li_qiang.actor)
    assert status(town, draft_id) is PartyStatus.CONFIRMED


def test_a_change_after_the_agreement_makes_it_void(town: Town, draft_id: UUID) -> None:
    invitation = invite(town, draft_id)
    confirm(invitation, town.li_qiang.actor)
    change(town, draft_id)
    assert status(town, draft_id) is PartyStatus.OUTDATED
    with pytest.raises(NotReady) as refused:
        newborn.submit(draft_id, town.wang_fang.actor, LATER)
    assert "不再有效" in refused.value.problems[0].text.zh
    assert queries.get_request(invitation, by=town.li_qiang.actor).is_outdated


def test_naming_somebody_else_takes_the_request_away_from_the_first(town: Town, draft_id: UUID) -> None:
    invitation = invite(town, draft_id)
    values = {"father.id_number": CHEN_MING.id_number}
    commands.save_draft(application_id=draft_id, values=values, by=town.wang_fang.actor, at=LATER)
    (state,) = queries.get_draft(draft_id, by=town.wang_fang.actor, at=LATER).parties
    assert state.status in (PartyStatus.NOT_ASKED, PartyStatus.OUTDATED)
    with pytest.raises(ChangedSinceShown):
        confirm(invitation, town.li_qiang.actor)


def test_declining_needs_a_reason_that_the_applicant_reads(town: Town, draft_id: UUID) -> None:
    invitation = invite(town, draft_id)
    digest = queries.get_request(invitation, by=town.li_qiang.actor).digest
    answer = {"invitation_id": invitation, "digest": digest, "by": town.li_qiang.actor, "at": LATER}
    with pytest.raises(ReasonNeeded):
        commands.decline_request(reason="  ", **answer)
    commands.decline_request(reason="名字写错了", **answer)
    (state,) = queries.get_draft(draft_id, by=town.wang_fang.actor, at=LATER).parties
    assert state.status is PartyStatus.DECLINED
    assert state.answered is not None
    assert state.answered.reason == "名字写错了"
    with pytest.raises(AnsweredAlready):
        confirm(invitation, town.li_qiang.actor)
    with pytest.raises(NotReady):
        newborn.submit(draft_id, town.wang_fang.actor, LATER)


@pytest.mark.parametrize(
    ("scope", "may_submit", "found"), [("newborn", True, True), ("newborn", False, True), ("other", True, False)]
)
def test_a_mandate_of_the_party_counts_as_far_as_it_reaches(
    town: Town, draft_id: UUID, scope: str, may_submit: bool, found: bool
) -> None:
    invitation = invite(town, draft_id)
    wish = Wish(
        kind=MandateKind.AGENT,
        principal_kind=PrincipalKind.PERSON,
        principal_id=town.li_qiang.person_id,
        agent_person_id=town.chen_ming.person_id,
        scope=(scope,),
        may_submit=may_submit,
        may_use_certificates=False,
    )
    agent = acting_for(town.chen_ming, identity.grant_mandate(wish, by=SYSTEM, at=MONDAY))
    assert [one.id for one in queries.list_requests(by=agent)] == ([invitation] if found else [])
    if not found:
        with pytest.raises(NotFound):
            confirm(invitation, agent)
    elif not may_submit:
        with pytest.raises(MayNotAnswer):
            confirm(invitation, agent)
    else:
        confirm(invitation, agent)
        row = Confirmation.objects.get(application_id=draft_id)
        assert (row.person_id, row.mandate_id is not None) == (town.chen_ming.person_id, True)


def test_only_a_finished_form_is_shown_to_others(town: Town, draft_id: UUID) -> None:
    commands.save_draft(application_id=draft_id, values={"child.name": ""}, by=town.wang_fang.actor, at=MONDAY)
    with pytest.raises(NotReady):
        invite(town, draft_id)
    with pytest.raises(NotFound):
        commands.invite(application_id=draft_id, entity="mother", by=town.wang_fang.actor, at=MONDAY)
    with pytest.raises(NotFound):
        commands.invite(application_id=uuid4(), entity="father", by=town.wang_fang.actor, at=MONDAY)

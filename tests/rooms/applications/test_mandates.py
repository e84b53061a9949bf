"""Acting for somebody else: only what the mandate covers, only as far as it goes, only while it lasts."""

from uuid import UUID

import pytest

from tests.town import newborn
from tests.town.people import LI_QIANG, MONDAY, Town, acting_for
from yijianshi.applications import commands, queries
from yijianshi.applications.commands.start import EnterpriseNeeded, OutsideMandate, PersonNeeded
from yijianshi.applications.commands.submit import MayNotSubmit
from yijianshi.applications.models import Application
from yijianshi.catalogue.logic.plan import FieldStatus
from yijianshi.identity import commands as identity
from yijianshi.identity import queries as people
from yijianshi.identity.logic.actor import ANONYMOUS, SYSTEM, Actor, PrincipalKind
from yijianshi.identity.logic.mandates import MandateKind, Wish
from yijianshi.kernel.errors import NotFound

ITEM = "item:household-registration-birth"


def agent(town: Town, *scope: str, may_submit: bool = True, may_use_certificates: bool = False) -> tuple[Actor, UUID]:
    """Return 赵建国 acting for 王芳, and the mandate."""
    wish = Wish(
        kind=MandateKind.AGENT,
        principal_kind=PrincipalKind.PERSON,
        principal_id=town.wang_fang.person_id,
        agent_person_id=town.zhao_jianguo.person_id,
        scope=scope or ("*",),
        may_submit=may_submit,
        may_use_certificates=may_use_certificates,
    )
    mandate_id = identity.grant_mandate(wish, by=SYSTEM, at=MONDAY)
    return acting_for(town.zhao_jianguo, mandate_id), mandate_id


def start(by: Actor, thing: str = "newborn") -> UUID:
    return commands.start(thing_code=thing, answers={}, declined=(), by=by, at=MONDAY)


def test_what_an_agent_fills_in_belongs_to_the_principal(town: Town) -> None:
    by, mandate_id = agent(town)
    draft_id = newborn.fill_in(by, MONDAY)
    row = Application.objects.get(id=draft_id)
    assert (row.applicant_id, row.person_id) == (town.wang_fang.person_id, town.zhao_jianguo.person_id)
    assert row.mandate_id == mandate_id
    commands.save_draft(application_id=draft_id, values={"father.id_number": LI_QIANG.id_number}, by=by, at=MONDAY)
    assert newborn.submit(draft_id, by, MONDAY).number
    assert queries.get_receipt(draft_id, by=town.wang_fang.actor).number
    assert queries.list_applications(by=town.zhao_jianguo.actor) == []


def test_the_form_is_prefilled_with_the_principal_not_the_agent(town: Town) -> None:
    by, _ = agent(town)
    draft_id = newborn.fill_in(by, MONDAY)
    group = queries.get_draft(draft_id, by=by, at=MONDAY).group("mother")
    assert group is not None
    name = next(field for field in group.fields if field.element.name == "mother.name")
    assert (name.raw, name.status) == ("王芳", FieldStatus.PREFILLED)


def test_a_mandate_for_one_thing_opens_no_other(town: Town) -> None:
    own = start(town.wang_fang.actor, ITEM)
    by, _ = agent(town, "newborn")
    with pytest.raises(OutsideMandate):
        start(by, ITEM)
    with pytest.raises(NotFound):
        queries.get_draft(own, by=by, at=MONDAY)
    with pytest.raises(NotFound):
        commands.discard(application_id=own, by=by, at=MONDAY)
    assert [card.id for card in queries.list_applications(by=by)] == []
    assert start(by)


def test_an_agent_who_may_only_fill_in_leaves_submitting_to_the_principal(town: Town) -> None:
    by, _ = agent(town, may_submit=False)
    draft_id = newborn.fill_in(by, MONDAY)
    commands.save_draft(application_id=draft_id, values={"father.id_number": LI_QIANG.id_number}, by=by, at=MONDAY)
    with pytest.raises(MayNotSubmit):
        newborn.submit(draft_id, by, MONDAY)
    assert newborn.submit(draft_id, town.wang_fang.actor, MONDAY).number


def test_a_mandate_that_was_ended_opens_nothing(town: Town) -> None:
    by, mandate_id = agent(town)
    draft_id = start(by)
    identity.revoke_mandate(mandate_id, by=town.wang_fang.actor, at=MONDAY)
    with pytest.raises(people.ActingEnded):
        acting_for(town.zhao_jianguo, mandate_id)
    with pytest.raises(NotFound):
        queries.get_draft(draft_id, by=town.zhao_jianguo.actor, at=MONDAY)
    assert queries.get_draft(draft_id, by=town.wang_fang.actor, at=MONDAY).id == draft_id


def test_the_spouse_lends_certificates_but_does_not_see_the_application(town: Town) -> None:
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    group = queries.get_draft(draft_id, by=town.wang_fang.actor, at=MONDAY).group("father")
    assert group is not None
    assert {field.raw for field in group.fields} >= {"李强"}
    with pytest.raises(NotFound):
        queries.get_draft(draft_id, by=town.li_qiang.actor, at=MONDAY)


def test_without_the_spouses_mandate_the_other_parent_is_asked_for(town: Town) -> None:
    identity.revoke_mandate(town.spouse_mandate_id, by=town.li_qiang.actor, at=MONDAY)
    draft_id = commands.start(
        thing_code="newborn",
        answers={"applicant.relation": "MOTHER", "parents.marital_status": "MARRIED"},
        declined=(),
        by=town.wang_fang.actor,
        at=MONDAY,
    )
    group = queries.get_draft(draft_id, by=town.wang_fang.actor, at=MONDAY).group("father")
    assert group is not None
    assert {field.status for field in group.fields} == {FieldStatus.ASK}


def test_a_person_applies_for_what_persons_apply_for_and_an_enterprise_for_its_own(town: Town) -> None:
    with pytest.raises(EnterpriseNeeded):
        start(town.chen_ming.actor, "restaurant")
    mandates = people.list_mandates(town.chen_ming.actor)
    enterprise = acting_for(town.chen_ming, next(one.id for one in mandates if one.principal_id == town.haoweilai_id))
    with pytest.raises(PersonNeeded):
        start(enterprise, "newborn")
    draft_id = start(enterprise, "restaurant")
    assert Application.objects.get(id=draft_id).applicant_kind == "ENTERPRISE"
    with pytest.raises(NotFound):
        queries.get_draft(draft_id, by=town.chen_ming.actor, at=MONDAY)


def test_staff_the_house_and_nobody_apply_for_nothing(town: Town) -> None:
    for by in (town.staff["police"].actor, SYSTEM, ANONYMOUS):
        with pytest.raises(PersonNeeded):
            start(by)

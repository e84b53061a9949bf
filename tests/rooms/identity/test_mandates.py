"""Who may give, use and end a mandate."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.town.people import LI_QIANG, MONDAY, ZHAO_JIANGUO, Town, acting_for
from yijianshi.foundation import history
from yijianshi.identity import commands, queries
from yijianshi.identity.commands import Appointment
from yijianshi.identity.commands.mandates import AgentNotFound, MandateNotPossible, NotYoursToGive
from yijianshi.identity.commands.throttle import TooManyRequests
from yijianshi.identity.logic.actor import SYSTEM, PrincipalKind
from yijianshi.identity.logic.mandates import MandateKind, Wish
from yijianshi.kernel.errors import NotFound

TODAY = date(2026, 3, 2)
YEAR_LATER = date(2027, 3, 2)
FOR_ZHAO = Appointment(ZHAO_JIANGUO.name, ZHAO_JIANGUO.id_number, scope=("newborn",), valid_to=YEAR_LATER)


def wish(town: Town, **changes: object) -> Wish:
    base = Wish(MandateKind.AGENT, PrincipalKind.PERSON, town.li_qiang.person_id, town.stranger.person_id, valid_to=YEAR_LATER)
    return replace(base, **changes)


def test_a_mandate_lets_the_agent_act_and_its_end_stops_it_at_once(town: Town) -> None:
    acting = acting_for(town.wang_fang, town.spouse_mandate_id)
    assert acting.principal is not None
    assert (acting.principal.name, acting.subject_id) == ("李强", town.li_qiang.person_id)

    commands.revoke_mandate(town.spouse_mandate_id, by=town.li_qiang.actor, at=MONDAY)

    with pytest.raises(queries.ActingEnded):
        acting_for(town.wang_fang, town.spouse_mandate_id)


def test_nobody_acts_on_somebody_elses_mandate_or_out_of_its_term(town: Town) -> None:
    with pytest.raises(queries.ActingEnded):
        acting_for(town.stranger, town.spouse_mandate_id)
    with pytest.raises(queries.ActingEnded):
        acting_for(town.wang_fang, town.spouse_mandate_id, MONDAY + timedelta(days=400))


def test_people_appoint_agents_for_themselves(town: Town) -> None:
    mandate_id = commands.appoint_agent(FOR_ZHAO, by=town.wang_fang.actor, at=MONDAY)
    found = queries.find_mandate(town.wang_fang.person_id, town.stranger.person_id, "newborn", TODAY, by=town.stranger.actor)
    assert found is not None
    assert (found.id, found.kind, found.is_received, found.principal_name) == (mandate_id, MandateKind.AGENT, True, "王芳")
    assert [line.entry.action for line in history.list_for("mandate", mandate_id)] == ["grant"]


def test_name_and_number_must_both_fit(town: Town) -> None:
    for wrong in (replace(FOR_ZHAO, agent_name="赵建民"), replace(FOR_ZHAO, agent_id_number="11010519491231002X")):
        with pytest.raises(AgentNotFound):
            commands.appoint_agent(wrong, by=town.wang_fang.actor, at=MONDAY)


def test_guessing_names_and_numbers_is_throttled(town: Town) -> None:
    wrong = replace(FOR_ZHAO, agent_name="赵建民")
    for _ in range(60):
        with pytest.raises(AgentNotFound):
            commands.appoint_agent(wrong, by=town.wang_fang.actor, at=MONDAY)
    with pytest.raises(TooManyRequests):
        commands.appoint_agent(FOR_ZHAO, by=town.wang_fang.actor, at=MONDAY)


def test_an_enterprise_appoints_through_its_representative(town: Town) -> None:
    (legal,) = [card for card in queries.list_mandates(town.chen_ming.actor) if card.is_received]
    acting = acting_for(town.chen_ming, legal.id)
    appointment = Appointment(LI_QIANG.name, LI_QIANG.id_number, MandateKind.STAFF_OF_ENTERPRISE, valid_to=YEAR_LATER)

    commands.appoint_agent(appointment, by=acting, at=MONDAY)

    names = {card.principal_name for card in queries.list_mandates(town.li_qiang.actor) if card.is_received}
    assert names == {"郑州好味来餐饮有限公司"}


def test_who_may_not_give(town: Town) -> None:
    refused = [
        (wish(town), town.wang_fang.actor),  # somebody else's name
        (wish(town), town.heads["police"].actor),
        (wish(town, principal_id=town.wang_fang.person_id, kind=MandateKind.GUARDIAN), town.wang_fang.actor),
        (wish(town, principal_kind=PrincipalKind.ENTERPRISE, principal_id=town.haoweilai_id), town.wang_fang.actor),
        (wish(town), acting_for(town.wang_fang, town.spouse_mandate_id)),  # an agent cannot hand it on
        (wish(town, principal_id=town.wang_fang.person_id), acting_for(town.wang_fang, town.spouse_mandate_id)),
    ]
    for wanted, by in refused:
        with pytest.raises(NotYoursToGive):
            commands.grant_mandate(wanted, by=by, at=MONDAY)


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_to": date(2026, 3, 1)},
        {"valid_to": None},
        {"valid_to": date(2030, 1, 1)},
        {"scope": (" ",)},
        {"kind": MandateKind.STAFF_OF_ENTERPRISE},
    ],
)
def test_what_makes_no_sense_is_refused(town: Town, changes: dict[str, object]) -> None:
    with pytest.raises(MandateNotPossible):
        commands.grant_mandate(wish(town, **changes), by=town.li_qiang.actor, at=MONDAY)


def test_nobody_appoints_themselves(town: Town) -> None:
    with pytest.raises(MandateNotPossible):
        commands.grant_mandate(wish(town, agent_person_id=town.li_qiang.person_id), by=town.li_qiang.actor, at=MONDAY)


def test_guardians_come_from_registers(town: Town) -> None:
    guardian = wish(town, kind=MandateKind.GUARDIAN, valid_to=None, evidence="户籍登记")
    mandate_id = commands.grant_mandate(guardian, by=SYSTEM, at=MONDAY)
    with pytest.raises(NotFound):
        commands.revoke_mandate(mandate_id, by=town.li_qiang.actor, at=MONDAY)
    commands.revoke_mandate(mandate_id, by=SYSTEM, at=MONDAY)


def test_both_sides_may_end_a_mandate_and_strangers_may_not(town: Town) -> None:
    for stranger in (town.stranger.actor, town.staff["police"].actor):
        with pytest.raises(NotFound):
            commands.revoke_mandate(town.spouse_mandate_id, by=stranger, at=MONDAY)
    commands.revoke_mandate(town.spouse_mandate_id, by=town.wang_fang.actor, at=MONDAY)
    commands.revoke_mandate(town.spouse_mandate_id, by=town.li_qiang.actor, at=MONDAY)  # twice is no error
    assert [line.entry.action for line in history.list_for("mandate", town.spouse_mandate_id)] == ["grant", "revoke"]


def test_strangers_learn_nothing_of_a_mandate(town: Town) -> None:
    concerned = (town.li_qiang.person_id, town.wang_fang.person_id, "newborn", TODAY)
    assert queries.find_mandate(*concerned, by=town.li_qiang.actor) is not None
    assert queries.find_mandate(*concerned, by=town.stranger.actor) is None
    assert queries.find_mandate(*concerned, by=town.staff["police"].actor) is None
    assert queries.list_mandates(town.stranger.actor) == []
    assert queries.list_mandates(town.staff["police"].actor) == []

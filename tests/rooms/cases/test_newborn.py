"""The newborn from submission to the last certificate, case by case."""

from uuid import UUID

import pytest

from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.cases import queries
from yijianshi.cases.logic.outcome import Overall
from yijianshi.cases.logic.states import State
from yijianshi.cases.models import Case
from yijianshi.certificates import queries as certificates

ORDER = [
    "birth-certificate-first-issue",
    "household-registration-birth",
    "vaccination-record",
    "resident-insurance-enrolment",
    "resident-insurance-payment",
    "maternity-benefit",
    "childcare-allowance",
    "fertility-registration",
    "parenting-guidance",
]


@pytest.fixture
def application_id(town: Town) -> UUID:
    return newborn.apply(town, MONDAY)


def states(application_id: UUID) -> dict[str, str]:
    return dict(Case.objects.filter(application_id=application_id).values_list("item_code", "state"))


def test_cases_wait_for_the_results_they_need(town: Town, application_id: UUID) -> None:
    at_first = states(application_id)
    assert at_first["birth-certificate-first-issue"] == State.RECEIVED
    assert at_first["fertility-registration"] == State.RECEIVED
    waiting = {code for code, state in at_first.items() if state == State.WAITING_UPSTREAM}
    assert {
        "household-registration-birth",
        "vaccination-record",
        "resident-insurance-enrolment",
        "social-card-application",
    } <= waiting


def test_a_result_flows_on_by_itself(town: Town, application_id: UUID) -> None:
    newborn.approve(town, application_id, "birth-certificate-first-issue", MONDAY)
    after = states(application_id)
    assert after["birth-certificate-first-issue"] == State.COMPLETED
    assert after["household-registration-birth"] == State.RECEIVED
    assert after["vaccination-record"] == State.RECEIVED
    assert after["resident-insurance-enrolment"] == State.WAITING_UPSTREAM


def test_everything_is_delivered_in_order(town: Town, application_id: UUID) -> None:
    for code in ORDER:
        newborn.approve(town, application_id, code, MONDAY)
    newborn.approve(town, application_id, "social-card-application", MONDAY)
    card = newborn.case_of(application_id, "social-card-application")
    if card.state == State.DECIDED:
        from yijianshi.cases import commands

        commands.deliver([card.id], by=newborn.officer_of(town, card), at=MONDAY, how="EMS 1234")
    seen = queries.progress(application_id, by=town.wang_fang.actor, at=MONDAY)
    assert seen.overall is Overall.COMPLETED
    assert all(station.certificate_ids for station in seen.stations)
    held = certificates.list_held(town.wang_fang.person_id, town.wang_fang.actor)
    assert len(held) >= len(seen.stations)


def test_the_child_gets_one_id_number_that_later_departments_see(town: Town, application_id: UUID) -> None:
    for code in ORDER[:2]:
        newborn.approve(town, application_id, code, MONDAY)
    case = newborn.case_of(application_id, "resident-insurance-enrolment")
    view = queries.get_case(case.id, by=newborn.officer_of(town, case), at=MONDAY)
    number = next(fact for fact in view.facts if fact.name == "child.id_number")
    assert number.from_result
    assert number.value is not None
    assert number.value.zh.startswith("410105")

"""What waits for what: an order ends with the upstream item, a need only with its result; a result exists at the decision."""

from uuid import UUID

import pytest

from tests.rooms.cases.acts import BIRTH, POLICE
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.cases import commands, queries
from yijianshi.cases.logic.states import State
from yijianshi.cases.models import Case
from yijianshi.cases.queries import items

ENROLMENT, PAYMENT, ALLOWANCE = "resident-insurance-enrolment", "resident-insurance-payment", "childcare-allowance"


@pytest.fixture
def application_id(town: Town) -> UUID:
    found = newborn.apply(town, MONDAY)
    for code in (BIRTH, POLICE):
        newborn.approve(town, found, code, MONDAY)
    return found


def states(application_id: UUID) -> dict[str, str]:
    return dict(Case.objects.filter(application_id=application_id).values_list("item_code", "state"))


def refuse(town: Town, application_id: UUID) -> None:
    case = newborn.case_of(application_id, ENROLMENT)
    officer = newborn.officer_of(town, case)
    commands.accept([case.id], by=officer, at=MONDAY)
    commands.refuse([commands.Refusal(case_id=case.id, reason="已在外省参保")], by=officer, at=MONDAY)


def withdraw(town: Town, application_id: UUID) -> None:
    commands.withdraw(application_id, [ENROLMENT], by=town.wang_fang.actor, at=MONDAY)


def approve(town: Town, application_id: UUID) -> None:
    newborn.approve(town, application_id, ENROLMENT, MONDAY)


def test_the_allowance_waits_while_the_enrolment_runs_and_says_for_what(town: Town, application_id: UUID) -> None:
    assert newborn.case_of(application_id, ALLOWANCE).order_only == [ENROLMENT]
    seen = queries.progress(application_id, by=town.wang_fang.actor, at=MONDAY)
    station = next(one for one in seen.stations if one.item_code == ALLOWANCE)
    assert station.state is State.WAITING_UPSTREAM
    assert "不管它办成没办成" in station.explains.zh
    assert {(one.upstream, one.order_only) for one in seen.edges if one.downstream == ALLOWANCE} == {
        (POLICE, False),
        (ENROLMENT, True),
    }


@pytest.mark.parametrize(("end", "payment"), [(refuse, "TERMINATED"), (withdraw, "TERMINATED"), (approve, "RECEIVED")])
def test_however_the_enrolment_ends_the_allowance_begins(town: Town, application_id: UUID, end: object, payment: str) -> None:
    assert callable(end)
    end(town, application_id)
    found = states(application_id)
    assert found[ALLOWANCE] == State.RECEIVED
    assert found[PAYMENT] == payment  # it needs the enrolment's number


def test_the_refused_household_still_ends_the_allowance(town: Town) -> None:
    application_id = newborn.apply(town, MONDAY)
    newborn.approve(town, application_id, BIRTH, MONDAY)
    case = newborn.case_of(application_id, POLICE)
    officer = newborn.officer_of(town, case)
    commands.accept([case.id], by=officer, at=MONDAY)
    commands.refuse([commands.Refusal(case_id=case.id, reason="户口不在本地")], by=officer, at=MONDAY)
    assert states(application_id)[ALLOWANCE] == State.TERMINATED


def test_who_waits_begins_at_the_decision_not_at_the_delivery(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    application_id = newborn.apply(town, MONDAY)
    paper = newborn.case_of(application_id, BIRTH)
    item = items.item_of(paper.version_id, BIRTH).model_copy(update={"delivery": "PHYSICAL"})
    monkeypatch.setattr("yijianshi.cases.commands.decide.item_of", lambda *_: item)
    newborn.approve(town, application_id, BIRTH, MONDAY)
    after = states(application_id)
    assert after[BIRTH] == State.DECIDED
    assert after[POLICE] == State.RECEIVED
    commands.deliver([paper.id], by=newborn.officer_of(town, paper), at=MONDAY, how="EMS 1234")
    assert states(application_id) == after | {BIRTH: State.COMPLETED}

"""Who does not fit the bundle is led to the single items, never refused (handbook 3.1 and pitfall 2)."""

from typing import Any
from uuid import UUID

import pytest

from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications import commands, queries
from yijianshi.applications.commands.submit import HandledSingly
from yijianshi.cases import commands as cases
from yijianshi.cases.models import Case
from yijianshi.catalogue.logic.plan import ItemStatus, Route
from yijianshi.identity.logic.actor import SYSTEM

UNFIT = [
    {"parents.marital_status": "UNMARRIED"},
    {"birth.place_kind": "OTHER_HOSPITAL"},
    {"birth_certificate.status": "LOST"},
    {"household.kind": "COLLECTIVE"},
    {"child.surname_follows": "OTHER"},
    {"child.birth_date": "2025-01-02"},
    {"applicant.relation": "GUARDIAN"},
]


def read(draft_id: UUID, town: Town) -> Any:
    return queries.get_draft(draft_id, by=town.wang_fang.actor, at=MONDAY)


@pytest.mark.parametrize("changed", UNFIT, ids=lambda changed: next(iter(changed)))
def test_whoever_does_not_fit_is_told_why_and_shown_the_single_items(town: Town, changed: dict[str, str]) -> None:
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY, **changed)
    plan = read(draft_id, town).plan
    assert plan.route is Route.SINGLE
    assert all(reason.zh and reason.en for reason in plan.route_reasons)
    assert [item for item in plan.items if item.status is ItemStatus.INCLUDED]
    with pytest.raises(HandledSingly):
        newborn.submit(draft_id, town.wang_fang.actor, MONDAY)


def test_an_unmarried_mother_registers_her_child_by_the_single_item(town: Town) -> None:
    by = town.wang_fang.actor
    changed = {"parents.marital_status": "UNMARRIED", "parents.father_named": False, "birth_certificate.number": "X410000001"}
    draft_id = newborn.fill_in(by, MONDAY, thing="item:household-registration-birth", **changed)
    view = read(draft_id, town)
    assert view.plan.included() == ("household-registration-birth",)
    for letter in view.letters:
        commands.commit_letter(application_id=draft_id, letter=letter.code, agreed=True, by=by, at=MONDAY)
    assert [letter.code for letter in view.letters] == ["nonmarital-birth"]
    newborn.submit(draft_id, by, MONDAY)
    cases.split([draft_id], by=SYSTEM, at=MONDAY)
    assert list(Case.objects.filter(application_id=draft_id).values_list("item_code", "state")) == [
        ("household-registration-birth", "RECEIVED")
    ]


def test_an_undecided_route_is_not_submitted(town: Town) -> None:
    by = town.wang_fang.actor
    draft_id = newborn.fill_in(by, MONDAY)
    commands.start(
        thing_code="newborn", answers={}, declined=("parents.henan_household",), by=by, at=MONDAY
    )  # "I don't know", after all
    commands.save_draft(application_id=draft_id, values={"parents.henan_household": ""}, by=by, at=MONDAY)
    assert read(draft_id, town).plan.route is Route.OPEN
    assert not read(draft_id, town).ready
    with pytest.raises(commands.NotReady) as refused:
        newborn.submit(draft_id, by, MONDAY)
    assert {problem.name for problem in refused.value.problems} >= {"parents.henan_household"}


def test_a_fact_only_a_department_may_produce_cannot_be_typed_past_it(town: Town) -> None:
    by = town.wang_fang.actor
    draft_id = newborn.fill_in(by, MONDAY)
    commands.save_draft(application_id=draft_id, values={"child.id_number": "410105202602240023"}, by=by, at=MONDAY)
    newborn.submit(draft_id, by, MONDAY)
    cases.split([draft_id], by=SYSTEM, at=MONDAY)
    assert newborn.case_of(draft_id, "resident-insurance-enrolment").state == "WAITING_UPSTREAM"
    assert "child.id_number" not in queries.all_facts(draft_id, by=by)


def test_what_is_no_longer_asked_is_not_passed_on_to_a_department(town: Town) -> None:
    by = town.wang_fang.actor
    draft_id = newborn.fill_in(by, MONDAY)
    typed = {"maternity.settled": True, "guidance.way": "CLASS", "mother.employer_name": "某某厂"}
    commands.save_draft(application_id=draft_id, values=typed, by=by, at=MONDAY)
    commands.save_draft(application_id=draft_id, values={"mother.insurance": "NONE"}, by=by, at=MONDAY)
    newborn.submit(draft_id, by, MONDAY)
    kept = queries.all_facts(draft_id, by=by)
    assert "mother.employer_name" not in kept
    assert kept["guidance.way"] == "CLASS"

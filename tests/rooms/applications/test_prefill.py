"""Nothing is asked that is known: every prefilled value says where it comes from, and verified ones stay as they are."""

from uuid import UUID

import pytest

from tests.town import newborn, papers
from tests.town.people import LI_QIANG, MONDAY, WANG_FANG, Town
from yijianshi.applications import commands, queries
from yijianshi.applications.queries.views import FormField
from yijianshi.catalogue.logic.plan import FieldStatus


@pytest.fixture
def draft_id(town: Town) -> UUID:
    papers.give_household_register(town)
    return newborn.fill_in(town.wang_fang.actor, MONDAY)


def field(town: Town, draft_id: UUID, name: str) -> FormField:
    view = queries.get_draft(draft_id, by=town.wang_fang.actor, at=MONDAY)
    return next(one for group in view.groups for one in group.fields if one.element.name == name)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("mother.id_number", WANG_FANG.id_number, "实名登录"),
        ("father.id_number", LI_QIANG.id_number, "李强的授权"),
        ("household.number", papers.BOOKLET_NUMBER, "household-register"),
    ],
)
def test_a_prefilled_value_says_where_it_comes_from(town: Town, draft_id: UUID, name: str, value: str, words: str) -> None:
    found = field(town, draft_id, name)
    assert (found.raw, found.status) == (value, FieldStatus.PREFILLED)
    assert found.source is not None
    assert words in found.source.label.zh + found.source.ref + found.reason.zh


def test_a_verified_value_cannot_be_overwritten(town: Town, draft_id: UUID) -> None:
    by = town.wang_fang.actor
    wrong = {"mother.name": "王小芳", "mother.id_number": LI_QIANG.id_number}
    commands.save_draft(application_id=draft_id, values=wrong, by=by, at=MONDAY)
    assert field(town, draft_id, "mother.name").raw == "王芳"
    newborn.submit(draft_id, by, MONDAY)
    facts = queries.all_facts(draft_id, by=by)
    assert (facts["mother.name"], facts["mother.id_number"]) == ("王芳", WANG_FANG.id_number)


def test_a_value_that_may_change_is_taken_as_the_applicant_says(town: Town, draft_id: UUID) -> None:
    by = town.wang_fang.actor
    commands.save_draft(application_id=draft_id, values={"mother.phone": "13900000009"}, by=by, at=MONDAY)
    changed = field(town, draft_id, "mother.phone")
    assert (changed.raw, changed.source) == ("13900000009", None)
    newborn.submit(draft_id, by, MONDAY)
    assert queries.all_facts(draft_id, by=by)["mother.phone"] == "13900000009"


def test_the_second_child_reuses_what_the_first_application_said(town: Town, draft_id: UUID) -> None:
    by = town.wang_fang.actor
    newborn.submit(draft_id, by, MONDAY)
    answers = {"applicant.relation": "MOTHER", "mother.insurance": "EMPLOYEE"}
    second = commands.start(thing_code="newborn", answers=answers, declined=(), by=by, at=MONDAY)
    employer = field(town, second, "mother.employer_name")
    assert employer.status is FieldStatus.PREFILLED
    assert employer.source is not None
    assert queries.get_receipt(draft_id, by=by).number in employer.source.label.zh
    assert field(town, second, "child.name").status is FieldStatus.ASK

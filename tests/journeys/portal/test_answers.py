"""Answers of the guide changed while the application is a draft: the items follow, a commitment can be declined."""

from uuid import UUID

import pytest
from django.test import Client

from tests.journeys.conftest import LogIn
from tests.town import newborn, restaurant
from tests.town.people import MONDAY, Town
from yijianshi.applications import commands as applications
from yijianshi.applications import queries as drafts
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor

ON_SITE, BY_COMMITMENT = "fire-safety-check-on-site", "fire-safety-check-commitment"


def included(draft: UUID, by: Actor) -> tuple[str, ...]:
    return drafts.get_draft(draft, by=by, at=MONDAY).plan.included()


@pytest.fixture
def owner(town: Town, log_in: LogIn) -> Client:
    """陈明's browser, acting for 好味来."""
    browser = log_in("chenming")
    mandate = next(one for one in identity.list_mandates(town.chen_ming.actor) if one.principal_id == town.haoweilai_id)
    assert browser.post("/me/acting/", {"mandate": str(mandate.id)}).status_code == 302
    return browser


def test_another_choice_of_services_changes_the_items(town: Town, log_in: LogIn) -> None:
    by = town.wang_fang.actor
    draft = newborn.fill_in(by, MONDAY)
    mother, tasks = log_in("wangfang"), f"/applications/{draft}/"
    address = f"{tasks}answers/choice.services/"
    assert f'href="{address}"' in mother.get(tasks).content.decode()
    shown = mother.get(address).content.decode()
    assert 'value="SOCIAL_CARD" checked' in shown
    assert "<legend>" in shown
    assert mother.post(address, {"answer": ["ALLOWANCE"]}).headers["location"] == tasks
    left = included(draft, by)
    assert "childcare-allowance" in left
    assert "social-card-application" not in left
    assert mother.post(address).headers["location"] == tasks, "none of them is an answer as well"
    assert "childcare-allowance" not in included(draft, by)
    assert "都没有" in mother.get(tasks).content.decode()


def test_a_new_question_is_asked_at_once_and_stays_on_the_list(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    applications.save_draft(application_id=draft, values={"maternity.settled": ""}, by=town.wang_fang.actor, at=MONDAY)
    mother, tasks = log_in("wangfang"), f"/applications/{draft}/"
    asked = mother.post(f"{tasks}answers/mother.insurance/", {"answer": "RESIDENT"}).headers["location"]
    assert asked == f"{tasks}answers/maternity.settled/"
    assert mother.get(tasks).context["to_do"][0].link == asked
    assert mother.post(asked, {"answer": "true"}).headers["location"] == tasks
    assert "maternity-benefit" not in included(draft, town.wang_fang.actor)


@pytest.mark.parametrize(
    ("fact", "typed"), [("choice.services", "NO_SUCH"), ("birth_certificate.status", ""), ("child.birth_date", "2027-01-01")]
)
def test_an_impossible_answer_is_refused_beside_the_question(town: Town, log_in: LogIn, fact: str, typed: str) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    before = drafts.get_draft(draft, by=town.wang_fang.actor, at=MONDAY).facts[fact]
    response = log_in("wangfang").post(f"/applications/{draft}/answers/{fact}/", {"answer": typed})
    assert response.status_code == 422
    assert 'id="answer-problem"' in response.content.decode()
    assert drafts.get_draft(draft, by=town.wang_fang.actor, at=MONDAY).facts[fact] == before


def test_only_questions_of_the_guide_are_asked_and_only_of_the_applicant(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    mother, answers = log_in("wangfang"), f"/applications/{draft}/answers/"
    assert mother.get(f"{answers}child.name/").status_code == 404
    assert mother.post(f"{answers}no.such/", {"answer": "x"}).status_code == 404
    assert log_in("zhaojianguo").get(f"{answers}choice.services/").status_code == 404


def test_not_knowing_is_an_answer_where_the_guide_takes_it_as_one(town: Town, log_in: LogIn) -> None:
    by = town.wang_fang.actor
    draft = newborn.fill_in(by, MONDAY)
    mother, tasks = log_in("wangfang"), f"/applications/{draft}/"
    address = f"{tasks}answers/mother.insurance/"
    assert 'value="__unsure__"' in mother.get(address).content.decode()
    assert mother.post(address, {"answer": "__unsure__"}).status_code == 302
    view = drafts.get_draft(draft, by=by, at=MONDAY)
    assert "mother.insurance" in view.declined
    assert "mother.insurance" not in view.facts
    assert 'value="__unsure__" checked' in mother.get(address).content.decode()
    assert "不清楚" in mother.get(tasks).content.decode()
    mother.post(address, {"answer": "EMPLOYEE"})
    assert drafts.get_draft(draft, by=by, at=MONDAY).declined == ()


def test_not_knowing_is_refused_where_it_decides_nothing(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    mother, address = log_in("wangfang"), f"/applications/{draft}/answers/applicant.relation/"
    assert "__unsure__" not in mother.get(address).content.decode()
    refused = mother.post(address, {"answer": "__unsure__"})
    assert refused.status_code == 422
    assert "请选一个最接近的回答" in refused.content.decode()


def test_the_question_speaks_english_too(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    mother = log_in("wangfang")
    mother.cookies["language"] = "en"
    shown = mother.get(f"/applications/{draft}/answers/birth_certificate.status/").content.decode()
    assert "I don&#x27;t know" in shown or "I don't know" in shown
    assert "Leave it as it is" in shown
    assert "Questions you answered (" in mother.get(f"/applications/{draft}/").content.decode()


def test_after_submitting_an_answer_leads_to_the_track(town: Town, log_in: LogIn) -> None:
    application = newborn.apply(town, MONDAY)
    mother, address = log_in("wangfang"), f"/applications/{application}/"
    assert mother.get(f"{address}answers/choice.services/").headers["location"] == address
    assert mother.post(f"{address}answers/choice.services/", {"answer": ["ALLOWANCE"]}).status_code == 409


def test_who_declines_the_fire_commitment_is_checked_on_site(town: Town, owner: Client) -> None:
    by = restaurant.company(town)
    draft = restaurant.fill_in(town, MONDAY, "exactly-300-by-commitment")
    assert BY_COMMITMENT in included(draft, by)
    question = f"/applications/{draft}/answers/fire.method/"
    assert f'href="{question}"' in owner.get(f"/applications/{draft}/letters/fire-safety/").content.decode()
    assert 'value="COMMITMENT" checked' in owner.get(question).content.decode()
    assert owner.post(question, {"answer": "ORDINARY"}).headers["location"] == f"/applications/{draft}/"
    assert ON_SITE in included(draft, by)
    assert BY_COMMITMENT not in included(draft, by)
    assert owner.get(f"/applications/{draft}/letters/fire-safety/").status_code == 404


def test_a_letter_in_place_of_a_paper_is_declined_among_the_materials(town: Town, owner: Client) -> None:
    draft = restaurant.fill_in(town, MONDAY)
    shown = owner.get(f"/applications/{draft}/letters/premises/").content.decode()
    assert f'<a class="button plain" href="/applications/{draft}/materials/">' in shown

"""Items one at a time: in a sensible order with its reasons, and nothing asked a second time."""

from django.test import Client

from tests.journeys.conftest import LogIn
from tests.journeys.portal.test_guide import answer, answer_all
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications import queries as drafts

BIRTH, POLICE, INSURANCE = "birth-certificate-first-issue", "household-registration-birth", "resident-insurance-enrolment"


def led_to_single_items() -> Client:
    """Return the browser of somebody whose parents are not married, after the guide of the whole."""
    browser = Client()
    answer_all(browser)
    answer(browser, "parents.marital_status", "UNMARRIED")
    answer_all(browser, **{"parents.marital_status": "UNMARRIED", "parents.father_named": "true"})
    return browser


def guide_of(item: str) -> str:
    return f"/things/item:{item}/guide/"


def test_each_item_stands_after_those_it_waits_for_and_says_why(town: Town) -> None:
    page = led_to_single_items().get("/things/newborn/summary/")
    steps = page.context["steps"]
    order = [step.item.code for step in steps]
    for step in steps:
        assert all(order.index(upstream) < order.index(step.item.code) for upstream in step.item.waits_for)
        assert len(step.after) == len(step.reasons) == len(step.item.waits_for)
    shown = page.content.decode()
    assert "第 1 步：" in shown
    assert "现在就可以办" in shown
    assert "先办好“国（境）内出生登记（户口登记）”" in shown
    assert "办出来的孩子公民身份号码" in shown


def test_a_single_item_asks_nothing_the_guide_has_answered(town: Town) -> None:
    browser = led_to_single_items()
    answered = browser.session["guide"]["newborn"]["answers"]
    page = browser.get(guide_of(POLICE))
    while page.status_code == 200:  # only what the guide of the whole left open, since the way was clear without it
        fact = page.context["ask"].question.fact
        assert fact not in answered
        assert browser.post(guide_of(POLICE), {"fact": fact, "answer": "true"}).status_code == 302
        page = browser.get(guide_of(POLICE))
    summary = browser.get(page.headers["location"])
    assert summary.context["carried"] >= 5
    assert "已经带过来，不再问" in summary.content.decode()
    assert {line.fact for line in summary.context["earlier"]} >= {"applicant.relation", "parents.marital_status"}


def test_an_answer_changed_for_one_item_stays_with_it(town: Town) -> None:
    browser = led_to_single_items()
    assert browser.post(guide_of(POLICE), {"fact": "household.kind", "answer": "COLLECTIVE"}).status_code == 302
    changed = browser.get(f"{guide_of(POLICE)}?change=household.kind").content.decode()
    assert 'value="COLLECTIVE" checked' in changed
    whole = browser.get("/things/newborn/guide/?change=household.kind").content.decode()
    assert 'value="FAMILY" checked' in whole


def test_starting_again_asks_everything(town: Town) -> None:
    browser = led_to_single_items()
    page = browser.get(f"{guide_of(POLICE)}?again=1")
    assert page.status_code == 200
    assert page.context["carried"] == 0
    assert page.context["earlier"] == []


def test_who_comes_straight_to_an_item_is_asked(town: Town) -> None:
    page = Client().get(guide_of(INSURANCE))
    assert page.status_code == 200
    assert page.context["carried"] == 0


def test_a_draft_takes_its_answers_along_on_any_device(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY, **{"parents.marital_status": "UNMARRIED"})
    mother = log_in("wangfang")
    assert mother.get(f"/applications/{draft}/singly/{BIRTH}/").headers["location"] == f"/items/{BIRTH}/"
    page = mother.get(guide_of(BIRTH))
    asked = page.context["ask"].question.fact if page.status_code == 200 else None
    known = drafts.get_draft(draft, by=town.wang_fang.actor, at=MONDAY).facts
    assert asked not in known
    assert mother.get(f"/applications/{draft}/singly/no-such-item/").status_code == 404
    assert log_in("zhaojianguo").get(f"/applications/{draft}/singly/{BIRTH}/").status_code == 404

"""The guide from the first question to the draft: answers kept, changed, unknown, refused; singly instead of never."""

import pytest
from django.test import Client

from tests.browser.tour import ANSWERS
from tests.journeys.conftest import LogIn
from tests.town.people import Town

GUIDE, SUMMARY = "/things/newborn/guide/", "/things/newborn/summary/"


def answer(browser: Client, fact: str, given: str | list[str]) -> None:
    response = browser.post(GUIDE, {"fact": fact, "answer": given})
    assert response.status_code == 302, response.content.decode()


def answer_all(browser: Client, **changed: str) -> None:
    for _ in range(30):
        page = browser.get(GUIDE)
        if page.status_code == 302:
            return
        fact = page.context["ask"].question.fact
        known = {**ANSWERS, "child.birth_date": "2026-02-24", "maternity.settled": "true", **changed}
        answer(browser, fact, known[fact])
    raise AssertionError("the guide does not end")


def text(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def test_everybody_finds_a_thing_by_the_name_people_use(town: Town) -> None:
    browser = Client()
    assert "新生儿" in text(browser, "/")
    assert "开办餐饮店" not in text(browser, "/?q=出生")
    assert "没有找到" in text(browser, "/?q=zzzz")
    assert "Nothing goes by that name" in browser.get("/?q=zzzz", headers={"cookie": "language=en"}).content.decode()


def test_a_question_says_why_and_keeps_the_answer(town: Town) -> None:
    browser = Client()
    first = browser.get(GUIDE).context["ask"].question
    assert "为什么问这个" in text(browser, GUIDE)
    answer(browser, first.fact, "MOTHER")
    assert browser.get(GUIDE).context["ask"].question.fact != first.fact
    again = text(browser, f"{GUIDE}?change={first.fact}")
    assert 'value="MOTHER" checked' in again


def test_an_answer_that_makes_no_sense_is_refused_beside_the_question(town: Town) -> None:
    response = Client().post(GUIDE, {"fact": "child.birth_date", "answer": "2026-02-31"})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


@pytest.mark.parametrize("impossible", ["2027-01-01", "1800-01-01"])
def test_a_child_is_born_neither_tomorrow_nor_two_centuries_ago(town: Town, impossible: str) -> None:
    browser = Client()
    response = browser.post(GUIDE, {"fact": "child.birth_date", "answer": impossible})
    assert response.status_code == 422
    assert "孩子出生日期" in response.content.decode()
    answer(browser, "child.birth_date", "2019-01-02")  # older than the joint application allows, yet possible


def test_an_answer_to_an_unknown_question_changes_nothing(town: Town) -> None:
    assert Client().post(GUIDE, {"fact": "no.such", "answer": "x"}).headers["location"] == GUIDE


def test_the_summary_waits_for_the_last_answer(town: Town) -> None:
    assert Client().get(SUMMARY).headers["location"] == GUIDE


def test_the_summary_shows_what_it_comes_to(town: Town) -> None:
    browser = Client()
    answer_all(browser)
    page = browser.get(SUMMARY)
    summary = page.context["summary"]
    shown = page.content.decode()
    assert f"需要您填 {len(summary.to_fill)} 项" in shown
    assert len(summary.items) >= 6
    assert summary.promised_on is not None
    assert "<svg" in shown
    assert all(figure.reduction.after <= figure.reduction.before for figure in summary.figures)


def test_a_changed_answer_leads_to_the_single_items_never_to_a_refusal(town: Town) -> None:
    browser = Client()
    answer_all(browser)
    answer(browser, "parents.marital_status", "UNMARRIED")
    answer_all(browser)
    shown = text(browser, SUMMARY)
    assert "一项一项来" in shown
    assert "/items/household-registration-birth/" in shown


def test_starting_asks_for_a_login_and_comes_back(town: Town, log_in: LogIn) -> None:
    browser = Client()
    answer_all(browser)
    response = browser.get("/things/newborn/start/")
    assert response.headers["location"].startswith("/login/?next=")
    mother = log_in("wangfang")
    answer_all(mother)
    started = mother.post("/things/newborn/start/")
    assert started.status_code == 302
    tasks = mother.get(started.headers["location"])
    assert [task.tone for task in tasks.context["to_do"]][-1] in ("idle", "waiting")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_speak_one_language_at_a_time(town: Town, language: str) -> None:
    browser = Client(headers={"cookie": f"language={language}"})
    shown = text(browser, "/help/")
    assert ('<html lang="zh-CN"' in shown) == (language == "zh")
    assert ("Common questions" in shown) == (language == "en")


def test_display_choices_are_kept_in_cookies_and_only_known_ones(town: Town) -> None:
    browser = Client()
    response = browser.post("/settings/display/", {"elder": "1", "theme": "purple", "next": "https://elsewhere.example/"})
    assert response.headers["location"] == "/settings/display/"
    assert response.cookies["elder"].value == "1"
    assert "theme" not in response.cookies
    assert 'class="elder"' in text(browser, "/")


@pytest.mark.parametrize("item", ["vaccination-record", "household-registration-birth", "tobacco-retail-licence"])
def test_a_single_item_has_its_own_way(town: Town, item: str) -> None:
    browser = Client()
    assert f"/things/item:{item}/guide/" in text(browser, f"/items/{item}/")
    response = browser.get(f"/things/item:{item}/guide/")
    if response.status_code == 302:
        response = browser.get(response.headers["location"])
    assert response.status_code == 200
    assert f"/items/{item}/" in response.content.decode()

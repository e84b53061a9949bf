"""A sober matter is told calmly: no savings to boast of, no congratulations; what it costs is said before and after."""

import re

import pytest
from django.test import Client

from tests.town.people import Town

CHEER = re.compile("恭喜|祝贺|太好了|！")
DEATH = {
    "deceased.proof": "MEDICAL",
    "deceased.pension": "EMPLOYEE",
    "deceased.medical_account": "false",
    "deceased.housing_fund": "false",
    "deceased.also": "ALLOWANCE",
}
SALE = {"deal.kind": "SALE", "house.mortgage": "NONE", "meter.services": "WATER"}


def to_the_plan(browser: Client, thing: str, answers: dict[str, str]) -> str:
    """Answer the guide until it ends, and return the plan's page."""
    for _ in answers:
        page = browser.get(f"/things/{thing}/guide/")
        if page.status_code == 302:
            break
        fact = page.context["ask"].question.fact
        assert browser.post(f"/things/{thing}/guide/", {"fact": fact, "answer": answers[fact]}).status_code == 302
    return browser.get(f"/things/{thing}/summary/").content.decode()


@pytest.mark.usefixtures("town")
def test_after_a_death_the_pages_are_calm() -> None:
    browser = Client()
    page = browser.get("/things/after-death/").content.decode()
    assert "不用着急" in page
    summary = to_the_plan(browser, "after-death", DEATH)
    assert "比分开办省下多少" not in summary
    assert "未收取费用" in summary
    assert not CHEER.search(page + summary)


def test_a_sale_says_what_it_costs_and_that_nothing_is_paid_here(town: Town) -> None:
    page = to_the_plan(Client(), "second-hand-home", SALE)
    assert "比分开办省下多少" in page
    assert "契税" in page
    assert "不在网上收钱" in page

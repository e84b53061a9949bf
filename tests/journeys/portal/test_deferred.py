"""A paper that was to follow, handed in from the progress page."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.journeys.conftest import LogIn
from tests.town import newborn, restaurant
from tests.town.people import MONDAY, Town
from yijianshi.channels.shared.dates import day_in_words
from yijianshi.foundation import calendars
from yijianshi.identity import queries as identity

PAPER = "staff-health-certificates"
FORM = 'deferred/staff-health-certificates/"'


@pytest.fixture
def track(town: Town) -> str:
    return f"/applications/{restaurant.apply(town, MONDAY, 'small-noodle-shop')}/"


@pytest.fixture
def company(town: Town, log_in: LogIn) -> Client:
    browser = log_in("chenming")
    mandates = identity.list_mandates(town.chen_ming.actor)
    mandate = next(one.id for one in mandates if one.principal_id == town.haoweilai_id)
    assert browser.post("/me/acting/", {"mandate": str(mandate)}).status_code == 302
    return browser


def shown(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def certificate() -> SimpleUploadedFile:
    return SimpleUploadedFile("健康证.png", newborn.one_pixel_png(), "image/png")


def test_the_track_asks_for_the_paper_with_its_day_and_takes_it(company: Client, track: str) -> None:
    due_on = calendars.national().try_add_working_days(MONDAY.date(), 5)
    assert due_on is not None
    page = shown(company, track)
    assert "还要补交" in page
    assert f"请在 <strong>{day_in_words(due_on, 'zh', MONDAY.date())}</strong>前补交。" in page
    assert "还有 1 份材料等您补交" in page
    assert "请记得补交后补的材料" in page
    assert FORM in page
    answer = company.post(f"{track}deferred/{PAPER}/", {"files": certificate()})
    assert answer.headers["location"] == f"{track}#deferred"
    page = shown(company, track)
    assert "已补交" in page
    assert "健康证.png" in page
    assert "等您补交" not in page
    assert "请记得补交后补的材料" not in page


def test_the_list_and_the_first_page_name_the_paper_with_its_day_until_it_has_come(company: Client, track: str) -> None:
    due_on = calendars.national().try_add_working_days(MONDAY.date(), 5)
    assert due_on is not None
    for address in ("/applications/", "/"):
        page = shown(company, address)
        assert f'href="{track}#f-{PAPER}"' in page, address
        assert f"最晚 {day_in_words(due_on, 'zh', MONDAY.date())}" in page, address
    assert f'id="f-{PAPER}"' in shown(company, track)
    company.post(f"{track}deferred/{PAPER}/", {"files": certificate()})
    assert f"#f-{PAPER}" not in shown(company, "/applications/")
    assert f"#f-{PAPER}" not in shown(company, "/")


def test_a_paper_whose_day_has_passed_is_asked_for_plainly(town: Town, company: Client) -> None:
    restaurant.apply(town, MONDAY - timedelta(days=14), "small-noodle-shop")
    page = shown(company, "/applications/")
    assert "前交，请尽快" in page
    assert "还没有办过的事" not in page


def test_the_page_speaks_english(company: Client, track: str) -> None:
    company.cookies["language"] = "en"
    page = shown(company, track)
    assert "Papers to follow" in page
    assert "Please hand it in by" in page


def test_a_refused_upload_says_why_at_the_paper(company: Client, track: str) -> None:
    disguised = SimpleUploadedFile("健康证.pdf", b"MZ" + b"\0" * 300, "application/pdf")
    for sent in ({}, {"files": disguised}):
        answer = company.post(f"{track}deferred/{PAPER}/", sent)
        assert answer.status_code == 422
        assert f'href="#f-{PAPER}"' in answer.content.decode()
        assert f'id="f-{PAPER}"' in answer.content.decode()


def test_nothing_else_is_taken_and_strangers_find_nothing(company: Client, log_in: LogIn, track: str) -> None:
    assert company.post(f"{track}deferred/premises-proof/", {"files": certificate()}).status_code == 409
    assert company.get(f"{track}deferred/{PAPER}/").status_code == 405
    assert log_in("wangfang").post(f"{track}deferred/{PAPER}/", {"files": certificate()}).status_code == 404

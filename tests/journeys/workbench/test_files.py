"""Uploaded files: shown to the desk that needs them, in a sandbox, and to nobody else."""

from uuid import UUID

import pytest
from django.test import Client

from tests.journeys.conftest import LogIn
from tests.journeys.workbench.conftest import Now
from tests.town import newborn
from tests.town.people import Town
from yijianshi.cases.models import Case
from yijianshi.foundation import files


@pytest.fixture
def case(application_id: UUID) -> Case:
    return newborn.case_of(application_id, "fertility-registration")


def link(browser: Client, case: Case) -> str:
    """Return the address of the first file on the case page."""
    page = browser.get(f"/workbench/cases/{case.id}/").content.decode()
    return f"/workbench/cases/{case.id}/files/" + page.split(f"/workbench/cases/{case.id}/files/")[1].split('"')[0]


def test_a_picture_is_shown_in_a_sandbox(case: Case, log_in: LogIn) -> None:
    browser = log_in("health-officer")
    answer = browser.get(link(browser, case))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("inline; filename*=UTF-8''")
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert answer.content == newborn.one_pixel_png()


def test_it_can_be_saved(case: Case, log_in: LogIn) -> None:
    browser = log_in("health-officer")
    assert browser.get(link(browser, case) + "?save=1")["Content-Disposition"].startswith("attachment;")


def test_others_do_not_get_it(case: Case, log_in: LogIn) -> None:
    address = link(log_in("health-officer"), case)
    assert log_in("tax-officer").get(address).status_code == 404
    assert log_in("wangfang").get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_a_file_of_another_matter_is_not_reached_through_a_case(town: Town, case: Case, log_in: LogIn, now: Now) -> None:
    foreign = files.store(
        newborn.one_pixel_png(), name="别人的.png", declared_type="image/png", by=town.zhao_jianguo.actor, at=now.at
    )
    assert log_in("health-officer").get(f"/workbench/cases/{case.id}/files/{foreign.id}/").status_code == 404


def test_what_is_no_picture_is_saved_and_never_opened(
    town: Town, case: Case, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = log_in("health-officer")
    address = link(browser, case)
    monkeypatch.setattr("yijianshi.channels.workbench.views.files.SHOWN", frozenset({"image/jpeg"}))
    assert browser.get(address)["Content-Disposition"].startswith("attachment;")

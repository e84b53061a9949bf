"""Many cases at once: ten in a minute, none by accident, a word on each."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.journeys.conftest import LogIn
from tests.journeys.workbench.conftest import Now, copies
from tests.town import newborn
from tests.town.people import Town
from yijianshi.cases import commands as cases
from yijianshi.cases.models import Case

ITEM = "fertility-registration"


@pytest.fixture
def three(town: Town, now: Now) -> list[Case]:
    """Three registrations on one desk."""
    return [newborn.case_of(newborn.apply(town, now.at), ITEM) for _ in range(3)]


@pytest.fixture
def officer(log_in: LogIn) -> Client:
    return log_in("health-officer")


def send(browser: Client, action: str, chosen: list[Case], follow: bool = True, **sent: Any) -> Any:
    return browser.post(f"/workbench/batch/{action}/", {"case": [str(case.id) for case in chosen], **sent}, follow=follow)


def results(chosen: list[Case], now: Now) -> dict[str, Any]:
    return {f"r.{case.id}.{name}": value for case in chosen for name, value in newborn.results_for(case, now.at).items()}


def states(chosen: list[Case]) -> list[str]:
    return [Case.objects.get(id=case.id).state for case in chosen]


def test_many_are_accepted_with_one_click(three: list[Case], officer: Client) -> None:
    page = send(officer, "accept", three, list="state=RECEIVED")
    assert page.redirect_chain == [("/workbench/?state=RECEIVED", 302)]
    assert "3 件已受理" in page.content.decode()
    assert states(three) == ["ACCEPTED"] * 3


def test_approval_of_many_is_summed_up_first(three: list[Case], officer: Client, now: Now) -> None:
    summary = send(officer, "approve", three)
    page = summary.content.decode()
    assert "确认准予 3 件" in page
    assert "其中 3 件还没有受理" in page
    assert all(case.number in page for case in three)
    assert states(three) == ["RECEIVED"] * 3
    done = send(officer, "approve", three, step="confirm", note="祝宝宝健康。", **results(three, now))
    assert "3 件已准予" in done.content.decode()
    assert states(three) == ["COMPLETED"] * 3


def test_a_missing_result_stops_the_whole_batch_and_is_pointed_at(three: list[Case], officer: Client, now: Now) -> None:
    answer = send(officer, "approve", three, step="confirm", **results(three[:2], now))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "有 1 处需要修改" in page
    assert str(three[2].id) in page
    assert all(value in page for value in results(three[:2], now).values())  # nothing typed is lost
    assert states(three) == ["RECEIVED"] * 3


def test_the_enter_key_checks_and_approves_nothing(three: list[Case], officer: Client, now: Now) -> None:
    answer = send(officer, "approve", three, step="check", **results(three, now))
    assert answer.status_code == 200
    assert states(three) == ["RECEIVED"] * 3


def test_one_stale_case_does_not_hold_the_others_up(town: Town, three: list[Case], officer: Client, now: Now) -> None:
    stale = cases.Approval(case_id=three[1].id, results=newborn.results_for(three[1], now.at))
    cases.approve([stale], by=newborn.officer_of(town, three[1]), at=now.at)
    page = send(officer, "accept", three).content.decode()
    assert "2 件已受理，1 件没有办理" in page
    assert three[1].number in page
    assert "可能同事刚刚办理过" in page
    assert states(three) == ["ACCEPTED", "COMPLETED", "ACCEPTED"]


def test_a_case_that_moves_between_reading_and_writing_is_told_apart(
    three: list[Case], officer: Client, now: Now, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yijianshi.channels.workbench.views import worklist

    read = worklist.queries.list_rows

    def overtaken(ids: Any, **who: Any) -> Any:
        rows = read(ids, **who)
        cases.accept([three[0].id], **who)  # a colleague, a moment later
        return rows

    monkeypatch.setattr(worklist.queries, "list_rows", overtaken)
    page = send(officer, "accept", three).content.decode()
    assert "2 件已受理，1 件没有办理" in page
    assert states(three) == ["ACCEPTED"] * 3


def test_another_departments_cases_are_left_out(three: list[Case], log_in: LogIn) -> None:
    page = send(log_in("police-officer"), "accept", three).content.decode()
    assert "还没有选办件" in page
    assert states(three) == ["RECEIVED"] * 3


def test_a_clerk_without_the_officers_role_approves_nothing(town: Town, three: list[Case], log_in: LogIn, now: Now) -> None:
    from tests.town.people import JINSHUI, add_staff
    from yijianshi.identity.logic.actor import Role

    add_staff(f"health-{JINSHUI}", "health-clerk", frozenset({Role.CLERK}), now.at)
    page = send(log_in("health-clerk"), "approve", three, step="confirm", **results(three, now)).content.decode()
    assert "3 件都没有办理" in page or "都不能这样批量办理" in page
    assert states(three) == ["RECEIVED"] * 3


def test_nothing_selected_strange_ids_and_strange_actions(three: list[Case], officer: Client) -> None:
    assert "还没有选办件" in officer.post("/workbench/batch/accept/", follow=True).content.decode()
    strange = {"case": ["not-an-id", str(uuid4())]}
    assert "还没有选办件" in officer.post("/workbench/batch/accept/", strange, follow=True).content.decode()
    assert send(officer, "refuse", three).status_code == 404  # a refusal is written for one case
    assert officer.get("/workbench/batch/accept/").status_code == 405


def test_a_double_click_accepts_once(three: list[Case], officer: Client) -> None:
    send(officer, "accept", three)
    page = send(officer, "accept", three).content.decode()
    assert "3 件都没有办理" in page
    assert states(three) == ["ACCEPTED"] * 3


def test_deliveries_are_recorded_together(town: Town, application_id: UUID, log_in: LogIn, now: Now) -> None:
    for item in ("birth-certificate-first-issue", "household-registration-birth", "social-card-application"):
        newborn.approve(town, application_id, item, now.at)
    card = newborn.case_of(application_id, "social-card-application")
    assert card.state == "DECIDED"
    browser = log_in("social-security-officer")
    assert "确认送达 1 件" in send(browser, "deliver", [card]).content.decode()
    page = send(browser, "deliver", [card], step="confirm", note="EMS 1234").content.decode()
    assert "1 件已记录送达" in page
    assert states([card]) == ["COMPLETED"]


def test_thirty_cost_as_many_questions_as_three(application_id: UUID, officer: Client) -> None:
    like = newborn.case_of(application_id, ITEM)
    few, many = copies(like, 3), copies(like, 30)
    send(officer, "accept", [like])  # the first of all fills the caches
    counted = []
    for chosen in (few, many):
        with CaptureQueriesContext(connection) as queries:
            send(officer, "accept", chosen, follow=False)
        counted.append(len(queries))
        assert states(chosen) == ["ACCEPTED"] * len(chosen)
    assert counted[0] == counted[1]

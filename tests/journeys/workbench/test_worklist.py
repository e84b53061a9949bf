"""The worklist: what lies on the desk, filters, paging, how many questions to the database, and who may see it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.journeys.conftest import LogIn
from tests.journeys.workbench.conftest import Now, copies
from tests.town import newborn
from tests.town.people import Town
from yijianshi.cases.models import Case

DESK = "/workbench/"
BIRTH, FERTILITY = "birth-certificate-first-issue", "fertility-registration"


def shown(browser: Client, **asked: str) -> str:
    answer = browser.get(DESK, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_desk_shows_its_own_cases_only(town: Town, application_id: UUID, log_in: LogIn) -> None:
    case = newborn.case_of(application_id, BIRTH)
    hospital = shown(log_in("hospital-officer"))
    assert case.number in hospital
    assert "王*" in hospital
    assert "王芳" not in hospital
    assert case.number not in shown(log_in("police-luoyang"))


def test_the_header_says_who_sits_there(town: Town, log_in: LogIn) -> None:
    page = shown(log_in("hospital-officer"))
    assert "hospital-officer 办事员" in page
    assert "郑州市金水区妇幼保健院" in page
    assert "审批" in page


def test_an_empty_desk_says_so_in_both_languages(town: Town, log_in: LogIn) -> None:
    browser = log_in("fire-officer")
    assert "现在没有要办的件。" in shown(browser)
    browser.cookies["language"] = "en"
    assert "Nothing to do at present." in shown(browser)


def test_anonymous_is_sent_to_log_in_and_a_citizen_is_refused(town: Town, log_in: LogIn) -> None:
    anonymous = Client().get(DESK)
    assert anonymous.status_code == 302
    assert anonymous["Location"] == "/login/?next=%2Fworkbench%2F"
    assert log_in("wangfang").get(DESK).status_code == 403


def test_filters_narrow_the_list(town: Town, application_id: UUID, log_in: LogIn) -> None:
    browser, case = log_in("health-officer"), newborn.case_of(application_id, FERTILITY)
    guidance = newborn.case_of(application_id, "parenting-guidance").number
    assert {case.number in shown(browser, item=FERTILITY), guidance in shown(browser, item=FERTILITY)} == {True, False}
    assert case.number in shown(browser, search=case.number)
    assert "没有符合条件的办件。" in shown(browser, search="nothing-like-it")
    assert "没有符合条件的办件。" in shown(browser, state="DECIDED")
    assert case.number in shown(browser, lamp="GREEN")
    assert "没有符合条件的办件。" in shown(browser, lamp="BLACK")


def test_a_filter_nobody_knows_means_all(town: Town, application_id: UUID, log_in: LogIn) -> None:
    page = shown(log_in("health-officer"), state="'; DROP TABLE", lamp="PURPLE")
    assert newborn.case_of(application_id, FERTILITY).number in page


def test_a_worn_out_page_address_is_answered_calmly(town: Town, log_in: LogIn) -> None:
    answer = log_in("health-officer").get(DESK, {"cursor": "2026-99-99_x"})
    assert answer.status_code == 422
    assert "请从第一页重新打开" in answer.content.decode()


def test_lamps_speak(town: Town, application_id: UUID, log_in: LogIn, now: Now) -> None:
    browser = log_in("hospital-officer")
    assert "充裕" in shown(browser)
    Case.objects.filter(application_id=application_id).update(act_by=now.at.date() - timedelta(days=3))
    page = shown(browser)
    assert 'class="lamp red"' in page
    assert "超承诺" in page
    assert "已超" in page


@pytest.mark.by_hand
def test_fifty_rows_a_page_in_at_most_twelve_queries(town: Town, application_id: UUID, log_in: LogIn) -> None:
    copies(newborn.case_of(application_id, BIRTH), 70)
    browser = log_in("hospital-officer")
    shown(browser)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = shown(browser)
    assert page.count("data-row") == 50
    assert len(queries) <= 12, [query["sql"] for query in queries]


@pytest.mark.by_hand
def test_the_next_page_goes_on_where_the_first_ended(town: Town, application_id: UUID, log_in: LogIn) -> None:
    copies(newborn.case_of(application_id, BIRTH), 70)
    browser = log_in("hospital-officer")
    first = browser.get(DESK)
    following = first.context["desk"].next_page
    second = browser.get(following)
    numbers = [[line.row.number for line in page.context["desk"].lines] for page in (first, second)]
    assert [len(part) for part in numbers] == [50, 21]
    assert not set(numbers[0]) & set(numbers[1])
    assert second.context["desk"].first_page == DESK
    assert second.context["desk"].next_page == ""


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_list_is_only_read(town: Town, log_in: LogIn, method: str) -> None:
    assert getattr(log_in("health-officer"), method)(DESK).status_code == 405

"""Apply in Zhengzhou, decide in Luoyang, certificate in Zhengzhou: two whole deployments, nothing simulated."""

import pytest

from tests.journeys.deployed.browser import Browser
from tests.journeys.deployed.cities import until
from tests.journeys.deployed.conftest import TwoCities
from tests.journeys.deployed.people import (
    RETIREMENT,
    SOCIAL_CARD,
    answer_with_a_picture,
    fill_in,
    is_offered,
    reaches,
    submit,
    work_everything,
)
from yijianshi.config.demo.client import Client

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]
OFFICERS = ("social-security", "medical-insurance")


def test_applied_for_here_decided_there_and_the_result_comes_home(cities: TwoCities) -> None:
    until(lambda: is_offered(cities.zhengzhou, "retirement@luoyang"), "Luoyang's things did not come")
    wang_fang = Client.enter(cities.zhengzhou.address, "wangfang")
    draft = fill_in(wang_fang, "retirement@luoyang", RETIREMENT, "410303")
    number = submit(wang_fang, draft)
    there = reaches(wang_fang, draft, "ARRIVED_AT_HOME", "ACCEPTED")
    assert there["number"] == number
    assert there["home_number"].startswith("4103")
    assert there["place"]["zh"] == "洛阳市"

    def over() -> bool:
        work_everything(cities.luoyang, OFFICERS)
        return bool(reaches(wang_fang, draft, "ACCEPTED", "ARRIVED_AT_HOME", "DECIDED", "HANDED_OVER")["stage"] == "HANDED_OVER")

    until(over, "it was not finished")
    home = reaches(wang_fang, draft, "HANDED_OVER")
    assert home["results"]
    for result in home["results"]:
        document = wang_fang.download(f"/api/v1/applications/{draft['id']}/elsewhere/results/{result['file_id']}")
        assert document.startswith(b"%PDF-")
        assert result["check_at"].startswith(cities.luoyang.address)
    assert {one["by"] for one in home["receipts"]} == {"zhengzhou", "luoyang"}


def test_corrections_are_asked_there_and_answered_here(cities: TwoCities) -> None:
    until(lambda: is_offered(cities.zhengzhou, "retirement@luoyang"), "Luoyang's things did not come")
    zhao = Client.enter(cities.zhengzhou.address, "zhaojianguo")
    draft = fill_in(zhao, "retirement@luoyang", RETIREMENT, "410303")
    submit(zhao, draft)
    number = reaches(zhao, draft, "ARRIVED_AT_HOME")["home_number"]
    desk = Client.enter(cities.luoyang.address, "social-security")
    case = next(row for row in desk.get("/workbench/cases")["rows"] if row["number"].startswith(number))
    entries = [{"kind": "material", "name": "applicant-id-card", "text": "照片看不清，请重新拍一张。"}]
    desk.post("/workbench/cases/request_correction", {"case_ids": [case["id"]], "entries": entries})
    asked = reaches(zhao, draft, "CORRECTION")["asked"]
    assert [(one["kind"], one["name"]) for one in asked] == [("material", "applicant-id-card")]
    answer_with_a_picture(zhao, draft, "applicant-id-card")
    reaches(zhao, draft, "ARRIVED_AT_HOME", "ACCEPTED")
    assert [row["state"] for row in desk.get("/workbench/cases")["rows"] if row["id"] == case["id"]] == ["RECEIVED"]


def test_a_window_sees_the_person_and_the_originals_before_it_sends(cities: TwoCities) -> None:
    until(lambda: is_offered(cities.zhengzhou, "social-card@luoyang"), "Luoyang's things did not come")
    li_qiang = Client.enter(cities.zhengzhou.address, "liqiang")
    draft = fill_in(li_qiang, "social-card@luoyang", SOCIAL_CARD, "410303")
    number = submit(li_qiang, draft)
    assert reaches(li_qiang, draft, "RECEIVED_AT_ORIGIN")["mode"] == "RECEIVED_FOR"
    with Browser(cities.zhengzhou.address, "government-service") as window:
        listed = window.get("/workbench/window/")
        assert number in listed
        page = window.get(f"/workbench/window/?number={number}")
        address = window.link_to(page, "/workbench/window/")
        sheet = window.get(address)
        refused = window.post(address, {}, status=422)
        assert "身份证件" in refused
        window.post(address, {"identity": "yes", "originals": window.values(sheet, "originals"), "parcel": "SF1234567890"})
    arrived = reaches(li_qiang, draft, "ARRIVED_AT_HOME", "ACCEPTED")
    assert "parcel SF1234567890" in arrived["custody_text"]
    assert {one["part"] for one in arrived["receipts"]} == {"origin", "home"}


def test_the_difference_is_said_before_she_decides(cities: TwoCities) -> None:
    until(lambda: is_offered(cities.zhengzhou, "retirement@luoyang"), "Luoyang's things did not come")
    with Browser(cities.zhengzhou.address, "wangfang") as wang_fang:
        assert "到洛阳市办" in wang_fang.get("/things/retirement/")
        guide = "/things/retirement@luoyang/guide/"
        for fact, answer in RETIREMENT.items():
            page = wang_fang.post(guide, {"fact": fact, "answer": answer if isinstance(answer, str) else "false"})
        assert "和在本地办有什么不同" in page
        assert "洛阳市承诺 17 个工作日办完，本地 20 个" in page  # Luoyang binds the first item to 12 instead of 15

"""Who used my data: the page, an objection and its answer, and the doors for others."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from tests.journeys.conftest import LogIn
from tests.rooms.exchange import acts
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications import commands as applications
from yijianshi.exchange import queries
from yijianshi.exchange.commands import answers
from yijianshi.exchange.connectors.port import Read


@pytest.mark.parametrize("kind", ["read", "certificate", "nonsense"])
def test_a_forged_use_cannot_be_objected_to(town: Town, log_in: LogIn, kind: str) -> None:
    answer = log_in("wangfang").post(f"/me/data/{kind}/{uuid4()}/object/", {"reason": "不同意"})
    assert answer.status_code == 404


def test_the_page_says_so_when_nobody_used_anything(town: Town, log_in: LogIn) -> None:
    page = log_in("wangfang").get("/me/data/").content.decode()
    assert "谁用过我的数据" in page
    assert "您没有同意过读取敏感信息" in page


def test_a_consent_that_was_never_given_cannot_be_withdrawn(town: Town, log_in: LogIn) -> None:
    assert log_in("wangfang").post(f"/me/data/consents/{uuid4()}/household/withdraw/").status_code == 404


def test_strangers_must_log_in(client: Client, town: Town) -> None:
    assert client.get("/me/data/").status_code == 302


def test_what_a_register_said_is_marked_disputed_and_objected_to(town: Town, log_in: LogIn) -> None:
    acts.enter_police(registers={"household": {}}, serves=[])
    browser, by = log_in("wangfang"), town.wang_fang.actor
    draft_id = newborn.fill_in(by, MONDAY)
    applications.save_draft(application_id=draft_id, values={"household.address": ""}, by=by, at=MONDAY)
    page = browser.get(f"/applications/{draft_id}/").content.decode()
    assert "正在取" in page
    assert "要不要替您取敏感信息" in page
    assert browser.post(f"/applications/{draft_id}/consents/household/", {}).status_code == 422
    assert browser.post(f"/applications/{draft_id}/consents/household/", {"agreed": "yes"}).status_code == 302
    for due in answers.lock_due_reads("police", {}, 10, at=MONDAY):
        answers.note_answer(due, Read(True, MONDAY, dict.fromkeys(due.asked, "河南省郑州市登记路8号")), at=MONDAY)
    form = browser.get(f"/applications/{draft_id}/form/household/").content.decode()
    assert "户籍信息" in form
    address = f"/applications/{draft_id}/wrong/household.address/"
    assert f'href="{address}"' in form
    assert "登记库里是" in browser.get(address).content.decode()
    assert browser.post(address, {"household.address": "河南省郑州市新家1号", "reason": ""}).status_code == 422
    assert browser.post(address, {"household.address": "河南省郑州市新家1号", "reason": "搬了"}).status_code == 302
    assert "待核实" in browser.get(f"/applications/{draft_id}/form/household/").content.decode()
    ledger = browser.get("/me/data/").content.decode()
    assert "户籍地址" in ledger
    assert "撤回同意" in ledger
    read_id = re.findall(r"/me/data/read/([0-9a-f-]{36})/object/", ledger)[0]
    assert browser.post(f"/me/data/read/{read_id}/object/", {"reason": " "}).status_code == 422
    assert browser.post(f"/me/data/read/{read_id}/object/", {"reason": "没有必要"}).status_code == 302
    assert "没有必要" in browser.get("/me/data/").content.decode()
    assert browser.post(f"/me/data/consents/{draft_id}/household/withdraw/").status_code == 302
    queries.forget_neighbours()

"""Two browsers: 王芳 fills in and asks, 李强 reads and agrees, a change makes it void; a stranger finds nothing."""

import re
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.journeys.conftest import LogIn
from tests.town import changed, newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications import commands

PARTY = (
    "parties: [{entity: father, id_number: father.id_number, act: CONFIRM,"
    " text: {zh: 请爸爸看过并同意。, en: The father reads and agrees.}, confidence: D}]\n"
)


@pytest.fixture
def draft_id(town: Town, tmp_path: Path) -> UUID:
    changed.publish(tmp_path, {"things/newborn/thing.yaml": ("texts:", f"{PARTY}texts:")}, MONDAY)
    return newborn.fill_in(town.wang_fang.actor, MONDAY)


def digest_in(page: str) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    assert found, page
    return found.group(1)


def submit(browser: Client, draft_id: UUID) -> int:
    answer = browser.post(f"/applications/{draft_id}/check/", {"idempotency_key": str(uuid4()), "declaration": "yes"})
    return answer.status_code


def test_from_asking_to_submitting(draft_id: UUID, town: Town, log_in: LogIn) -> None:
    hers, his, stranger = log_in("wangfang"), log_in("liqiang"), log_in("zhaojianguo")
    assert "请对方确认" in hers.get(f"/applications/{draft_id}/").content.decode()
    assert submit(hers, draft_id) == 422
    place = f"/applications/{draft_id}/parties/"
    assert hers.post(place, {"entity": "father"}).status_code == 302
    page = hers.get(place).content.decode()
    assert "我们已经通知对方" in page
    (link,) = set(re.findall(r"/confirmations/[0-9a-f-]{36}/", page))
    assert link in his.get("/applications/").content.decode()
    assert stranger.get(link).status_code == 404
    assert hers.get(link).status_code == 404
    shown = his.get(link).content.decode()
    assert his.post(link, {"digest": digest_in(shown), "answer": "confirm"}).status_code == 302
    assert "您已经确认并同意" in his.get(link).content.decode()
    assert "已确认并同意" in hers.get(place).content.decode()
    assert submit(hers, draft_id) == 302


def test_a_change_while_he_reads(draft_id: UUID, town: Town, log_in: LogIn) -> None:
    hers, his = log_in("wangfang"), log_in("liqiang")
    hers.post(f"/applications/{draft_id}/parties/", {"entity": "father"})
    page = hers.get(f"/applications/{draft_id}/parties/").content.decode()
    link = re.findall(r"/confirmations/[0-9a-f-]{36}/", page)[0]
    digest = digest_in(his.get(link).content.decode())
    commands.save_draft(application_id=draft_id, values={"child.name": "李小贝"}, by=town.wang_fang.actor, at=MONDAY)
    answer = his.post(link, {"digest": digest, "answer": "confirm"})
    assert answer.status_code == 409
    assert "刚刚改过内容" in answer.content.decode()
    assert "要重新确认" in hers.get(f"/applications/{draft_id}/parties/").content.decode()


def test_the_same_by_the_api(draft_id: UUID, town: Town, log_in: LogIn) -> None:
    hers, his, stranger = log_in("wangfang"), log_in("liqiang"), log_in("zhaojianguo")
    asked = hers.post(f"/api/v1/applications/{draft_id}/parties/father")
    assert asked.status_code == 201, asked.content
    place = f"/api/v1/confirmations/{asked.json()['invitation']}"
    (request,) = his.get("/api/v1/confirmations").json()
    assert request["shown"]["sections"]
    assert stranger.get(place).status_code == 404
    no = {"digest": request["digest"], "reason": "名字写错了"}
    assert his.post(f"{place}/decline", no, content_type="application/json").status_code == 204
    (state,) = hers.get(f"/api/v1/applications/{draft_id}/parties").json()
    assert (state["status"], state["reason"]) == ("DECLINED", "名字写错了")

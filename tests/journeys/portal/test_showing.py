"""Showing a certificate: chosen lines, one look, one minute; a copy for one purpose; a file checked on the public page."""

import io
import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from tests.journeys.conftest import LogIn
from tests.rooms.certificates.conftest import marriage_of
from tests.town.people import MONDAY, Town
from yijianshi.certificates import commands
from yijianshi.certificates.models import Show
from yijianshi.foundation import clock, history
from yijianshi.foundation.transparency import sequencer
from yijianshi.identity.logic.actor import SYSTEM


@pytest.fixture
def certificate(town: Town) -> UUID:
    new = commands.NewSeal(
        organisation_id=town.organisations["government-service"], custodian="赵保管", rule_types=("*",), rule_basis="示例规则"
    )
    commands.make_seal(new, by=SYSTEM, at=MONDAY)
    return commands.issue([marriage_of(town, town.wang_fang, "李强")], by=SYSTEM, at=MONDAY)[0]


def code_of(page: str) -> str:
    found = re.search(r"/shown/([\w-]+)/", page)
    assert found
    return found[1]


def test_only_the_chosen_lines_are_seen_and_only_once(town: Town, log_in: LogIn, certificate: UUID, client: Client) -> None:
    browser = log_in("wangfang")
    assert "只出示一部分" in browser.get(f"/certificates/{certificate}/").content.decode()
    address = f"/certificates/{certificate}/show/"
    assert "配偶" in browser.get(address).content.decode()
    page = browser.post(address, {"lines": ["marriage.registered_on"], "purpose": "办理 入学"}).content.decode()
    token = code_of(page)
    assert "王芳" not in client.get(f"/shown/{token}/").content.decode()  # a preview uses nothing up
    seen = client.post(f"/shown/{token}/").content.decode()
    assert "2023年5月20日" in seen
    assert "办理 入学" in seen
    assert "没有改动" in seen
    for hidden in ("王芳", "李强", "J410105"):
        assert hidden not in seen
    again = client.post(f"/shown/{token}/")
    assert (again.status_code, "已经看过一次" in again.content.decode()) == (409, True)
    assert "对方已看" in browser.get(f"/certificates/{certificate}/").content.decode()
    assert [line.entry.action for line in history.list_for("certificate", certificate)][-2:] == ["show", "see"]
    assert "2023" not in Show.objects.get().document


def test_after_a_minute_it_is_over(
    town: Town, log_in: LogIn, certificate: UUID, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = log_in("wangfang").post(f"/certificates/{certificate}/show/", {"lines": ["number"], "purpose": "核对"})
    late = clock.now() + timedelta(seconds=61)
    monkeypatch.setattr(clock, "now", lambda: late)
    answer = client.post(f"/shown/{code_of(page.content.decode())}/")
    assert (answer.status_code, "60 秒" in answer.content.decode()) == (409, True)
    assert [commands.forget_unseen(at=late), commands.forget_unseen(at=late)] == [1, 0]
    assert "没有人看" in log_in("wangfang").get(f"/certificates/{certificate}/").content.decode()


def test_what_cannot_be_shown_says_why(town: Town, log_in: LogIn, certificate: UUID, client: Client) -> None:
    browser, address = log_in("wangfang"), f"/certificates/{certificate}/show/"
    for given, told in (
        ({"purpose": "入学"}, "至少勾选一项"),
        ({"lines": ["nonsense"], "purpose": "入学"}, "至少勾选一项"),
        ({"lines": ["number"], "purpose": " 入 "}, "写明用在哪里"),
        ({"lines": ["number"], "purpose": "长" * 61}, "写明用在哪里"),
    ):
        answer = browser.post(address, given)
        assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert client.post("/shown/nonsense/").status_code == 404
    assert client.get(address).status_code == 302
    assert log_in("liqiang").post(address, {"lines": ["number"], "purpose": "入学"}).status_code == 404
    commands.suspend([certificate], "核实", by=SYSTEM, at=MONDAY)
    assert browser.post(address, {"lines": ["number"], "purpose": "入学"}).status_code == 409


def test_a_copy_says_what_it_is_for_and_proves_itself(town: Town, log_in: LogIn, certificate: UUID, client: Client) -> None:
    browser, address = log_in("wangfang"), f"/certificates/{certificate}/copy/"
    assert browser.post(address, {"purpose": ""}).status_code == 422
    content = browser.post(address, {"purpose": "办理入学"}).content
    assert "仅用于办理入学" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    answer = client.post("/verify/file/", {"file": SimpleUploadedFile("copy.pdf", content)})
    page = answer.content.decode()
    assert (answer.status_code, "没有改动" in page, "仅用于办理入学" in page) == (200, True, True)


def test_anybody_checks_a_file(town: Town, log_in: LogIn, certificate: UUID, client: Client) -> None:
    browser = log_in("wangfang")
    for kind in ("pdf", "ofd"):
        content = browser.get(f"/certificates/{certificate}/file.{kind}").content
        page = client.post("/verify/file/", {"file": SimpleUploadedFile(f"x.{kind}", content)}).content.decode()
        assert "文件是真的，没有改动" in page
        bent = content.replace(b"J410105-2023", b"J410105-2024") if kind == "pdf" else content[:-40]
        bent = bent if bent != content else content + b"x"
        answer = client.post("/verify/file/", {"file": SimpleUploadedFile(f"x.{kind}", bent)})
        assert "文件是真的" not in answer.content.decode()
    commands.revoke([certificate], "依法撤销", by=SYSTEM, at=MONDAY)
    page = client.post("/verify/file/", {"file": SimpleUploadedFile("x.ofd", content)}).content.decode()
    assert "盖章以后，证照本身有了变化" in page
    for nothing in ({}, {"file": SimpleUploadedFile("x.pdf", b"hello")}):
        answer = client.post("/verify/file/", nothing)
        assert (answer.status_code, "没有核验成" in answer.content.decode()) == (422, True)


def test_proof_of_time_is_the_holders(town: Town, log_in: LogIn, certificate: UUID, client: Client) -> None:
    browser, address = log_in("wangfang"), f"/certificates/{certificate}/proof.json"
    assert "保存时间证明" in browser.get(f"/certificates/{certificate}/").content.decode()
    assert browser.get(address).status_code == 409
    browser.get(f"/certificates/{certificate}/file.pdf")
    while sequencer.append():
        pass
    sequencer.sign(at=clock.now(), now=True)
    actions = [dict(one["entry"])["action"] for one in browser.get(address).json()["receipts"]]
    assert actions == ["issue", "seal", "seal"]
    assert client.get(address).status_code == 302
    assert log_in("liqiang").get(address).status_code == 404

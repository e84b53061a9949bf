"""Two browsers sign one document: the father first, by code; the mother by hand; then anybody verifies it."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from neighbours.post.running import Post, up
from tests.journeys.conftest import LogIn
from tests.town import changed, newborn
from tests.town.people import MONDAY, PASSWORD, Town
from yijianshi.cases import commands as cases
from yijianshi.identity.logic.actor import SYSTEM

PARTY = (
    "parties: [{entity: father, id_number: father.id_number, act: SIGN,"
    " text: {zh: 请爸爸看过并签名。, en: The father reads and signs.}, confidence: D}]\n"
)


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    with up(tmp_path / "post") as running, override_settings(SMS_ADDRESS=running.settings["YIJIANSHI_SMS_ADDRESS"]):
        yield running


@pytest.fixture
def draft_id(town: Town, tmp_path: Path) -> UUID:
    changed.publish(tmp_path, {"things/newborn/thing.yaml": ("texts:", f"{PARTY}texts:")}, MONDAY)
    return newborn.fill_in(town.wang_fang.actor, MONDAY)


def digest_in(page: str) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    assert found, page
    return found.group(1)


def code_in(post: Post) -> str:
    texts = [one["text"] for one in post.store.all() if "验证码" in one.get("text", "")]
    return texts[0].partition("验证码 ")[2][:6]


def sign_by_code(browser: Client, place: str, post: Post) -> str:
    assert "5 分钟内有效" in browser.post(place, {"act": "code"}).content.decode()
    page = browser.get(place).content.decode()
    wish = {"act": "sign", "digest": digest_in(browser.post(place, {"act": "code"}).content.decode() or page)}
    answer = browser.post(place, {**wish, "code": code_in(post)}, follow=True)
    return answer.content.decode()


def test_two_sign_and_a_third_verifies(draft_id: UUID, town: Town, log_in: LogIn, post: Post) -> None:
    hers, his, stranger = log_in("wangfang"), log_in("liqiang"), log_in("zhaojianguo")
    hers.post(f"/applications/{draft_id}/parties/", {"entity": "father"})
    asked = re.findall(r"/confirmations/[0-9a-f-]{36}/", his.get("/applications/").content.decode())[0]
    (place,) = set(re.findall(r"/signing/[0-9a-f-]{36}/", his.get(asked).content.decode()))
    assert stranger.get(place).status_code == 404
    assert stranger.get(f"{place}document.pdf").status_code == 404
    assert "等前面的人先签" in hers.get(place).content.decode()
    wrong = his.post(place, {"act": "sign", "digest": "0" * 64, "code": "123456"})
    assert wrong.status_code == 409
    assert "已签" in sign_by_code(his, place, post)
    drawn = {
        "act": "draw",
        "digest": digest_in(hers.get(place).content.decode()),
        "password": PASSWORD,
        "drawing": SimpleUploadedFile("signature.png", newborn.one_pixel_png(), "image/png"),
    }
    assert "都签好了" in hers.post(place, drawn, follow=True).content.decode()
    sent = hers.post(f"/applications/{draft_id}/check/", {"idempotency_key": str(uuid4()), "declaration": "yes"})
    assert sent.status_code == 302
    assert "看签名文件" in hers.get(f"/applications/{draft_id}/").content.decode()
    file = hers.get(f"{place}document.pdf").content
    shown = Client().post("/verify/file/", {"file": SimpleUploadedFile("signed.pdf", file)}).content.decode()
    assert "谁签的" in shown
    assert "手写，再次验证登录密码，平台见证" in shown
    torn = Client().post("/verify/file/", {"file": SimpleUploadedFile("signed.pdf", file[:-40] + b"0" * 40)}).content.decode()
    assert "文件是真的" not in torn


def test_one_signs_alone_before_submitting_and_the_desk_reads_it(town: Town, log_in: LogIn, post: Post) -> None:
    newborn.publish(MONDAY)
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    hers = log_in("wangfang")
    assert "签一份申请书" in hers.get(f"/applications/{draft_id}/check/").content.decode()
    place = hers.post(f"/applications/{draft_id}/sign/").headers["Location"]
    assert "都签好了" in sign_by_code(hers, place, post)
    newborn.submit(draft_id, town.wang_fang.actor, MONDAY)
    cases.split([draft_id], by=SYSTEM, at=MONDAY)
    case = newborn.case_of(draft_id, "birth-certificate-first-issue")
    desk = log_in(town.staff["hospital"].username)
    page = desk.get(f"/workbench/cases/{case.id}/").content.decode()
    assert "各方签过名的文件" in page
    (link,) = set(re.findall(rf"/workbench/cases/{case.id}/files/[0-9a-f-]{{36}}/", page[page.index("各方签过名的文件") :]))
    assert desk.get(link).content.startswith(b"%PDF-")
    assert log_in(town.staff["police"].username).get(link).status_code == 404


def test_the_same_by_the_api(draft_id: UUID, town: Town, log_in: LogIn, post: Post) -> None:
    hers, his, stranger = log_in("wangfang"), log_in("liqiang"), log_in("zhaojianguo")
    hers.post(f"/api/v1/applications/{draft_id}/parties/father")
    made = hers.post(f"/api/v1/applications/{draft_id}/signing")
    assert made.status_code == 201, made.content
    place = f"/api/v1/signing/{made.json()['signing']}"
    assert stranger.get(place).status_code == 404
    shown = his.get(place).json()
    assert shown["is_my_turn"]
    assert his.post(f"{place}/code").json()["phone"].count("*") == 4
    wish = {"digest": shown["digest"], "code": code_in(post)}
    assert hers.post(f"{place}/sign", wish, content_type="application/json").status_code == 409
    bad = {"digest": shown["digest"], "drawing": "not base64!", "password": PASSWORD}
    assert his.post(f"{place}/sign", bad, content_type="application/json").status_code == 422
    assert his.post(f"{place}/sign", wish, content_type="application/json").status_code == 204
    assert [one["method"] for one in hers.get(place).json()["signers"]] == ["CODE", ""]

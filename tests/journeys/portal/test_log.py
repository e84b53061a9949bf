"""Proof in the citizen's hand: receipts of one's own application, and the public page where anybody checks them."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.journeys.conftest import LogIn
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.foundation import clock
from yijianshi.foundation.transparency import sequencer


def put_on_log() -> None:
    while sequencer.append():
        pass
    sequencer.sign(at=clock.now(), now=True)


def check(browser: Client, content: bytes) -> tuple[int, str]:
    answer = browser.post("/log/", {"file": SimpleUploadedFile("proof.json", content)})
    return answer.status_code, answer.content.decode()


def test_a_citizen_keeps_proof_and_anybody_checks_it(town: Town, log_in: LogIn, client: Client) -> None:
    browser = log_in("wangfang")
    application = newborn.apply(town, MONDAY)
    address = f"/applications/{application}/proof"
    assert "刚写下" in browser.get(f"{address}/").content.decode()
    assert browser.get(f"{address}.json").status_code == 409
    put_on_log()
    page = browser.get(f"{address}/").content.decode()
    assert "刚写下" not in page
    assert f'href="{address}.json"' in page
    answer = browser.get(f"{address}.json")
    assert "attachment" in answer["Content-Disposition"]
    held = json.loads(answer.content)
    assert next(one["entry"][4][1] for one in held["receipts"]) == "submit"
    status, result = check(client, answer.content)
    assert (status, result.count("没有改动")) == (200, len(held["receipts"]))
    held["receipts"][0]["entry"][4][1] = "withdraw"
    status, result = check(client, json.dumps(held).encode())
    assert (status, result.count("与日志不符，被改过")) == (200, 1)


def test_strangers_get_no_proof(town: Town, log_in: LogIn, client: Client) -> None:
    application = newborn.apply(town, MONDAY)
    put_on_log()
    for browser, expected in ((client, 302), (log_in("liqiang"), 404)):
        assert browser.get(f"/applications/{application}/proof/").status_code == expected
        assert browser.get(f"/applications/{application}/proof.json").status_code == expected


def test_what_is_no_receipt_is_said_to_be_none(town: Town, client: Client) -> None:
    assert "日志还是空的" in client.get("/log/").content.decode()
    for content in (b"", b"no json", b"[" * 5_000, b"{}", b'{"kind": "yijianshi-receipts/1", "receipts": []}'):
        status, page = check(client, content)
        assert status == 422
        assert "没有核验成" in page
    assert client.post("/log/").status_code == 422

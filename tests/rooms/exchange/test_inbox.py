"""The entrance for neighbours: only with a fresh signature of the one the address names."""

import secrets
import time
from uuid import uuid4

import gmssl_pyx
import pytest
from django.test import Client

from tests.rooms.exchange import acts
from tests.town.people import Town
from yijianshi.exchange.models import Received

PATH = "/api/exchange/v1/police/messages"


def post(client: Client, body: bytes, path: str = PATH, **other: object) -> tuple[int, dict[str, object]]:
    headers = {**acts.signed_headers(path, body, **other)}
    answer = client.post(path, body, content_type="application/json", headers=headers)
    return answer.status_code, answer.json()


def test_a_signed_batch_is_answered(town: Town, client: Client) -> None:
    message = acts.told("case.accepted", "unknown", 1)
    status, answer = post(client, acts.as_json(message))
    assert status == 200
    assert answer == {
        "taken": [],
        "refused": [{"id": str(message.id), "code": "UNKNOWN_THREAD", "message": "the house never wrote to you about this"}],
    }


@pytest.mark.parametrize(
    ("other", "word"),
    [
        ({"moment": str(int(time.time()) - 1_000)}, "五分钟"),
        ({"moment": "soon"}, "五分钟"),
        ({"nonce": "short"}, "随机数"),
        ({"sender": "tax"}, "发送方"),
        ({"private": gmssl_pyx.sm2_key_generate()[1]}, "签名"),
    ],
)
def test_a_wrong_signature_is_refused_with_the_reason(town: Town, client: Client, other: dict[str, object], word: str) -> None:
    status, answer = post(client, acts.as_json(), **other)
    assert status == 401
    assert word in str(answer)


def test_a_nonce_works_once(town: Town, client: Client) -> None:
    nonce = secrets.token_hex(16)
    assert post(client, acts.as_json(), nonce=nonce)[0] == 200
    status, answer = post(client, acts.as_json(), nonce=nonce)
    assert status == 401
    assert "用过" in str(answer)


def test_a_changed_body_or_address_is_refused(town: Town, client: Client) -> None:
    body = acts.as_json(acts.told("case.accepted", "a", 1))
    headers = acts.signed_headers(PATH, body)
    assert client.post(PATH, body + b" ", content_type="application/json", headers=headers).status_code == 401
    other = "/api/exchange/v1/police/threads"
    assert client.post(other, body, content_type="application/json", headers=headers).status_code == 401


def test_nobody_without_a_signature_enters(town: Town, client: Client) -> None:
    assert client.post(PATH, b"{}", content_type="application/json").status_code == 401


def test_a_neighbour_switched_off_does_not_enter(town: Town, client: Client) -> None:
    acts.enter_police(enabled=False)
    assert post(client, acts.as_json())[0] == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"garbage",
        b"[]",
        b'{"messages": 1}',
        b'{"messages": [{}]}',
        b'{"messages": [{"id": "x", "kind": "case.accepted", "about": "a", "sequence": 1, "at": "2026-03-02T01:00:00Z"}]}',
        b'{"messages": [{"id": "%s", "kind": "Case;DROP", "about": "a", "sequence": 1, "at": "2026-03-02T01:00:00Z"}]}'
        % str(uuid4()).encode(),
        b'{"messages": [{"id": "%s", "kind": "case.accepted", "about": "a", "sequence": 0, "at": "2026-03-02T01:00:00Z"}]}'
        % str(uuid4()).encode(),
        b'{"messages": [{"id": "%s", "kind": "case.accepted", "about": "a", "sequence": 1, "at": "2026-03-02T01:00:00"}]}'
        % str(uuid4()).encode(),
    ],
)
def test_garbage_is_refused_and_leaves_nothing(town: Town, client: Client, body: bytes) -> None:
    status, _ = post(client, body)
    assert status in {400, 422}
    assert not Received.objects.exists()


def test_more_than_a_hundred_at_once_are_refused(town: Town, client: Client) -> None:
    batch = acts.as_json(*(acts.told("case.accepted", f"a{number}", 1) for number in range(101)))
    assert post(client, batch)[0] == 422


def test_where_we_stand_is_told_to_the_neighbour(town: Town, client: Client) -> None:
    status, answer = post(client, b'{"about": ["nobody-heard-of-this"]}', path="/api/exchange/v1/police/threads")
    assert (status, answer) == (200, {"threads": []})

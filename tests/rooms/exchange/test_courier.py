"""The courier against a real server on loopback that the test runs: answers, silence, refusals, garbage, and being down."""

import json
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import transaction

from tests.rooms.exchange import acts
from tests.town.people import MONDAY, Town
from yijianshi.exchange import commands, courier, keys, queries
from yijianshi.exchange.commands import carry
from yijianshi.exchange.connectors.port import Away, Refused
from yijianshi.exchange.logic import signing
from yijianshi.exchange.models import Outgoing
from yijianshi.foundation import clock

Answer = Callable[[dict[str, Any]], tuple[int, bytes]]


class Server(ThreadingHTTPServer):
    """Answers as the test says, and keeps what it was told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[dict[str, Any]] = []
        self.signed: list[bool] = []
        self.answer: Answer = take_all


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        head = self.headers
        text = signing.signed_text(
            "POST", self.path, head[signing.SENDER], head[signing.KEY], head[signing.TIME], head[signing.NONCE], body
        )
        signature = b64decode(head[signing.SIGNATURE])
        self.server.signed.append(keys.verifier(keys.own().public.hex())(text, signature))
        self.server.got.append(json.loads(body))
        status, content = self.server.answer(json.loads(body))
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def take_all(body: dict[str, Any]) -> tuple[int, bytes]:
    return 200, json.dumps({"taken": [one["id"] for one in body["messages"]], "refused": []}).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def card(town: Town, server: Server) -> queries.NeighbourCard:
    acts.enter_police(options={"address": f"http://127.0.0.1:{server.server_port}", "timeout_seconds": 2})
    return queries.get_neighbour("police")


def write(count: int, about: str = "A-1") -> None:
    parcel = commands.Parcel("police", "case.handed_over", about, {"facts": {"child.sex": "MALE", "child.name": "李安安"}})
    with transaction.atomic():
        commands.send([parcel] * count, at=clock.now() - timedelta(seconds=1))


def carry_once(card: queries.NeighbourCard, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(courier, "connection", Quiet())  # the test's own connection stays open
    connector = queries.connect(card)
    try:
        return courier.carry_out(card, connector, 50)
    finally:
        connector.close()


class Quiet:
    """Stands for the database connection a courier gives back between its steps."""

    def close(self) -> None:
        """Keep it."""


def test_messages_arrive_signed_in_order_in_the_neighbours_words(
    card: queries.NeighbourCard, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(3)
    assert carry_once(card, monkeypatch) == 3
    assert server.signed == [True]
    messages = server.got[0]["messages"]
    assert [one["sequence"] for one in messages] == [1, 2, 3]
    assert messages[0]["body"]["facts"] == {"XB": "1", "XM": "李安安"}
    assert Outgoing.objects.filter(delivered_at=None).count() == 0
    assert carry_once(card, monkeypatch) == 0


@pytest.mark.parametrize(
    "answer",
    [
        (503, b"busy"),
        (500, b"oops"),
        (200, b"garbage"),
        (200, b"[]"),
        (200, b'{"taken": "all"}'),
        (200, b'{"taken": ["not-an-id"]}'),
    ],
)
def test_an_answer_that_does_not_help_means_again_later(
    card: queries.NeighbourCard, server: Server, monkeypatch: pytest.MonkeyPatch, answer: tuple[int, bytes]
) -> None:
    write(1)
    server.answer = lambda _body: answer
    with pytest.raises(Away):
        carry_once(card, monkeypatch)
    row = Outgoing.objects.get()
    assert row.delivered_at is None
    assert row.error
    assert clock.now() < row.next_at < clock.now() + timedelta(seconds=5)


def test_one_that_is_down_is_tried_again_and_then_gets_it_once(
    card: queries.NeighbourCard, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(1)
    acts.enter_police(options={"address": "http://127.0.0.1:9", "timeout_seconds": 1})
    with pytest.raises(Away):
        carry_once(queries.get_neighbour("police"), monkeypatch)
    Outgoing.objects.update(next_at=clock.now() - timedelta(seconds=1))
    assert carry_once(card, monkeypatch) == 1
    assert len(server.got) == 1


def test_what_the_answer_leaves_out_is_sent_again(
    card: queries.NeighbourCard, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(2)
    server.answer = lambda body: (200, json.dumps({"taken": [body["messages"][0]["id"]]}).encode())
    carry_once(card, monkeypatch)
    assert Outgoing.objects.get(delivered_at=None).sequence == 2


def test_a_refused_message_waits_for_a_person_with_the_reason(
    card: queries.NeighbourCard, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(1)
    refusal = {"code": "UNKNOWN_ITEM", "message": "we do not do this"}
    server.answer = lambda body: (200, json.dumps({"refused": [{"id": body["messages"][0]["id"], **refusal}]}).encode())
    carry_once(card, monkeypatch)
    row = Outgoing.objects.get()
    assert (row.refused, row.error) == ("UNKNOWN_ITEM", "we do not do this")
    Outgoing.objects.update(next_at=clock.now() - timedelta(seconds=1))
    assert carry_once(card, monkeypatch) == 0


def test_a_refused_signature_stops_nothing_for_good(
    card: queries.NeighbourCard, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(1)
    server.answer = lambda _body: (401, b"who are you")
    with pytest.raises(Refused):
        carry_once(card, monkeypatch)
    assert Outgoing.objects.get().refused == ""  # mended at their side, it goes on by itself


def test_a_courier_that_dies_with_messages_in_hand_loses_none(card: queries.NeighbourCard) -> None:
    write(2)
    now = clock.now()
    assert len(carry.claim("police", 50, at=now)) == 2
    assert carry.claim("police", 50, at=now) == []  # leased
    assert len(carry.claim("police", 50, at=now + carry.LEASE + timedelta(seconds=1))) == 2


def test_one_neighbours_messages_are_not_anothers(card: queries.NeighbourCard) -> None:
    write(1)
    assert carry.claim("tax", 50, at=clock.now()) == []


def test_numbers_have_no_holes_even_when_a_change_is_undone(card: queries.NeighbourCard) -> None:
    write(1)
    with transaction.atomic():
        commands.send([commands.Parcel("police", "case.corrected", "A-1", {})], at=MONDAY)
        transaction.set_rollback(True)
    write(1)
    assert sorted(Outgoing.objects.values_list("sequence", flat=True)) == [1, 2]


def test_the_way_can_be_proved(card: queries.NeighbourCard, server: Server) -> None:
    server.answer = lambda _body: (200, b'{"threads": []}')
    connector = queries.connect(card)
    assert list(connector.check()) == []
    server.answer = lambda _body: (401, b"no")
    assert "401" in connector.check()[0].en
    connector.close()

"""A neighbour that was away for long comes back: nothing waits for its own quarter of an hour, and idle lanes prove nothing."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.rooms.exchange.test_courier import Quiet, Server, card, server, write
from tests.town.people import Town
from yijianshi.crossregion.commands import fetch
from yijianshi.crossregion.models import Passage, PassageFile
from yijianshi.exchange import courier, queries
from yijianshi.exchange.commands import carry
from yijianshi.exchange.logic.breaker import TRIPS_AFTER, Breaker
from yijianshi.exchange.models import Outgoing
from yijianshi.foundation import clock, ids

__all__ = ["card", "server"]  # fixtures


@pytest.fixture
def out(card: queries.NeighbourCard, monkeypatch: pytest.MonkeyPatch) -> Iterator[courier.Carrier]:
    """Give the carrier of messages to the police."""
    monkeypatch.setattr(courier, "connection", Quiet())
    connector = queries.connect(card)
    yield courier.Carrier(card, courier.LANES[0], connector)
    connector.close()


def one_round(carrier: courier.Carrier) -> None:
    carrier.wake.set()  # no rest in a test
    carrier._one_round()


def away_for_long(waiting: int) -> None:
    """Leave *waiting* messages that failed often, and a breaker whose rest is just over."""
    now = clock.now()
    write(waiting)
    Outgoing.objects.update(attempts=13, next_at=now + timedelta(minutes=15))
    failed = Breaker(TRIPS_AFTER + 3, now - timedelta(seconds=1))
    carry.store_breaker("police", failed, at=now - timedelta(minutes=1), error="gone")


def test_all_that_waited_goes_at_once(out: courier.Carrier, server: Server) -> None:
    away_for_long(3)
    one_round(out)  # the probe
    assert Outgoing.objects.filter(delivered_at=None).count() == 2
    one_round(out)
    assert not Outgoing.objects.filter(delivered_at=None).exists()
    assert [len(body["messages"]) for body in server.got] == [1, 2]
    assert carry.load_breaker("police") == Breaker()


def test_while_it_is_still_away_one_message_is_tried_and_the_breaker_rests_again(out: courier.Carrier, server: Server) -> None:
    away_for_long(3)
    server.answer = lambda _body: (503, b"")
    one_round(out)
    assert [len(body["messages"]) for body in server.got] == [1]
    assert sorted(Outgoing.objects.values_list("attempts", flat=True)) == [13, 13, 14]
    assert not carry.load_breaker("police").lets_through(clock.now())


def test_one_that_never_passes_does_not_hold_the_others(out: courier.Carrier, server: Server) -> None:
    away_for_long(3)
    stuck = Outgoing.objects.order_by("id")[0].id
    Outgoing.objects.filter(id=stuck).update(attempts=40)

    def choke(body: dict[str, Any]) -> tuple[int, bytes]:
        sent = [one["id"] for one in body["messages"]]
        return (500, b"") if str(stuck) in sent else (200, json.dumps({"taken": sent}).encode())

    server.answer = choke
    for _ in range(6):
        at = clock.now()
        carry.store_breaker("police", Breaker(TRIPS_AFTER, at - timedelta(seconds=1)), at=at, error="gone")
        one_round(out)
    assert list(Outgoing.objects.filter(delivered_at=None).values_list("id", flat=True)) == [stuck]


def test_a_lane_with_nothing_to_do_proves_nothing(out: courier.Carrier, card: queries.NeighbourCard) -> None:
    failing = Breaker(3)
    carry.store_breaker("police", failing, at=clock.now(), error="gone")
    one_round(out)
    one_round(courier.Carrier(card, next(one for one in courier.LANES if one.name == "news"), out.connector))
    assert carry.load_breaker("police") == failing


def test_files_hurry_too_but_a_refused_one_waits_for_its_day(town: Town) -> None:
    at = clock.now()
    passage = Passage.objects.create(
        id=ids.new_id(),
        side="HOME",
        peer="luoyang",
        about="A-1",
        thing_code="retirement",
        mode="ONLINE",
        stage="SENT",
        applicant_label="王*",
        created_at=at,
        updated_at=at,
        looked_at=at,
    )
    waits = {"often failed": timedelta(minutes=15), "refused": timedelta(days=1)}
    for name, wait in waits.items():
        PassageFile.objects.create(
            passage=passage,
            way="IN",
            part="MATERIAL",
            material=name,
            digest="0" * 64,
            name="a.pdf",
            mime="application/pdf",
            size=1,
            attempts=9,
            next_at=at + wait,
        )
    fetch.hasten("luoyang", at=at)
    fetch.hasten("xinyang", at=at)
    assert set(PassageFile.objects.filter(next_at__lte=at).values_list("material", flat=True)) == {"often failed"}

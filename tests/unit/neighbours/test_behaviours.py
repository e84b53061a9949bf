"""Misbehaviour on demand, over real HTTP."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from neighbours.engine import signing
from neighbours.engine.running import Running
from neighbours.engine.signing import BadSignature
from tests.unit.neighbours.conftest import CHILD, Listener, handed_over, post

BIRTH = "household-registration-birth"
Start = Callable[[str], Any]


def _control(running: Running, content: Any, **headers: str) -> int:
    request = urllib.request.Request(
        f"http://127.0.0.1:{running.port}/control",
        json.dumps(content).encode(),
        {"Content-Type": "application/json", **headers},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def _hand(running: Running, listener: Listener, about: str) -> tuple[int, Any]:
    return post(running, listener.key, "/messages", {"messages": [handed_over(about, BIRTH, CHILD)]})


def test_down_then_up(start: Start, listener: Listener) -> None:
    with start("police") as (police,):
        assert _control(police, {"behaviour": "down"}) == 200
        assert _hand(police, listener, "B-1")[0] == 503
        assert _control(police, {"behaviour": "normal"}) == 200
        assert _hand(police, listener, "B-1")[0] == 200


def test_slow_takes_the_seconds_named(start: Start, listener: Listener) -> None:
    with start("police") as (police,):
        _control(police, {"behaviour": "slow", "seconds": 0.4})
        began = time.monotonic()
        assert _hand(police, listener, "B-2")[0] == 200
        assert time.monotonic() - began >= 0.4


def test_garbage_is_taken_but_answered_unreadably(start: Start, listener: Listener) -> None:
    with start("police") as (police,):
        police.behaviour.by_hand = True
        _control(police, {"behaviour": "garbage"})
        status, answer = _hand(police, listener, "B-3")
        assert (status, type(answer)) == (200, bytes)
        _control(police, {"behaviour": "normal"})
        assert post(police, listener.key, "/threads", {"about": ["B-3"]})[1]["threads"][0]["received"] == 1


def test_silent_takes_and_never_answers(start: Start, listener: Listener) -> None:
    with start("police") as (police,):
        _control(police, {"behaviour": "silent"})
        _hand(police, listener, "B-4")
        time.sleep(0.6)
        assert listener.requests == []


def test_duplicate_says_everything_twice_with_the_same_id(start: Start, listener: Listener) -> None:
    with start("police") as (police,):
        _control(police, {"behaviour": "duplicate"})
        _hand(police, listener, "B-5")
        heard = listener.wait_for(lambda all_: sum(one["kind"] == "case.delivered" for one in all_) >= 2)
        assert len({one["id"] for one in heard}) == 3


def test_reorder_mixes_up_one_thread(start: Start, listener: Listener) -> None:
    with start("police") as (police,):
        _control(police, {"behaviour": "reorder"})
        for number in range(4):
            _hand(police, listener, f"B-6{number}")
        heard = listener.wait_for(lambda all_: len(all_) >= 8, 15)
        assert [one["sequence"] for one in heard] != sorted(one["sequence"] for one in heard) or len(
            {one["about"] for one in heard[:4]}
        ) < 4


def test_wrong_sends_signatures_that_do_not_fit_and_mends_it_later(start: Start, listener: Listener) -> None:
    listener.answers.append((401, b"{}"))
    with start("police") as (police,):
        _control(police, {"behaviour": "wrong"})
        _hand(police, listener, "B-7")
        with listener.arrived:
            assert listener.arrived.wait_for(lambda: bool(listener.requests), 10)
        headers, path, body = listener.requests[0]
        with pytest.raises(BadSignature):
            signing.check(headers, police.key.public, "POST", path, body)
        _control(police, {"behaviour": "normal"})
        listener.wait_for(bool)


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"behaviour": "angry"}, 422),
        ({"behaviour": "slow", "seconds": -1}, 422),
        ({"seconds": "x"}, 422),
        ({"pace": True}, 422),
        ({"seconds": 1e9}, 422),
    ],
)
def test_an_unknown_behaviour_changes_nothing(start: Start, wanted: dict[str, Any], status: int) -> None:
    with start("police") as (police,):
        assert _control(police, wanted) == status
        assert police.behaviour.kind == "normal"


def test_a_page_of_another_site_cannot_turn_the_switch(start: Start) -> None:
    with start("police") as (police,):
        assert _control(police, {"behaviour": "down"}, **{"Sec-Fetch-Site": "cross-site"}) == 403


def test_a_person_can_decide(start: Start, listener: Listener) -> None:
    with start("police") as (police,):
        _control(police, {"by_hand": True})
        _hand(police, listener, "B-8")
        time.sleep(0.3)
        assert listener.heard == []
        for hand in ("accept", "refuse"):
            request = urllib.request.Request(f"http://127.0.0.1:{police.port}/cases/B-8/{hand}", b"", method="POST")
            urllib.request.urlopen(request).close()
        listener.wait_for(lambda heard: len(heard) == 2)
        assert listener.kinds("B-8") == ["case.accepted", "case.refused"]

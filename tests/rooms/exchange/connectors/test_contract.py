"""The contract of every connector: answers, silence, garbage, duplicates, disorder, slowness, wrong signatures, being down."""

import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import gmssl_pyx
import pytest
from pydantic import ValidationError

from tests.rooms.exchange.connectors.conftest import BIRTH, KINDS, QUICK, Side, connect, is_told, told_about
from yijianshi.exchange import keys
from yijianshi.exchange.connectors import registry
from yijianshi.exchange.connectors.port import Away, Message, Reading, Refused

READING = Reading(
    request=uuid.uuid4(),
    register="household",
    purpose=BIRTH,
    authorisation="本人同意",
    subject={"kind": "PERSON", "id_number": "410105199508163025", "name": "王芳"},
    fields=("HH", "ZZ"),
)


def test_answers(side: Side) -> None:
    assert side.connector.check() == []
    first = side.hand_over("C-1")
    assert side.connector.send([first]).taken == (first.id,)
    side.hear(is_told("C-1"))
    (thread,) = side.connector.threads(["C-1", "never"])
    assert (thread.received, thread.sent, thread.state) == (1, 3, "DELIVERED")


def test_a_message_they_will_never_take_is_named(side: Side) -> None:
    good, bad = side.hand_over("C-2"), side.hand_over("C-3", "deed-tax")
    sent = side.connector.send([good, bad])
    assert sent.taken == (good.id,)
    assert [(one.id, one.code) for one in sent.refused] == [(bad.id, "NOT_OURS")]


def test_duplicates_from_us_count_once(side: Side) -> None:
    one = side.hand_over("C-4")
    for _time in range(2):
        assert side.connector.send([one]).taken == (one.id,)
    side.hear(is_told("C-4"))
    assert [thread.received for thread in side.connector.threads(["C-4"])] == [1]


def test_what_we_send_out_of_order_is_applied_in_order(side: Side) -> None:
    side.simulator.behaviour.by_hand = True
    first = side.hand_over("C-5")
    second = Message(uuid.uuid4(), "case.withdrawn", "C-5", 2, datetime.now(UTC), {"reason": "不办了"})
    side.connector.send([second])
    assert side.connector.threads(["C-5"])[0].received == 0
    side.connector.send([first])
    (thread,) = side.connector.threads(["C-5"])
    assert (thread.received, thread.state) == (2, "WITHDRAWN")


def test_duplicates_from_them_carry_the_same_id(side: Side) -> None:
    side.simulator.behaviour.set({"behaviour": "duplicate"})
    side.connector.send([side.hand_over("C-6")])
    heard = side.hear(is_told("C-6"))
    assert len({one.id for one in heard}) == 3


def test_what_they_send_out_of_order_carries_its_number(side: Side) -> None:
    side.simulator.behaviour.set({"behaviour": "reorder"})
    side.connector.send([side.hand_over(f"C-7{number}") for number in range(3)])
    heard = side.hear(lambda all_: all(is_told(f"C-7{number}")(all_) for number in range(3)))
    for number in range(3):
        assert {one.sequence for one in heard if one.about == f"C-7{number}"} == {1, 2, 3}


def test_silence_is_no_fault(side: Side) -> None:
    side.simulator.behaviour.set({"behaviour": "silent"})
    one = side.hand_over("C-8")
    assert side.connector.send([one]).taken == (one.id,)
    assert side.silence(1.0) == []
    side.simulator.behaviour.set({"behaviour": "normal"})
    side.hear(is_told("C-8"))


def test_garbage_means_try_again(side: Side) -> None:
    side.simulator.behaviour.set({"behaviour": "garbage"})
    one = side.hand_over("C-9")
    with pytest.raises(Away):
        side.connector.send([one])
    assert side.silence(0.5) == []
    side.simulator.behaviour.set({"behaviour": "normal"})
    assert side.connector.send([one]).taken == (one.id,)
    side.hear(is_told("C-9"), 40)


def test_too_slow_means_try_again(side: Side) -> None:
    side.simulator.behaviour.set({"behaviour": "slow", "seconds": 3})
    one, began = side.hand_over("C-10"), time.monotonic()
    with pytest.raises(Away):
        side.connector.send([one])
    assert time.monotonic() - began < 3 + 2
    side.simulator.behaviour.set({"behaviour": "normal"})
    time.sleep(1.5)
    assert side.connector.send([one]).taken == (one.id,)
    side.hear(is_told("C-10"), 40)


def test_a_little_slow_is_waited_for(side: Side) -> None:
    side.simulator.behaviour.set({"behaviour": "slow", "seconds": 0.3})
    one = side.hand_over("C-11")
    assert side.connector.send([one]).taken == (one.id,)


def test_a_wrong_signature_of_theirs_is_never_heard(side: Side) -> None:
    side.connector.send([side.hand_over("C-12")])
    side.hear(is_told("C-12"))
    if side.kind in ("http_poll", "vertical"):  # answers over HTTP are not signed: the line itself (TLS) answers for them
        return
    side.hear(lambda _heard: not side.simulator.store.rows("SELECT 1 FROM _outgoing WHERE state = 'WAITING'"))
    side.simulator.behaviour.set({"behaviour": "wrong"})
    with side.simulator.store.writing() as db:
        db.execute("UPDATE _outgoing SET state = 'WAITING', next_at = 0")
    before = len(side.heard)
    assert len(side.silence(1.0)) == before
    side.simulator.behaviour.set({"behaviour": "normal"})
    side.hear(lambda heard: len(heard) >= before + 3, 40)


def test_a_wrong_signature_of_ours_is_refused(side: Side, tmp_path: Path) -> None:
    public, private = gmssl_pyx.sm2_key_generate()
    stranger, _ = connect(side.kind, side.simulator, keys.SoftwareSigner(private, public), tmp_path)
    with pytest.raises(Refused):
        stranger.send([side.hand_over("C-13")])
    assert stranger.check() != []
    stranger.close()
    assert side.connector.threads(["C-13"]) == []


def test_down_then_up(side: Side) -> None:
    side.simulator.behaviour.set({"behaviour": "down"})
    one = side.hand_over("C-14")
    with pytest.raises(Away):
        side.connector.send([one])
    assert side.connector.check() != []
    side.simulator.behaviour.set({"behaviour": "normal"})
    assert side.connector.send([one]).taken == (one.id,)
    side.hear(is_told("C-14"))


def test_what_was_lost_is_sent_again_on_request(side: Side) -> None:
    side.connector.send([side.hand_over("C-15")])
    side.hear(is_told("C-15"))
    side.heard.clear()
    side.listener.heard.clear()
    side.connector.resend("C-15", 1)
    side.hear(lambda heard: told_about("C-15", heard) == ["case.approved", "case.delivered"])


def test_a_register_is_read_and_corrected(side: Side) -> None:
    read = side.connector.read(READING)
    assert (read.found, dict(read.fields)["HH"], set(read.fields)) == (True, "410105000101", {"HH", "ZZ"})
    assert read.as_of is not None
    nobody = replace(READING, request=uuid.uuid4(), subject={**READING.subject, "name": "别人"})
    assert side.connector.read(nobody).found is False
    claim = {"about_read": str(READING.request), "field": "ZZ", "said": "甲路", "claimed": "乙路", "reason": "搬家了"}
    side.connector.correct(READING, claim)
    assert side.simulator.store.rows("SELECT claimed FROM _claim")[0]["claimed"] == "乙路"
    with pytest.raises(Refused):
        side.connector.read(replace(READING, register="secrets"))


Spoil = Callable[[dict[str, object]], dict[str, object]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "spoil", [lambda good: {**good, "adress": "x"}, lambda good: {}, lambda good: {**good, "every_seconds": -1}]
)
def test_options_with_a_slip_are_refused(kind: str, spoil: Spoil) -> None:
    good: dict[str, dict[str, object]] = {
        "http_push": {"address": "http://127.0.0.1:1"},
        "http_poll": {"address": "http://127.0.0.1:1"},
        "file_drop": {"folder": "/srv/exchange"},
        "mqtt_queue": {"port": 1883},
        "vertical": {"address": "http://127.0.0.1:1", "states": {"20": "case.accepted"}},
    }
    registry.kinds()[kind].options.model_validate({**good[kind], **QUICK[kind]})
    with pytest.raises(ValidationError):
        registry.kinds()[kind].options.model_validate(spoil(dict(good[kind])))

"""Programs are told once per event, signed, again when they were away, never at the cost of others, and nothing personal."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from django.test import override_settings

from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.exchange.webhooks import commands, queries
from yijianshi.exchange.webhooks.commands.send import Outcome, Sending
from yijianshi.exchange.webhooks.entrance.sending import post
from yijianshi.exchange.webhooks.logic import retrying, signing
from yijianshi.exchange.webhooks.models import Event, Subscription
from yijianshi.exchange.webhooks.targets import NotATarget
from yijianshi.identity.logic.actor import ANONYMOUS, Actor
from yijianshi.kernel.errors import Forbidden, NotFound

KNOWN = ("applications.submitted", "cases.accepted", "cases.decided", "cases.ended")
ADDRESS = "https://example.com/hook"


class Receiver:
    """What the other side answers, and what it got."""

    def __init__(self, *statuses: int) -> None:
        self.statuses, self.got = list(statuses), list[Sending]()

    def __call__(self, sending: Sending) -> Outcome:
        self.got.append(sending)
        status = self.statuses.pop(0) if self.statuses else 204
        return Outcome(status, "" if status == 204 else f"HTTP {status}")


def subscribe(by: Actor, address: str = ADDRESS, kinds: tuple[str, ...] = ()) -> tuple[UUID, str]:
    return commands.subscribe(address, kinds, known=KNOWN, by=by, at=MONDAY)


def submitted(town: Town) -> UUID:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    newborn.submit(draft, town.wang_fang.actor, MONDAY)
    newborn.deliver_events()
    return draft


def later(**more: float) -> datetime:
    return Event.objects.latest("created_at").created_at + timedelta(**more)


def test_a_submission_is_told_signed_and_without_anything_personal(town: Town) -> None:
    _, secret = subscribe(town.wang_fang.actor, kinds=("applications.submitted",))
    subscribe(town.stranger.actor)
    application = submitted(town)
    receiver, at = Receiver(), later(seconds=1)
    assert commands.send_due(receiver, at=at) == 1
    assert commands.send_due(receiver, at=at) == 0
    (sending,) = receiver.got
    body = orjson.loads(sending.body)
    assert (body["kind"], body["application"], body["id"]) == (
        "applications.submitted",
        str(application),
        sending.headers[signing.ID],
    )
    assert "王" not in sending.body.decode()
    wanted = signing.headers(body["id"], int(at.timestamp()), sending.body, [secret])
    assert sending.headers[signing.SIGNATURE] == wanted[signing.SIGNATURE]


def test_who_was_away_hears_it_later_under_the_same_id(town: Town) -> None:
    webhook, _ = subscribe(town.wang_fang.actor, kinds=("applications.submitted",))
    submitted(town)
    receiver = Receiver(500, 0)
    assert commands.send_due(receiver, at=later(seconds=1)) == 1
    assert commands.send_due(receiver, at=later(seconds=2)) == 0  # it rests
    assert commands.send_due(receiver, at=later(seconds=30)) == 1
    assert commands.send_due(receiver, at=later(seconds=90)) == 1
    assert len({one.headers[signing.ID] for one in receiver.got}) == 1
    (event,) = queries.list_events(webhook, by=town.wang_fang.actor)
    assert (event.attempts, event.delivered_at is not None, event.status) == (3, True, 204)
    assert queries.list_subscriptions(by=town.wang_fang.actor)[0].failures == 0


def test_one_dead_receiver_delays_no_other_and_is_tried_one_event_at_a_time(town: Town) -> None:
    dead, _ = subscribe(town.wang_fang.actor, "https://dead.example.com/")
    alive, _ = subscribe(town.wang_fang.actor, "https://alive.example.com/")
    for _ in range(4):
        commands.ping(dead, by=town.wang_fang.actor, at=MONDAY)
        commands.ping(alive, by=town.wang_fang.actor, at=MONDAY)
    tried: list[str] = []

    def answer(sending: Sending) -> Outcome:
        tried.append(sending.address)
        return Outcome(0, "TimeoutError") if "dead" in sending.address else Outcome(200)

    while commands.send_due(answer, at=MONDAY + timedelta(seconds=1)):
        pass
    assert (tried.count("https://dead.example.com/"), tried.count("https://alive.example.com/")) == (1, 4)


def test_after_many_tries_it_is_given_up_and_after_days_of_failure_switched_off(town: Town) -> None:
    webhook, _ = subscribe(town.wang_fang.actor)
    commands.ping(webhook, by=town.wang_fang.actor, at=MONDAY)
    for _ in range(retrying.MOST_ATTEMPTS):
        commands.send_due(Receiver(500), at=Event.objects.get().next_at)
    assert Event.objects.get().given_up_at is not None
    assert Subscription.objects.get().ended_at is None
    commands.ping(webhook, by=town.wang_fang.actor, at=MONDAY + timedelta(days=6))
    commands.send_due(Receiver(500), at=MONDAY + timedelta(days=6))
    assert Subscription.objects.get().ended_why == "FAILING"


def test_410_ends_it_at_once(town: Town) -> None:
    webhook, _ = subscribe(town.wang_fang.actor)
    commands.ping(webhook, by=town.wang_fang.actor, at=MONDAY)
    commands.send_due(Receiver(410), at=MONDAY)
    assert queries.list_subscriptions(by=town.wang_fang.actor)[0].ended_why == "GONE"


def test_a_new_secret_signs_beside_the_old_one_for_a_day(town: Town) -> None:
    webhook, old = subscribe(town.wang_fang.actor)
    new = commands.replace_secret(webhook, by=town.wang_fang.actor, at=MONDAY)
    for at, secrets in ((MONDAY + timedelta(hours=23), [new, old]), (MONDAY + timedelta(hours=25), [new])):
        event = commands.ping(webhook, by=town.wang_fang.actor, at=at)
        receiver = Receiver()
        commands.send_due(receiver, at=at)
        wanted = signing.headers(str(event), int(at.timestamp()), receiver.got[0].body, secrets)
        assert receiver.got[0].headers[signing.SIGNATURE] == wanted[signing.SIGNATURE]


def test_events_are_replayed_from_a_moment_on_under_their_old_ids(town: Town) -> None:
    webhook, _ = subscribe(town.wang_fang.actor)
    first = commands.ping(webhook, by=town.wang_fang.actor, at=MONDAY)
    second = commands.ping(webhook, by=town.wang_fang.actor, at=MONDAY + timedelta(hours=1))
    receiver = Receiver()
    while commands.send_due(receiver, at=MONDAY + timedelta(hours=2)):
        pass
    again = MONDAY + timedelta(hours=3)
    assert commands.replay(webhook, since=MONDAY + timedelta(minutes=30), by=town.wang_fang.actor, at=again) == 1
    commands.send_due(receiver, at=again)
    assert [one.headers[signing.ID] for one in receiver.got] == [str(first), str(second), str(second)]


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com/",
        "ftp://example.com/",
        "https://user:pass@example.com/",
        "https://example.com/#x",
        "https://",
        "https://例子.cn/",
        "https://example.com/ x",
        "https://example.com:99999/",
        "https://example.com/" + "a" * 600,
        "javascript:alert(1)",
        "",
    ],
)
def test_an_address_nobody_should_post_to_is_refused(town: Town, address: str) -> None:
    with pytest.raises(NotATarget):
        subscribe(town.wang_fang.actor, address)


@pytest.mark.parametrize(
    "address",
    ["https://127.0.0.1/", "https://localhost/", "https://10.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest/",
     "https://[::ffff:10.0.0.1]/", "https://0.0.0.0/"],
)  # fmt: skip
def test_inner_addresses_are_never_reached_in_production(address: str) -> None:
    with override_settings(MODE="production"):
        assert post(Sending(address, {}, b"{}")) == Outcome(0, "address not allowed")


@pytest.mark.parametrize("address", ["https://10.0.0.1/", "https://169.254.169.254/latest/", "http://192.168.1.1/"])
def test_where_it_is_tried_out_only_this_machine_is_reached_besides(address: str) -> None:
    assert post(Sending(address, {}, b"{}")) == Outcome(0, "address not allowed")


def test_what_is_not_ones_own_does_not_exist(town: Town) -> None:
    webhook, _ = subscribe(town.wang_fang.actor)
    other = town.stranger.actor
    who: Any = {"by": other, "at": MONDAY}
    for act in (
        lambda: commands.unsubscribe(webhook, **who),
        lambda: commands.ping(webhook, **who),
        lambda: commands.replace_secret(webhook, **who),
        lambda: commands.replay(webhook, since=MONDAY, **who),
        lambda: queries.list_events(webhook, by=other),
        lambda: queries.list_events(uuid4(), by=town.wang_fang.actor),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(Forbidden):
        subscribe(ANONYMOUS)
    with pytest.raises(commands.UnknownKinds):
        subscribe(town.wang_fang.actor, kinds=("cases.exploded",))


def test_there_is_a_most(town: Town) -> None:
    for _ in range(commands.MOST_SUBSCRIPTIONS):
        webhook, _ = subscribe(town.wang_fang.actor)
    with pytest.raises(commands.TooManySubscriptions):
        subscribe(town.wang_fang.actor)
    commands.unsubscribe(webhook, by=town.wang_fang.actor, at=MONDAY)
    subscribe(town.wang_fang.actor)


def test_old_events_are_forgotten(town: Town) -> None:
    webhook, _ = subscribe(town.wang_fang.actor)
    commands.ping(webhook, by=town.wang_fang.actor, at=MONDAY)
    assert commands.forget_old(at=MONDAY + retrying.KEPT) == 0
    assert commands.forget_old(at=MONDAY + retrying.KEPT + timedelta(seconds=1)) == 1

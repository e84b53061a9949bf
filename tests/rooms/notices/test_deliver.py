"""Messages leave once, when they may, by gateways that are really there: down, slow of speech, forgetful, refusing."""

import json
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import structlog
from django.test import override_settings

from neighbours.post.running import Post, up
from tests.town.people import MONDAY, Town
from yijianshi.exchange.notices import commands, queries
from yijianshi.exchange.notices.commands import NewNotice, Wishes
from yijianshi.exchange.notices.measures import NoticesCollector
from yijianshi.exchange.notices.models import Delivery, Enclosure, Notice
from yijianshi.foundation import metrics
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.text import Text

pytestmark = pytest.mark.django_db
TOKEN = "three-small-keys"
EVENING = MONDAY + timedelta(hours=12, minutes=30)  # half past nine at night
ADDRESS = "wangfang@example.cn"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    with up(tmp_path_factory.mktemp("post"), token=TOKEN) as post:
        yield post


@pytest.fixture
def post(running: Post) -> Iterator[Post]:
    running.store.behave("normal")
    there = running.settings
    with override_settings(
        SMS_ADDRESS=there["YIJIANSHI_SMS_ADDRESS"],
        SMS_TOKEN=TOKEN,
        MAIL_ADDRESS=there["YIJIANSHI_MAIL_ADDRESS"],
        MAIL_FROM="house@example.cn",
    ):
        yield running


def news(person: UUID, key: str = "decided:1", **changed: Any) -> NewNotice:
    texts = {
        "title": Text("批准了", "Approved"),
        "body": Text("不用您做什么。", "Nothing to do."),
        "sms": Text("批准了。", "Approved."),
    }
    return NewNotice(
        **{"key": key, "person_id": person, "audience": "applicant", "channels": ("sms", "email"), **texts, **changed}
    )


def tell(*notices: NewNotice, at: Any = MONDAY) -> int:
    return commands.notify(notices, by=SYSTEM, at=at)


def send(channel: str = "sms", at: Any = MONDAY) -> int:
    return commands.deliver_due(channel, by=SYSTEM, at=at).sent


def taken(post: Post) -> list[tuple[str, int]]:
    """Return (text, how often it came) of what went to 王芳 in this test."""
    ids = {str(one) for one in Delivery.objects.values_list("id", flat=True)}
    return [(row["text"], row["came"]) for row in post.store.all() if row["id"].strip("<>").partition("@")[0] in ids]


def wish(town: Town, **changed: Any) -> None:
    chosen = {"sms": True, "email": True, "email_address": ADDRESS, **changed}
    commands.prefer(Wishes(**chosen), by=town.wang_fang.actor, at=MONDAY)


def test_a_text_message_arrives_once_however_often_the_news_comes(town: Town, post: Post) -> None:
    one = news(town.wang_fang.person_id)
    assert [tell(one, one), tell(one)] == [1, 0]
    assert [send(), send()] == [1, 0]
    assert taken(post) == [("批准了。", 1)]
    assert Delivery.objects.get().state == "SENT"
    assert send("email") == 0  # nobody asked for e-mail


def test_an_email_goes_to_the_address_she_gave(town: Town, post: Post) -> None:
    wish(town, sms=False, language="en")
    tell(news(town.wang_fang.person_id))
    assert (send("sms"), send("email")) == (0, 1)
    ((text, _),) = taken(post)
    assert text.startswith("Approved\nNothing to do.")
    row = next(one for one in post.store.all() if one["kind"] == "email")
    assert (row["addressee"], row["subject"]) == (ADDRESS, "Approved")


@pytest.mark.parametrize("mood", ["down", "garbage", "forgetful"])
@pytest.mark.parametrize("channel", ["sms", "email"])
def test_an_ailing_gateway_is_asked_again_under_the_same_id(town: Town, post: Post, channel: str, mood: str) -> None:
    wish(town, sms=channel == "sms", email=channel == "email")
    tell(news(town.wang_fang.person_id))
    post.store.behave(mood)
    assert send(channel) == 0
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == ("WAITING", 1)
    assert MONDAY < row.next_at <= MONDAY + timedelta(seconds=30)
    assert row.error
    post.store.behave("normal")
    assert send(channel, at=row.next_at) == 1
    ((_, came),) = taken(post)
    assert came == (2 if mood == "forgetful" or (mood, channel) == ("garbage", "sms") else 1)


def test_one_time_out_for_a_dead_gateway_not_one_for_each_message(town: Town, post: Post) -> None:
    tell(*(news(town.wang_fang.person_id, key=f"decided:{n}") for n in range(5)))
    post.store.behave("down")
    assert commands.deliver_due("sms", by=SYSTEM, at=MONDAY).is_over
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]
    assert not Delivery.objects.filter(next_at__lte=MONDAY).exists()
    post.store.behave("normal")
    assert send(at=MONDAY + timedelta(hours=1)) == 5
    assert [came for _, came in taken(post)] == [1] * 5


def test_the_gateway_of_one_way_does_not_hold_up_the_other(town: Town, post: Post) -> None:
    wish(town)
    tell(news(town.wang_fang.person_id))
    with override_settings(SMS_ADDRESS="http://127.0.0.1:9"):
        assert (send("sms"), send("email")) == (0, 1)


def test_what_is_refused_or_tried_too_often_waits_for_an_operator(town: Town, post: Post) -> None:
    tell(news(town.wang_fang.person_id))
    post.store.behave("refuse")
    send()
    (failed,) = queries.list_given_up()
    assert (failed.channel, failed.error, failed.attempts) == ("sms", "HTTP 422", 1)
    assert 'yijianshi_messages_given_up{channel="sms"} 1.0' in metrics.render().decode()
    with pytest.raises(Forbidden):
        commands.retry_given_up([failed.id], by=town.wang_fang.actor, at=MONDAY)
    assert commands.retry_given_up([failed.id], by=SYSTEM, at=MONDAY) == 1
    post.store.behave("down")
    at = MONDAY
    for _ in range(20):
        send(at=at)
        at += timedelta(hours=2) if (at + timedelta(hours=2)).hour in range(1, 12) else timedelta(hours=14)
    assert len(queries.list_given_up()) == 1
    assert Delivery.objects.get().attempts == 12


def test_a_killed_sender_leaves_a_lease_and_the_same_id(town: Town, post: Post) -> None:
    tell(news(town.wang_fang.person_id))
    post.store.behave("forgetful")
    send()
    Delivery.objects.update(next_at=MONDAY + timedelta(minutes=5))  # as the lease stands when the process dies here
    assert send(at=MONDAY + timedelta(minutes=4)) == 0
    post.store.behave("normal")
    assert send(at=MONDAY + timedelta(minutes=5)) == 1
    assert taken(post) == [("批准了。", 2)]


def test_nothing_leaves_at_night_but_what_is_urgent(town: Town, post: Post) -> None:
    tell(news(town.wang_fang.person_id), news(town.wang_fang.person_id, key="mandate:1", urgent=True), at=EVENING)
    assert send(at=EVENING) == 1
    assert send(at=EVENING + timedelta(hours=10, minutes=29)) == 0
    assert send(at=EVENING + timedelta(hours=10, minutes=30)) == 1


def test_a_retry_does_not_slip_into_the_night(town: Town, post: Post) -> None:
    tell(news(town.wang_fang.person_id))
    assert send(at=EVENING) == 0
    row = Delivery.objects.get()
    assert (row.attempts, row.next_at) == (0, EVENING + timedelta(hours=10, minutes=30))


def test_a_day_is_told_in_one_message_and_the_next_day_in_another(town: Town, post: Post) -> None:
    wish(town, email=False, is_daily=True)
    person = town.wang_fang.person_id
    tell(news(person, key="a"))
    tell(news(person, key="b"), news(person, key="urgent", urgent=True), at=MONDAY + timedelta(hours=1))
    assert send(at=MONDAY + timedelta(hours=1)) == 1
    six = MONDAY + timedelta(hours=9)
    assert send(at=six - timedelta(seconds=1)) == 0
    assert send(at=six) == 1
    tell(news(person, key="c"), at=six)
    assert send(at=six) == 0
    texts = [text for text, _ in taken(post)]
    assert sorted(texts)[0].startswith("您有 2 条新消息：批准了；批准了。")
    assert Delivery.objects.filter(is_digest=True).count() == 2


def test_an_open_digest_closes_when_it_is_first_tried(town: Town, post: Post) -> None:
    wish(town, email=False, is_daily=True)
    tell(news(town.wang_fang.person_id, key="a"))
    six = MONDAY + timedelta(hours=9)
    post.store.behave("down")
    send(at=six)
    tell(news(town.wang_fang.person_id, key="b"), at=six)
    assert sorted(Enclosure.objects.values_list("delivery__attempts", flat=True)) == [0, 1]


def test_who_cannot_be_reached_or_wants_nothing_gets_nothing_but_the_notice(town: Town, post: Post) -> None:
    wish(town, sms=False, email=False)
    assert tell(news(town.wang_fang.person_id)) == 1
    assert not Delivery.objects.exists()
    wish(town)
    tell(news(town.wang_fang.person_id, key="b"))
    wish(town, sms=False, email=False)
    assert (send("sms"), send("email")) == (0, 0)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"LEFT_OUT"}
    assert Notice.objects.filter(person_id=town.wang_fang.person_id).count() == 2
    stranger = UUID(int=7)
    tell(news(stranger))
    assert not Delivery.objects.filter(person_id=stranger).exists()


def test_without_gateways_nothing_is_even_written_down_to_send(town: Town) -> None:
    assert tell(news(town.wang_fang.person_id)) == 1
    assert not Delivery.objects.exists()
    assert commands.deliver_due("sms", by=SYSTEM, at=MONDAY).is_over
    with pytest.raises(Forbidden):
        commands.notify([news(town.wang_fang.person_id)], by=town.wang_fang.actor, at=MONDAY)


def test_a_wrong_token_is_a_refusal_and_no_number_gets_into_a_log_or_a_row(town: Town, post: Post) -> None:
    tell(news(town.wang_fang.person_id))
    with structlog.testing.capture_logs() as lines, override_settings(SMS_TOKEN="wrong"):
        send()
    row = Delivery.objects.get()
    assert (row.state, row.error) == ("GIVEN_UP", "HTTP 401")
    assert lines
    assert "13800000001" not in f"{lines}{row.__dict__}"
    assert "批准" not in str(Notice.objects.extra(select={"raw": "content"}).values_list("raw", flat=True)[0])


def test_the_figures_leave_nothing_out(town: Town, post: Post) -> None:
    tell(news(town.wang_fang.person_id))
    found = {one.name: {s.labels["channel"]: s.value for s in one.samples} for one in NoticesCollector().collect()}
    assert found == {"yijianshi_messages_waiting": {"sms": 1, "email": 0}, "yijianshi_messages_given_up": {"sms": 0, "email": 0}}


def test_the_simulator_refuses_rubbish_and_strangers(post: Post, tmp_path: Path) -> None:
    def ask(path: str, content: bytes, **headers: str) -> int:
        request = urllib.request.Request(f"{post.page}{path}", content, {"Content-Type": "application/json", **headers})
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    keyed = {"Authorization": f"Bearer {TOKEN}"}
    assert ask("sms/messages", b"{}") == 401
    assert ask("sms/messages", b"not json", **keyed) == 400
    assert ask("sms/messages", json.dumps({"id": "1", "to": "abc", "text": "x"}).encode(), **keyed) == 422
    assert ask("control", b'{"behaviour": "odd"}') == 422
    assert ask("control", b'{"behaviour": "down"}', **{"Sec-Fetch-Site": "cross-site"}) == 403
    with urllib.request.urlopen(post.page, timeout=5) as page:
        assert "收到的短信和邮件" in page.read().decode()

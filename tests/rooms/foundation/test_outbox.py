"""Events reach every handler, in batches, and failures neither block nor vanish."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from yijianshi.foundation import events, outbox


@events.event("test.baked")
@dataclass(frozen=True)
class Baked:
    """A loaf is ready."""

    loaf: UUID
    weight: int = 1


@events.event("test.unheard")
@dataclass(frozen=True)
class Unheard:
    """Nobody listens."""

    what: str


heard: list[tuple[str, list[Baked]]] = []
poison: set[int] = set()


@events.handles(Baked)
def when_baked_sell(baked: list[Baked], at: datetime) -> None:
    assert at.tzinfo is not None
    heard.append(("sell", baked))


@events.handles(Baked)
def when_baked_weigh(baked: list[Baked], at: datetime) -> None:
    with connection.cursor() as cursor:  # an effect that must vanish together with a failure
        cursor.execute("CREATE TABLE IF NOT EXISTS pg_temp.weighed (weight int)")
        cursor.executemany("INSERT INTO pg_temp.weighed VALUES (%s)", [[loaf.weight] for loaf in baked])
    if any(loaf.weight in poison for loaf in baked):
        raise ValueError("scales broke")
    heard.append(("weigh", baked))


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    heard.clear()
    poison.clear()
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.weighed")


pytestmark = pytest.mark.django_db


def weighed() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT weight FROM pg_temp.weighed ORDER BY 1")
        return [weight for (weight,) in cursor.fetchall()]


def test_each_handler_gets_its_own_row_and_a_whole_batch() -> None:
    loaves = [Baked(uuid4(), weight) for weight in (1, 2, 3)]
    events.publish(*loaves, Unheard("x"))
    assert outbox.measure().waiting == 6
    assert outbox.deliver_pending() == 6
    assert sorted(heard, key=lambda pair: pair[0]) == [("sell", loaves), ("weigh", loaves)]
    assert outbox.measure() == outbox.Backlog(0, 0, 0.0)
    assert outbox.deliver_pending() == 0


def test_batches_are_limited() -> None:
    events.publish(*(Baked(uuid4()) for _ in range(5)))
    outbox.deliver_pending(limit=2)
    assert sorted(len(batch) for _, batch in heard) == [1, 1, 2, 2, 2, 2]


def test_nothing_is_written_when_nobody_listens() -> None:
    events.publish(Unheard("tree"))
    assert outbox.measure().waiting == 0


def test_nothing_is_delivered_from_a_transaction_that_failed() -> None:
    with transaction.atomic():
        events.publish(Baked(uuid4()))
        transaction.set_rollback(True)
    assert outbox.deliver_pending() == 0
    assert heard == []


def test_one_bad_event_holds_up_neither_its_batch_nor_others() -> None:
    poison.add(2)
    loaves = [Baked(uuid4(), weight) for weight in (1, 2, 3)]
    events.publish(*loaves)
    outbox.deliver_pending()
    assert weighed() == [1, 3]  # each exactly once, though the batch was tried before
    assert [batch for kind, batch in heard if kind == "weigh"] == [[loaves[0]], [loaves[2]]]
    assert ("sell", loaves) in heard
    assert outbox.measure().waiting == 1


def test_back_off_grows_and_an_event_gets_stuck_after_ten_attempts() -> None:
    poison.add(1)
    events.publish(Baked(uuid4(), 1))
    waits = []
    for _ in range(outbox.ATTEMPTS):
        assert outbox.list_stuck() == []
        outbox.deliver_pending()
        with connection.cursor() as cursor:
            cursor.execute("SELECT attempts, extract(epoch FROM next_at - statement_timestamp()) FROM foundation_outbox")
            attempts, wait = cursor.fetchone()
            waits.append(float(wait))
            cursor.execute("UPDATE foundation_outbox SET next_at = statement_timestamp()")
        assert 0.5 * 2 ** (attempts - 1) <= wait <= 1.5 * 2 ** (attempts - 1)
    assert outbox.deliver_pending() == 0
    (stuck,) = outbox.list_stuck()
    assert (stuck.attempts, stuck.error) == (10, "ValueError: scales broke")
    assert stuck.handler.endswith("when_baked_weigh")
    poison.clear()
    assert outbox.retry_stuck([stuck.id]) == 1
    assert outbox.deliver_pending() == 1
    assert weighed() == [1]


def test_a_handler_that_left_the_code_is_reported_not_forgotten() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO foundation_outbox (handler, event, payload) VALUES ('gone.handler', 'test.baked', '{}')")
    outbox.deliver_pending()
    with connection.cursor() as cursor:
        cursor.execute("SELECT attempts, error FROM foundation_outbox")
        assert cursor.fetchone() == (1, "HandlerGone: gone.handler for test.baked")


def test_rows_are_the_same_as_published() -> None:
    loaf = Baked(uuid4(), 4)
    written = events.rows(loaf)
    assert {handler.rpartition(".")[2] for handler, _, _ in written} == {"when_baked_sell", "when_baked_weigh"}
    assert [events.load(name, json.loads(payload)) for _, name, payload in written] == [loaf, loaf]

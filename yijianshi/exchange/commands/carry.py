"""What a courier does with the database: take messages that are due, and write down what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.db import transaction

from yijianshi.exchange.commands.tables import OUT_CONTEXT
from yijianshi.exchange.connectors.port import Message, Sent
from yijianshi.exchange.logic.breaker import Breaker, wait_after
from yijianshi.exchange.models import Health
from yijianshi.exchange.queries.locks import DUE, lock_due
from yijianshi.exchange.queries.neighbours import dialect_of
from yijianshi.foundation import batch as writes
from yijianshi.foundation import sealing

LEASE = timedelta(minutes=3)  # longer than any request may take; a courier killed meanwhile loses its claim after it
_DELIVERED = "UPDATE exchange_outgoing SET delivered_at = %s, error = '' WHERE id = ANY(%s::uuid[]) AND delivered_at IS NULL"
_REFUSED = "UPDATE exchange_outgoing SET refused = %s, error = %s WHERE id = %s AND delivered_at IS NULL"
_AGAIN = f"""
UPDATE exchange_outgoing AS o SET next_at = new.next_at, error = %s
FROM unnest(%s::uuid[], %s::timestamptz[]) AS new(id, next_at) WHERE o.id = new.id AND {DUE}
"""  # noqa: S608
_HASTEN = f"""
UPDATE exchange_outgoing SET next_at = %s::timestamptz - interval '1 second' / (attempts + 1)
WHERE neighbour = %s AND {DUE} AND attempts > 0 AND next_at > %s
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message leased to this courier, and the how-manieth try this is."""

    message: Message
    attempts: int


def claim(neighbour: str, most: int, *, at: datetime) -> list[Claimed]:
    """Lease up to *most* messages that are due, oldest first; they come back by themselves when the lease ends."""
    rows = lock_due(neighbour, most, at=at, until=at + LEASE)
    return [_claimed(neighbour, row) for row in sorted(rows, key=lambda row: (row[2], row[3]))]


@transaction.atomic
def note_sent(claimed: Sequence[Claimed], sent: Sent, *, at: datetime, jitter: float) -> None:
    """Write down what became of a batch the neighbour answered; what it left out rests and is sent again."""
    batch = writes.Batch()
    if sent.taken:
        batch.execute(_DELIVERED, [at, list(sent.taken)])
    for one in sent.refused:
        batch.execute(_REFUSED, [one.code[:60] or "REFUSED", one.message[:500], one.id])
    settled = {*sent.taken, *(one.id for one in sent.refused)}
    _again(batch, [one for one in claimed if one.message.id not in settled], "not in the neighbour's answer", at, jitter)
    batch.flush()


@transaction.atomic
def note_away(claimed: Sequence[Claimed], why: str, *, at: datetime, jitter: float) -> None:
    """Write down that the neighbour was away; every message rests and is sent again, without end."""
    batch = writes.Batch()
    _again(batch, claimed, why, at, jitter)
    batch.flush()


@transaction.atomic
def hasten(neighbour: str, *, at: datetime) -> None:
    """Make what rests after failed tries due now, because the neighbour may be back; what failed least goes first.

    What another courier has in hand may so be sent twice; the neighbour knows messages by their ids.
    """
    batch = writes.Batch()
    batch.execute(_HASTEN, [at, neighbour, at])
    batch.flush()


def load_breaker(neighbour: str) -> Breaker:
    """Return how the neighbour is doing."""
    row = Health.objects.filter(neighbour=neighbour).first()
    return Breaker(row.failures, row.open_until) if row else Breaker()


def store_breaker(neighbour: str, breaker: Breaker, *, at: datetime, error: str = "") -> None:
    """Keep how the neighbour is doing, for other couriers and for operators."""
    seen: dict[str, Any] = {"failures": breaker.failures, "open_until": breaker.open_until, "error": error[:500]}
    seen["last_bad_at" if error else "last_good_at"] = at
    Health.objects.update_or_create(neighbour=neighbour, defaults=seen)


def _claimed(neighbour: str, row: Sequence[Any]) -> Claimed:
    message_id, kind, about, sequence, created_at, sealed, attempts = row
    body = orjson.loads(sealing.unseal(sealed, OUT_CONTEXT))
    if isinstance(body.get("facts"), dict):
        body["facts"] = dialect_of(neighbour).outward(body["facts"])
    return Claimed(Message(message_id, kind, about, sequence, created_at, body), attempts)


def _again(batch: writes.Batch, claimed: Sequence[Claimed], why: str, at: datetime, jitter: float) -> None:
    if claimed:
        moments = [at + wait_after(one.attempts, jitter) for one in claimed]
        batch.execute(_AGAIN, [why[:500], [one.message.id for one in claimed], moments])

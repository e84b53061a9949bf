"""Sending what is due: taken under a lease, sent outside any transaction, noted what became of it.

Killed in between, an event is sent again under the same id after its lease. One that fails rests, and so does its subscription.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import orjson
import structlog
from django.db import transaction

from yijianshi.exchange.webhooks.logic import retrying, signing
from yijianshi.exchange.webhooks.models import Event, Subscription
from yijianshi.exchange.webhooks.queries.locks import lease_due, lock_subscription

_log = structlog.get_logger()
GONE = 410


@dataclass(frozen=True, slots=True)
class Sending:
    """One request to make."""

    address: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the receiver answered: its status, 0 for no answer, and why in a word."""

    status: int
    error: str = ""

    @property
    def is_good(self) -> bool:
        """Say whether it was taken."""
        return 200 <= self.status < 300


def send_due(post: Callable[[Sending], Outcome], *, at: datetime, most: int = 20) -> int:
    """Send the oldest due event of each of up to *most* subscriptions; return how many were tried."""
    with transaction.atomic():
        ids = lease_due(most, at=at, until=at + retrying.LEASE)
    for event_id in ids:
        _send_one(event_id, post, at)
    return len(ids)


def _send_one(event_id: UUID, post: Callable[[Sending], Outcome], at: datetime) -> None:
    event = Event.objects.select_related("subscription").get(id=event_id)
    body = orjson.dumps(event.body)
    signed = signing.headers(str(event.id), int(at.timestamp()), body, _secrets(event.subscription, at))
    outcome = post(Sending(event.subscription.address, {"Content-Type": "application/json", **signed}, body))
    _note(event, outcome, at)


@transaction.atomic
def _note(event: Event, outcome: Outcome, at: datetime) -> None:
    row = lock_subscription(event.subscription_id)
    event.status, event.error = outcome.status or None, outcome.error[:200]
    if outcome.is_good:
        event.delivered_at = at
        row.failing_since, row.failures, row.rests_until, row.last_good_at = None, 0, None, at
    else:
        wait = retrying.wait(max(event.attempts, row.failures + 1), random.uniform(0.7, 1.3))  # noqa: S311
        event.next_at, row.rests_until = at + wait, at + wait
        event.given_up_at = at if event.attempts >= retrying.MOST_ATTEMPTS else None
        row.failures, row.failing_since = row.failures + 1, row.failing_since or at
        _end_if_hopeless(row, outcome, at)
    event.save(update_fields=["status", "error", "delivered_at", "next_at", "given_up_at"])
    row.save(update_fields=["failing_since", "failures", "rests_until", "last_good_at", "ended_at", "ended_why"])


def _end_if_hopeless(row: Subscription, outcome: Outcome, at: datetime) -> None:
    failing_long = row.failing_since is not None and at - row.failing_since > retrying.SWITCHED_OFF_AFTER
    if outcome.status == GONE or failing_long:
        row.ended_at, row.ended_why = at, "GONE" if outcome.status == GONE else "FAILING"
        _log.warning("webhooks.switched_off", subscription_id=str(row.id), why=row.ended_why)


def _secrets(row: Subscription, at: datetime) -> list[str]:
    old = [str(row.old_secret)] if row.old_secret and row.old_until is not None and row.old_until > at else []
    return [str(row.secret), *old]

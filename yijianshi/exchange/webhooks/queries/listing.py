"""One's own subscriptions and what was sent to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.exchange.webhooks.models import Event, Subscription
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

PAGE = 50
THIS = Text("这个通知地址", "This webhook")


@dataclass(frozen=True, slots=True)
class SubscriptionCard:
    """One subscription without its secret."""

    id: UUID
    address: str
    kinds: tuple[str, ...]
    created_at: datetime
    failing_since: datetime | None
    failures: int
    last_good_at: datetime | None
    ended_at: datetime | None
    ended_why: str


@dataclass(frozen=True, slots=True)
class EventCard:
    """One event and what became of it."""

    id: UUID
    kind: str
    body: dict[str, Any]
    created_at: datetime
    attempts: int
    delivered_at: datetime | None
    given_up_at: datetime | None
    next_at: datetime | None
    status: int | None
    error: str


def list_subscriptions(*, by: Actor) -> list[SubscriptionCard]:
    """Return the actor's own subscriptions, newest first, ended ones too."""
    if by.account_id is None:
        return []
    rows = Subscription.objects.filter(account_id=by.account_id).order_by("-created_at")[:PAGE]
    return [_card(row) for row in rows]


def list_events(subscription_id: UUID, *, by: Actor, before: UUID | None = None) -> list[EventCard]:
    """Return up to 50 events of one's own subscription, newest first; raises NotFound."""
    if by.account_id is None or not Subscription.objects.filter(id=subscription_id, account_id=by.account_id).exists():
        raise NotFound(what=THIS)
    rows = Event.objects.filter(subscription_id=subscription_id)
    rows = rows.filter(id__lt=before) if before else rows
    return [_event(row) for row in rows.order_by("-id")[:PAGE]]


def _card(row: Subscription) -> SubscriptionCard:
    return SubscriptionCard(
        id=row.id,
        address=row.address,
        kinds=tuple(row.kinds),
        created_at=row.created_at,
        failing_since=row.failing_since,
        failures=row.failures,
        last_good_at=row.last_good_at,
        ended_at=row.ended_at,
        ended_why=row.ended_why,
    )


def _event(row: Event) -> EventCard:
    is_open = row.delivered_at is None and row.given_up_at is None
    return EventCard(
        id=row.id,
        kind=row.kind,
        body=row.body,
        created_at=row.created_at,
        attempts=row.attempts,
        delivered_at=row.delivered_at,
        given_up_at=row.given_up_at,
        next_at=row.next_at if is_open else None,
        status=row.status,
        error=row.error,
    )

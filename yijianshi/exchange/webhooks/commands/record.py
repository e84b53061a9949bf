"""Writing down what subscribers are to be told, in the transaction of whoever tells the person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from yijianshi.exchange.webhooks.logic.retrying import KEPT
from yijianshi.exchange.webhooks.models import Event, Subscription
from yijianshi.foundation.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What one person is told: *kind* is the event of the house, *outcome* its variant."""

    person_id: UUID
    kind: str
    outcome: str = ""
    application_id: UUID | None = None


def record(news: Sequence[News], *, at: datetime) -> int:
    """Write an event for each subscription of these people that wants it; return how many."""
    people = {one.person_id for one in news}
    if not people:
        return 0
    wanted: dict[UUID, list[Subscription]] = {}
    for row in Subscription.objects.filter(person_id__in=people, ended_at=None):
        wanted.setdefault(row.person_id, []).append(row)
    rows = [
        new_event(row, one.kind, body_of(one), at)
        for one in news
        for row in wanted.get(one.person_id, ())
        if not row.kinds or one.kind in row.kinds
    ]
    Event.objects.bulk_create(rows)
    return len(rows)


def new_event(subscription: Subscription, kind: str, body: dict[str, Any], at: datetime) -> Event:
    """Return an unsaved event; its body names itself, so that a receiver need not keep the headers."""
    event_id = new_id()
    full = {"id": str(event_id), "kind": kind, "at": at.isoformat(timespec="milliseconds"), **body}
    return Event(id=event_id, subscription=subscription, kind=kind, body=full, created_at=at, next_at=at)


def body_of(one: News) -> dict[str, Any]:
    """Return what travels: no names, no numbers, only what happened and where to ask."""
    found: dict[str, Any] = {"outcome": one.outcome} if one.outcome else {}
    if one.application_id:
        found["application"] = str(one.application_id)
        found["link"] = f"{settings.PUBLIC_URL}/api/v1/applications/{one.application_id}/progress"
    return found


def forget_old(*, at: datetime) -> int:
    """Drop events too old to be replayed; return how many."""
    return Event.objects.filter(created_at__lt=at - KEPT).delete()[0]

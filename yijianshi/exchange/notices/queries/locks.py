"""Rows taken until the end of the transaction."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from yijianshi.exchange.notices.models import Delivery


def lock_open_digests(person_ids: Collection[UUID]) -> dict[tuple[UUID, str], UUID]:
    """Take the open digests of these people and return (person, channel) → delivery."""
    rows = Delivery.objects.filter(person_id__in=person_ids, is_digest=True, state=Delivery.State.WAITING, attempts=0)
    return {(row.person_id, row.channel): row.id for row in rows.order_by("id").select_for_update()}


def lock_due(channel: str, at: datetime, most: int) -> list[Delivery]:
    """Take deliveries that are due, stepping over those another sender holds."""
    due = Delivery.objects.filter(channel=channel, state=Delivery.State.WAITING, next_at__lte=at)
    return list(due.order_by("next_at", "id").select_for_update(skip_locked=True)[:most])

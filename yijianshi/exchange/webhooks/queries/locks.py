"""Taking events that are due, one for each subscription, so that a dead receiver never holds more than one sender."""

from datetime import datetime
from uuid import UUID

from yijianshi.exchange.webhooks.models import Subscription
from yijianshi.foundation import batch

_DUE = """
WITH ready AS MATERIALIZED (
  SELECT s.id FROM webhooks_subscription s WHERE s.ended_at IS NULL AND (s.rests_until IS NULL OR s.rests_until <= %s)
  AND EXISTS (SELECT 1 FROM webhooks_event e WHERE e.subscription_id = s.id AND e.next_at <= %s
              AND e.delivered_at IS NULL AND e.given_up_at IS NULL)
  ORDER BY s.rests_until NULLS FIRST, s.id LIMIT %s FOR UPDATE SKIP LOCKED),
first AS (
  SELECT DISTINCT ON (e.subscription_id) e.id FROM webhooks_event e JOIN ready ON ready.id = e.subscription_id
  WHERE e.next_at <= %s AND e.delivered_at IS NULL AND e.given_up_at IS NULL ORDER BY e.subscription_id, e.next_at, e.id)
UPDATE webhooks_event e SET next_at = %s, attempts = e.attempts + 1 FROM first WHERE e.id = first.id RETURNING e.id
"""


def lease_due(most: int, *, at: datetime, until: datetime) -> list[UUID]:
    """Lease the oldest due event of each of up to *most* subscriptions until that moment."""
    return [row[0] for row in batch.select(_DUE, [at, at, most, at, until])]


def lock_own(subscription_id: UUID, account_id: UUID | None) -> Subscription | None:
    """Take one's own open subscription until the end of the transaction."""
    if account_id is None:
        return None
    rows = Subscription.objects.select_for_update().filter(id=subscription_id, account_id=account_id, ended_at=None)
    return rows.first()


def lock_subscription(subscription_id: UUID) -> Subscription:
    """Take a subscription until the end of the transaction, for the house's own notes about it."""
    return Subscription.objects.select_for_update().get(id=subscription_id)

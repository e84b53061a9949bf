"""The tables of webhooks."""

from yijianshi.exchange.webhooks.models.subscription import Event, Subscription

__all__ = ["Event", "Subscription"]

"""What a program may ask about its webhooks."""

from yijianshi.exchange.webhooks.queries.listing import EventCard, SubscriptionCard, list_events, list_subscriptions

__all__ = ["EventCard", "SubscriptionCard", "list_events", "list_subscriptions"]

"""The verbs of webhooks."""

from yijianshi.exchange.webhooks.commands.record import News, forget_old, record
from yijianshi.exchange.webhooks.commands.send import send_due
from yijianshi.exchange.webhooks.commands.subscribe import (
    MOST_SUBSCRIPTIONS,
    TooManySubscriptions,
    UnknownKinds,
    ping,
    replace_secret,
    replay,
    subscribe,
    unsubscribe,
)

__all__ = [
    "MOST_SUBSCRIPTIONS",
    "News",
    "TooManySubscriptions",
    "UnknownKinds",
    "forget_old",
    "ping",
    "record",
    "replace_secret",
    "replay",
    "send_due",
    "subscribe",
    "unsubscribe",
]

"""Reads of this room; each takes the actor and returns only what the actor may see."""

from yijianshi.exchange.notices.queries.listing import (
    FailedDelivery,
    NoticeCard,
    count_unread,
    get_notice,
    list_given_up,
    list_notices,
)
from yijianshi.exchange.notices.queries.wishes import PreferenceCard, get_preference

__all__ = [
    "FailedDelivery",
    "NoticeCard",
    "PreferenceCard",
    "count_unread",
    "get_notice",
    "get_preference",
    "list_given_up",
    "list_notices",
]

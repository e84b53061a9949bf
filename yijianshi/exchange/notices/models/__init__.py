"""The tables of this room."""

from yijianshi.exchange.notices.models.delivery import Delivery, Enclosure
from yijianshi.exchange.notices.models.notice import Notice
from yijianshi.exchange.notices.models.preference import Preference

__all__ = ["Delivery", "Enclosure", "Notice", "Preference"]

"""The verbs of this room."""

from yijianshi.exchange.notices.commands.deliver import deliver_due
from yijianshi.exchange.notices.commands.notify import NewNotice, notify
from yijianshi.exchange.notices.commands.prefer import NotAnAddress, NotAnHour, Wishes, prefer
from yijianshi.exchange.notices.commands.read import read, read_all
from yijianshi.exchange.notices.commands.retry import retry_given_up

__all__ = [
    "NewNotice",
    "NotAnAddress",
    "NotAnHour",
    "Wishes",
    "deliver_due",
    "notify",
    "prefer",
    "read",
    "read_all",
    "retry_given_up",
]

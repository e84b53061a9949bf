"""The verbs of this room."""

from yijianshi.exchange.notices.commands.deliver import deliver_due
from yijianshi.exchange.notices.commands.notify import NewNotice, notify
from yijianshi.exchange.notices.commands.prefer import NotAnAddress, NotAnHour, Wishes, prefer
from yijianshi.exchange.notices.commands.read import read, read_all
from yijianshi.exchange.notices.commands.retry import retry_given_up
from yijianshi.exchange.notices.commands.text import NoPhone, TextNotSent, text_now

__all__ = [
    "NewNotice",
    "NoPhone",
    "NotAnAddress",
    "NotAnHour",
    "TextNotSent",
    "Wishes",
    "deliver_due",
    "notify",
    "prefer",
    "read",
    "read_all",
    "retry_given_up",
    "text_now",
]

"""Writes of this room, one function per verb."""

from yijianshi.crossregion.commands.correct import NothingAsked, PointOpen, answer_elsewhere
from yijianshi.crossregion.commands.forward import IdentityNotChecked, NotTheWindow, OriginalsMissing, receive_at_window

__all__ = [
    "IdentityNotChecked",
    "NotTheWindow",
    "NothingAsked",
    "OriginalsMissing",
    "PointOpen",
    "answer_elsewhere",
    "receive_at_window",
]

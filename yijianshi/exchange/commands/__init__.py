"""What the exchange room does."""

from yijianshi.exchange.commands.apply import apply_threads
from yijianshi.exchange.commands.desk import NoLongerStuck, NoteMissing, hand_to_person, retry_all, retry_message
from yijianshi.exchange.commands.neighbours import NeighbourFileWrong, NotYourNeighbours, apply_neighbours
from yijianshi.exchange.commands.receive import receive
from yijianshi.exchange.commands.reconcile import Compared, reconcile
from yijianshi.exchange.commands.send import Parcel, send

__all__ = [
    "Compared",
    "NeighbourFileWrong",
    "NoLongerStuck",
    "NotYourNeighbours",
    "NoteMissing",
    "Parcel",
    "apply_neighbours",
    "apply_threads",
    "hand_to_person",
    "receive",
    "reconcile",
    "retry_all",
    "retry_message",
    "send",
]

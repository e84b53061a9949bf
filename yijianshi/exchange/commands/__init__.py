"""What the exchange room does."""

from yijianshi.exchange.commands.apply import apply_threads
from yijianshi.exchange.commands.neighbours import NeighbourFileWrong, NotYourNeighbours, apply_neighbours
from yijianshi.exchange.commands.receive import receive
from yijianshi.exchange.commands.send import Parcel, send

__all__ = ["NeighbourFileWrong", "NotYourNeighbours", "Parcel", "apply_neighbours", "apply_threads", "receive", "send"]

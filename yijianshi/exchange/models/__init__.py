"""Tables of the exchange room."""

from yijianshi.exchange.models.message import Nonce, Outgoing, Received, ReceivingThread, Reconciliation, SendingThread
from yijianshi.exchange.models.neighbour import Health, Neighbour

__all__ = ["Health", "Neighbour", "Nonce", "Outgoing", "Received", "ReceivingThread", "Reconciliation", "SendingThread"]

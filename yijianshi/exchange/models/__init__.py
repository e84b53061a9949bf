"""Tables of the exchange room."""

from yijianshi.exchange.models.message import Nonce, Outgoing, Received, ReceivingThread, Reconciliation, SendingThread
from yijianshi.exchange.models.neighbour import Health, Neighbour
from yijianshi.exchange.models.sharing import Claim, Debt, Objection, RegisterRead, SharingConsent

__all__ = [
    "Claim",
    "Debt",
    "Health",
    "Neighbour",
    "Nonce",
    "Objection",
    "Outgoing",
    "Received",
    "ReceivingThread",
    "Reconciliation",
    "RegisterRead",
    "SendingThread",
    "SharingConsent",
]

"""What every sender offers: take one message under its id, or say that it did not."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from yijianshi.exchange.connectors.port import Away, Refused

__all__ = ["Away", "Letter", "Refused", "Sender"]


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one address; sent again under the same *id*, the gateway must not deliver it twice."""

    id: UUID
    address: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)


class Sender(Protocol):
    """One gateway."""

    def send(self, letter: Letter) -> None:
        """Hand over *letter*; raises Away (try again later) or Refused (never as it is)."""
        ...

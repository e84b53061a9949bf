"""The port for electronic seals (GB/T 38540-2020 [L]); seals themselves come with their own connector."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class SealMark:
    """What stands at the seal's place: the seal's picture (SVG), or words that say why there is none."""

    text: Text
    note: Text
    picture: str = ""


class Signer(Protocol):
    """Puts an issuer's electronic seal on a finished document."""

    @property
    def name(self) -> str:
        """Return what it is called."""
        ...

    def mark(self, issuer_id: UUID) -> SealMark:
        """Return what to draw at the seal's place for this issuer."""
        ...

    def sign(self, document: bytes, *, issuer_id: UUID, at: datetime) -> bytes:
        """Return the document with its signature; raises DomainError when the seal is not available."""
        ...


class NullSigner:
    """Signs nothing and says so where everybody sees it."""

    name = "none"

    def mark(self, issuer_id: UUID) -> SealMark:
        """Return the words for an empty seal place."""
        return SealMark(Text("电子印章将在此处", "Place of the electronic seal"), Text("未加盖电子印章", "Not sealed"))

    def sign(self, document: bytes, *, issuer_id: UUID, at: datetime) -> bytes:
        """Return the document as it is."""
        return document

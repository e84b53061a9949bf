"""The start page: one-things by person and business, filtered by what people call them."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from yijianshi.kernel.text import Text


class Card(Protocol):
    """What a list of things or items shows of each."""

    @property
    def name(self) -> Text:
        """Return what it is called officially."""

    @property
    def summary(self) -> Text:
        """Return what it is in one sentence."""

    @property
    def alias(self) -> Sequence[str]:
        """Return what people call it."""


C = TypeVar("C", bound=Card)


def matching(cards: Sequence[C], wanted: str) -> list[C]:
    """Return the cards whose name, alias or summary holds every word of *wanted*, in any case."""
    pieces = wanted.lower().split()
    return [card for card in cards if all(piece in _words(card) for piece in pieces)]


def _words(card: Card) -> str:
    parts = [card.name.zh, card.name.en, *card.alias, card.summary.zh, card.summary.en]
    return " ".join(parts).lower()

"""The start page: one-things by person and business, filtered by what people call them."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from yijianshi.kernel.text import Text


class Card(Protocol):
    """What a list of things or items shows of each."""

    code: str
    name: Text
    summary: Text | None
    alias: Sequence[str]


C = TypeVar("C", bound=Card)


def matching(cards: Sequence[C], wanted: str) -> list[C]:
    """Return the cards whose name, alias or summary holds every word of *wanted*, in any case."""
    pieces = wanted.lower().split()
    return [card for card in cards if all(piece in _words(card) for piece in pieces)]


def _words(card: Card) -> str:
    parts = [card.name.zh, card.name.en, *card.alias]
    parts += [card.summary.zh, card.summary.en] if card.summary else []
    return " ".join(parts).lower()

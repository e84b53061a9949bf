"""What an incoming message means: rooms above register one function for each kind, as they do for events.

The function gets the messages of one kind from several threads at once, in a transaction that also marks them applied. It raises
a DomainError for one that cannot be applied as things stand; that message then waits at the desk with the reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message from a neighbour, its body already in the house's names."""

    neighbour: str
    message_id: UUID
    kind: str
    about: str
    sequence: int
    at: datetime
    body: Body = field(repr=False)


Apply = Callable[[Sequence[Incoming], datetime], None]


@dataclass(frozen=True, slots=True)
class Meaning:
    """How one kind of message is applied; *opens*: it may begin a thread we never wrote in."""

    apply: Apply
    opens: bool = False


_meanings: dict[str, Meaning] = {}


def applies(*kinds: str, opens: bool = False) -> Callable[[Apply], Apply]:
    """Register a function for these kinds of message; raises ValueError when a kind is taken."""

    def register(apply: Apply) -> Apply:
        for kind in kinds:
            if kind in _meanings and _meanings[kind].apply is not apply:
                raise ValueError(f"two functions apply {kind}")
            _meanings[kind] = Meaning(apply, opens)
        return apply

    return register


def meaning_of(kind: str) -> Meaning | None:
    """Return how messages of this kind are applied, None when the house does not know it."""
    return _meanings.get(kind)


def known_kinds() -> list[str]:
    """Return every kind the house understands, for the generated reference."""
    return sorted(_meanings)

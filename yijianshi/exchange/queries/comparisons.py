"""When both sides were last compared with each neighbour, and what that mended, for the desk. Counts only, no bodies."""

from dataclasses import dataclass
from datetime import datetime

from yijianshi.exchange.queries.desk import LOOK, NotYourDesk
from yijianshi.exchange.queries.neighbours import list_neighbours
from yijianshi.foundation import batch
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.text import Text

_LAST = """
SELECT DISTINCT ON (neighbour) neighbour, at, max(at) FILTER (WHERE error = '') OVER (PARTITION BY neighbour),
compared, sent_again, asked_again, applied_again, error
FROM exchange_reconciliation ORDER BY neighbour, at DESC, id DESC
"""
_NEVER = (None, None, 0, 0, 0, 0, "")


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """The last comparison with one neighbour; *at* is None when there was none yet."""

    code: str
    name: Text
    is_enabled: bool
    at: datetime | None
    finished_at: datetime | None  # the last one that came to its end
    compared: int  # threads
    sent_again: int  # messages they had lost
    asked_again: int  # threads in which we lacked something of theirs
    applied_again: int  # threads whose messages lay here unapplied
    error: str


def list_comparisons(*, by: Actor) -> list[ComparisonRow]:
    """Return each neighbour's last comparison, by code. Raises NotYourDesk."""
    if not (by.is_system or (by.is_staff and by.has_role(*LOOK))):
        raise NotYourDesk
    last = {row[0]: row[1:] for row in batch.select(_LAST, [])}
    cards = list_neighbours()
    return [ComparisonRow(card.code, card.name, card.is_enabled, *last.get(card.code, _NEVER)) for card in cards]

"""Taking rows for a command: threads in order of their key, before any application or case; messages that are due, by lease."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from yijianshi.exchange.models import Neighbour, Received
from yijianshi.foundation import batch

DUE = "delivered_at IS NULL AND closed_at IS NULL AND refused = ''"
_LOCK = """
SELECT r.neighbour, r.about, r.applied FROM exchange_receiving r
JOIN unnest(%s::text[], %s::text[]) AS asked(neighbour, about) USING (neighbour, about)
ORDER BY r.neighbour, r.about FOR UPDATE OF r
"""
_SENDING = """
INSERT INTO exchange_sending (neighbour, about, last)
SELECT neighbour, about, 0 FROM unnest(%s::text[], %s::text[]) AS asked(neighbour, about) ORDER BY neighbour, about
ON CONFLICT (neighbour, about) DO UPDATE SET last = exchange_sending.last RETURNING neighbour, about, last
"""
_CLAIM = f"""
WITH due AS MATERIALIZED (SELECT id FROM exchange_outgoing WHERE neighbour = %s AND {DUE} AND next_at <= %s
ORDER BY next_at, id LIMIT %s FOR UPDATE SKIP LOCKED)
UPDATE exchange_outgoing AS o SET next_at = %s, attempts = o.attempts + 1 FROM due WHERE o.id = due.id
RETURNING o.id, o.kind, o.about, o.sequence, o.created_at, o.body, o.attempts
"""  # noqa: S608


def lock_threads(keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Take these threads (neighbour, about) and return the last number applied in each."""
    rows = batch.select(_LOCK, [[key[0] for key in keys], [key[1] for key in keys]])
    return {(neighbour, about): applied for neighbour, about, applied in rows}


def lock_sending(keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Take our direction of these threads (neighbour, about), begun if need be, and return the last number sent in each.

    For what is sent by counting: who holds the number knows what the next message is, and nobody sends it meanwhile.
    """
    ordered = sorted(set(keys))
    rows = batch.select(_SENDING, [[key[0] for key in ordered], [key[1] for key in ordered]]) if ordered else []
    return {(neighbour, about): last for neighbour, about, last in rows}


def lock_due(neighbour: str, most: int, *, at: datetime, until: datetime) -> list[tuple[Any, ...]]:
    """Lease up to *most* messages that are due, oldest first, until that moment; what another courier holds is stepped over."""
    return batch.select(_CLAIM, [neighbour, at, most, until])


def lock_neighbours() -> dict[str, Neighbour]:
    """Take all neighbours."""
    return {row.code: row for row in Neighbour.objects.select_for_update().order_by("code")}


def lock_received(row_id: int) -> Received | None:
    """Take one message that came in and is not applied; None when there is none (any more)."""
    return Received.objects.select_for_update().filter(id=row_id, applied_at=None).first()

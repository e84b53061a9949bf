"""Where we stand in the threads with a neighbour."""

from collections.abc import Collection, Sequence
from datetime import datetime

from yijianshi.exchange.connectors.port import ThreadState
from yijianshi.foundation import batch

_STATES = """
SELECT asked.about, coalesce(s.last, 0), coalesce(r.applied, 0) + (
  SELECT count(*) FROM (SELECT m.sequence - row_number() OVER (ORDER BY m.sequence) AS gap FROM exchange_received m
  WHERE m.neighbour = %s AND m.about = asked.about AND m.sequence > coalesce(r.applied, 0)) AS held
  WHERE gap = coalesce(r.applied, 0))
FROM unnest(%s::text[]) AS asked(about)
LEFT JOIN exchange_sending s ON s.neighbour = %s AND s.about = asked.about
LEFT JOIN exchange_receiving r ON r.neighbour = %s AND r.about = asked.about
WHERE s.last IS NOT NULL OR r.applied IS NOT NULL ORDER BY asked.about
"""


_CARRIED = """
SELECT DISTINCT about FROM exchange_outgoing WHERE about = ANY(%s) AND kind = 'case.handed_over' AND delivered_at > %s
"""


def carried_since(abouts: Collection[str], since: datetime) -> set[str]:
    """Return those of these cases that were really handed over to another system since that moment."""
    return {row[0] for row in batch.select(_CARRIED, [list(abouts), since])} if abouts else set()


def list_threads(neighbour: str, about: Sequence[str]) -> list[ThreadState]:
    """Return our side of these threads, leaving out unknown ones: *received* is the highest number without a hole."""
    rows = batch.select(_STATES, [neighbour, list(dict.fromkeys(about)), neighbour, neighbour])
    return [ThreadState(about, received, sent) for about, sent, received in rows]

"""How the neighbours are doing, for operators: no message bodies, no persons."""

from dataclasses import dataclass
from datetime import datetime

from yijianshi.exchange.models import Health
from yijianshi.exchange.queries.neighbours import list_neighbours
from yijianshi.foundation import batch
from yijianshi.kernel.text import Text

_COUNTS = """
SELECT neighbour, count(*) FILTER (WHERE refused = ''), count(*) FILTER (WHERE refused <> ''), min(created_at)
FROM exchange_outgoing WHERE delivered_at IS NULL AND closed_at IS NULL GROUP BY neighbour
"""
_HELD = "SELECT neighbour, count(*) FROM exchange_received WHERE applied_at IS NULL AND error <> '' GROUP BY neighbour"


@dataclass(frozen=True, slots=True)
class HealthRow:
    """One neighbour: what waits for it, what is stuck in either direction, and its last trouble."""

    code: str
    name: Text
    connector: str
    is_enabled: bool
    is_well: bool
    waiting: int
    stuck: int
    oldest_at: datetime | None
    failures: int
    open_until: datetime | None
    last_good_at: datetime | None
    last_bad_at: datetime | None
    error: str


def list_health() -> list[HealthRow]:
    """Return every neighbour's state, by code."""
    counts = {code: (waiting, refused, oldest) for code, waiting, refused, oldest in batch.select(_COUNTS, [])}
    held: dict[str, int] = dict(batch.select(_HELD, []))
    health = {row.neighbour: row for row in Health.objects.all()}
    rows = []
    for card in list_neighbours():
        waiting, refused, oldest = counts.get(card.code, (0, 0, None))
        own = health.get(card.code) or Health(neighbour=card.code)
        rows.append(
            HealthRow(
                code=card.code,
                name=card.name,
                connector=card.entry.connector,
                is_enabled=card.is_enabled,
                is_well=own.failures == 0,
                waiting=waiting,
                stuck=refused + held.get(card.code, 0),
                oldest_at=oldest,
                failures=own.failures,
                open_until=own.open_until,
                last_good_at=own.last_good_at,
                last_bad_at=own.last_bad_at,
                error=own.error if own.failures else "",
            )
        )
    return rows

"""Sending: a message is written with the change it tells of; the courier carries it after the commit."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from yijianshi.exchange.commands.tables import COURIER_CHANNEL, OUT_CONTEXT, OUTGOING
from yijianshi.exchange.connectors.wire import ABOUT
from yijianshi.foundation import batch as writes
from yijianshi.foundation import sealing
from yijianshi.foundation.ids import new_id

# In order of the key, so that two transactions that send in the same threads wait for each other instead of blocking each other.
_NUMBERS = """
INSERT INTO exchange_sending (neighbour, about, last)
SELECT * FROM unnest(%s::text[], %s::text[], %s::int[]) AS asked(neighbour, about, n) ORDER BY neighbour, about
ON CONFLICT (neighbour, about) DO UPDATE SET last = exchange_sending.last + excluded.last RETURNING neighbour, about, last
"""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What to tell one neighbour; *body* in the house's own names (the courier translates)."""

    neighbour: str
    kind: str
    about: str
    body: Mapping[str, Any] = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse a thread that no comparison could name; raises ValueError."""
        if not re.fullmatch(ABOUT, self.about):
            raise ValueError(f"{self.about!r} cannot be the name of a thread")


def send(parcels: Sequence[Parcel], *, at: datetime) -> list[UUID]:
    """Write *parcels* for the courier, inside the caller's transaction, and return the ids of the messages.

    Numbers follow the order given, within each thread. The caller calls once per change (as an event's handler does).
    """
    if not parcels:
        return []
    counted = Counter((parcel.neighbour, parcel.about) for parcel in parcels)
    keys = sorted(counted)
    found = writes.select(_NUMBERS, [[key[0] for key in keys], [key[1] for key in keys], [counted[key] for key in keys]])
    next_number = {(neighbour, about): last - counted[neighbour, about] + 1 for neighbour, about, last in found}
    bodies = sealing.seal_many((orjson.dumps(parcel.body, default=str).decode() for parcel in parcels), OUT_CONTEXT)
    rows = []
    for parcel, body in zip(parcels, bodies, strict=True):
        key = (parcel.neighbour, parcel.about)
        rows.append((new_id(), parcel.neighbour, parcel.kind, parcel.about, next_number[key], body, at, at))
        next_number[key] += 1
    batch = writes.Batch()
    batch.insert(OUTGOING, rows)
    batch.notify(COURIER_CHANNEL)
    batch.flush()
    return [row[0] for row in rows]

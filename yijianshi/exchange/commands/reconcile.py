"""Comparing both sides: what they lost is sent again, what we lack is asked for again, what lies here unapplied is applied.

Nothing is decided here: messages keep their ids, so whoever has one already knows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from yijianshi.exchange.commands.tables import COURIER_CHANNEL
from yijianshi.exchange.connectors.port import Away, CannotDo, Connector, Refused, ThreadState
from yijianshi.exchange.events import ThreadAdvanced
from yijianshi.exchange.models import Reconciliation
from yijianshi.exchange.queries.threads import list_threads
from yijianshi.foundation import batch as writes
from yijianshi.foundation import events

LOOKS_BACK = timedelta(days=60)
_AT_ONCE = 500
_THREADS = """
SELECT DISTINCT about FROM exchange_outgoing WHERE neighbour = %s AND created_at > %s AND closed_at IS NULL
ORDER BY about
"""
_AGAIN = """
UPDATE exchange_outgoing o SET delivered_at = NULL, next_at = %s, error = 'the other side did not have it'
FROM unnest(%s::text[], %s::int[]) AS lost(about, received)
WHERE o.neighbour = %s AND o.about = lost.about AND o.sequence > lost.received AND o.delivered_at < %s AND o.closed_at IS NULL
RETURNING o.id
"""
_LYING = """
SELECT DISTINCT m.about FROM exchange_received m LEFT JOIN exchange_receiving r USING (neighbour, about)
WHERE m.neighbour = %s AND m.applied_at IS NULL AND m.error = '' AND m.sequence = coalesce(r.applied, 0) + 1
AND m.received_at < %s
"""
SETTLES = timedelta(minutes=2)  # what is younger may still be under way


@dataclass(frozen=True, slots=True)
class Compared:
    """What one comparison found and mended."""

    compared: int = 0
    sent_again: int = 0
    asked_again: int = 0
    applied_again: int = 0
    error: str = ""


def reconcile(neighbour: str, connector: Connector, *, at: datetime) -> Compared:
    """Compare every thread of the last sixty days with *neighbour*, mend what differs, and keep what was found."""
    found = Compared(applied_again=_apply_again(neighbour, at))
    abouts = [row[0] for row in writes.select(_THREADS, [neighbour, at - LOOKS_BACK])]
    try:
        for start in range(0, len(abouts), _AT_ONCE):
            found = _compare(neighbour, connector, abouts[start : start + _AT_ONCE], found, at)
    except (Away, Refused, CannotDo) as error:
        found = replace(found, error=f"{type(error).__name__}: {error}"[:500])
    return _keep(neighbour, found, at)


def note_not_compared(neighbour: str, error: str, *, at: datetime) -> Compared:
    """Keep that a comparison broke off for a reason nobody expected, so that the last good one is not taken for it."""
    return _keep(neighbour, Compared(error=error[:500]), at)


def send_after(neighbour: str, about: str, after: int, *, at: datetime) -> int:
    """Send again what follows that number of one thread, at the neighbour's wish; return how many messages."""
    return _send_again(neighbour, {about: after}, at)


def _keep(neighbour: str, found: Compared, at: datetime) -> Compared:
    Reconciliation.objects.create(
        neighbour=neighbour,
        at=at,
        compared=found.compared,
        sent_again=found.sent_again,
        asked_again=found.asked_again,
        applied_again=found.applied_again,
        error=found.error,
    )
    return found


def _compare(neighbour: str, connector: Connector, abouts: Sequence[str], found: Compared, at: datetime) -> Compared:
    theirs = {one.about: one for one in connector.threads(abouts)}
    ours = list_threads(neighbour, abouts)
    unknown = ThreadState("", 0, 0)
    lost = {one.about: received for one in ours if (received := theirs.get(one.about, unknown).received) < one.sent}
    again = _send_again(neighbour, lost, at)
    missing = [one for one in ours if theirs.get(one.about, unknown).sent > one.received]
    for one in missing:
        connector.resend(one.about, one.received)
    return replace(
        found,
        compared=found.compared + len(abouts),
        sent_again=found.sent_again + again,
        asked_again=found.asked_again + len(missing),
    )


def _send_again(neighbour: str, lost: dict[str, int], at: datetime) -> int:
    if not lost:
        return 0
    with writes.writing() as batch:
        rows = writes.select(_AGAIN, [at, list(lost), list(lost.values()), neighbour, at - SETTLES])
        batch.notify(COURIER_CHANNEL)
    return len(rows)


def _apply_again(neighbour: str, at: datetime) -> int:
    with writes.writing() as batch:
        lying = [row[0] for row in writes.select(_LYING, [neighbour, at - SETTLES])]
        events.add(batch, [ThreadAdvanced(neighbour, about) for about in lying])
    return len(lying)

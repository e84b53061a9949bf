"""Deliver events: each batch for one handler in one transaction, so its effect and its removal commit together.

What that promises: a worker killed at any moment has done a batch wholly or not at all; two workers never take the same row; a
row that fails is tried alone, then again ever later (with jitter), and after ten attempts it stays for an operator to look at.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import connection, transaction

from yijianshi.foundation import batch as writes
from yijianshi.foundation import clock, events

ATTEMPTS = 10
_LONGEST_WAIT_SECONDS = 3_600
_log = structlog.get_logger()

_DUE = f"attempts < {ATTEMPTS} AND next_at <= statement_timestamp()"
# Taking is deleting: rows come back when the transaction does not commit. The first due row decides which handler's batch is
# taken; rows another worker holds are stepped over.
_DELETE = "DELETE FROM foundation_outbox AS o USING taken WHERE o.id = taken.id RETURNING o.id, o.handler, o.event, o.payload"
_TAKE = f"""
WITH first AS (SELECT handler, event FROM foundation_outbox WHERE {_DUE} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED),
taken AS MATERIALIZED (SELECT o.id FROM foundation_outbox AS o, first WHERE o.handler = first.handler AND o.event = first.event
AND o.{_DUE} ORDER BY o.id LIMIT %s FOR UPDATE OF o SKIP LOCKED) {_DELETE}
"""  # noqa: S608
_TAKE_ONE = f"""
WITH taken AS MATERIALIZED (SELECT id FROM foundation_outbox WHERE id = %s AND {_DUE} FOR UPDATE SKIP LOCKED) {_DELETE}
"""  # noqa: S608
_FAILED = """
UPDATE foundation_outbox SET attempts = attempts + 1, error = %s,
next_at = statement_timestamp() + make_interval(secs => least(power(2, attempts), %s) * %s) WHERE id = %s RETURNING attempts
"""


class HandlerGone(Exception):
    """The code no longer has a handler of this name for this event."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A row that failed ten times and waits for an operator."""

    id: int
    handler: str
    event: str
    created_at: datetime
    attempts: int
    error: str


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits: rows to deliver, rows stuck, and the age of the oldest deliverable one in seconds."""

    waiting: int
    stuck: int
    oldest_seconds: float


def deliver_pending(limit: int = 200) -> int:
    """Deliver until nothing is due, at most *limit* rows in one transaction; return how many rows were worked on."""
    total = 0
    while taken := deliver_batch(limit):
        total += taken
    return total


def deliver_batch(limit: int = 200) -> int:
    """Deliver one batch for one handler and return its size; 0 means nothing is due."""
    taken: list[tuple[Any, ...]] = []
    try:
        with transaction.atomic():
            taken = sorted(writes.select(_TAKE, [limit]))
            _deliver(taken)
    except Exception as error:  # whatever a handler raises must not stop the others
        if len(taken) == 1:
            _note_failure(taken[0], error)
        elif taken:
            _deliver_singly([row[0] for row in taken])
        else:
            raise
    return len(taken)


def list_stuck(limit: int = 100) -> list[Stuck]:
    """Return the rows that need an operator, oldest first."""
    from yijianshi.foundation.models import OutboxRow

    names = ("id", "handler", "event", "created_at", "attempts", "error")
    return [Stuck(*row) for row in OutboxRow.objects.filter(attempts__gte=ATTEMPTS).order_by("id").values_list(*names)[:limit]]


def retry_stuck(ids: Sequence[int]) -> int:
    """Give stuck rows a fresh set of attempts and return how many there were."""
    from yijianshi.foundation.models import OutboxRow

    with transaction.atomic():
        return OutboxRow.objects.filter(id__in=ids, attempts__gte=ATTEMPTS).update(attempts=0, next_at=clock.now())


def measure() -> Backlog:
    """Return how much waits in the outbox."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE attempts < %s), count(*) FILTER (WHERE attempts >= %s), "
            "coalesce(extract(epoch FROM statement_timestamp() - min(next_at) FILTER (WHERE attempts < %s)), 0) "
            "FROM foundation_outbox",
            [ATTEMPTS] * 3,
        )
        waiting, stuck, oldest = cursor.fetchone()
    return Backlog(waiting, stuck, max(0.0, float(oldest)))


def _deliver(taken: Sequence[tuple[Any, ...]]) -> None:
    if not taken:
        return
    _, handler_name, event_name, _ = taken[0]
    handler = events.find_handler(event_name, handler_name)
    if handler is None:
        raise HandlerGone(f"{handler_name} for {event_name}")
    handler([events.load(event_name, payload) for *_, payload in taken], clock.now())


def _deliver_singly(ids: Sequence[int]) -> None:
    for row_id in ids:
        taken: list[tuple[Any, ...]] = []
        try:
            with transaction.atomic():
                taken = writes.select(_TAKE_ONE, [row_id])
                _deliver(taken)
        except Exception as error:
            if not taken:
                raise
            _note_failure(taken[0], error)


def _note_failure(row: Sequence[Any], error: Exception) -> None:
    row_id, handler, event, _ = row
    described = f"{type(error).__name__}: {error}"[:2_000]
    with transaction.atomic():
        counted = writes.select(_FAILED, [described, _LONGEST_WAIT_SECONDS, random.uniform(0.5, 1.5), row_id])  # noqa: S311
    attempts = counted[0][0] if counted else 0
    _log.warning("outbox.failed", outbox_id=row_id, handler=handler, event_name=event, attempts=attempts, exc_info=error)

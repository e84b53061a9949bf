"""Applying what came in, exactly once and in the order of each thread.

The thread's row is the lock: taken in order of its key, before any application or case. A message is marked applied in the
transaction of its effect. One that cannot be applied stops its own thread only, and waits at the desk with the reason.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from yijianshi.exchange.applying import Incoming, meaning_of
from yijianshi.exchange.commands.tables import IN_CONTEXT
from yijianshi.exchange.logic.ordering import ready, rounds
from yijianshi.exchange.queries.locks import lock_threads
from yijianshi.exchange.queries.neighbours import dialect_of
from yijianshi.foundation import batch as writes
from yijianshi.foundation import sealing
from yijianshi.kernel.errors import DomainError

Key = tuple[str, str]

_OPEN = """
INSERT INTO exchange_receiving (neighbour, about, applied)
SELECT neighbour, about, 0 FROM unnest(%s::text[], %s::text[]) AS asked(neighbour, about) ORDER BY neighbour, about
ON CONFLICT DO NOTHING
"""
_WAITING = """
SELECT m.id, m.neighbour, m.message_id, m.kind, m.about, m.sequence, m.sent_at, m.body FROM exchange_received m
JOIN unnest(%s::text[], %s::text[]) AS asked(neighbour, about) USING (neighbour, about) WHERE m.applied_at IS NULL
"""
_APPLIED = "UPDATE exchange_received SET applied_at = %s, attempts = attempts + 1, error = '' WHERE id = ANY(%s)"
_STOPPED = "UPDATE exchange_received SET attempts = attempts + 1, error = %s WHERE id = %s"
_ADVANCE = """
UPDATE exchange_receiving r SET applied = new.applied
FROM unnest(%s::text[], %s::text[], %s::int[]) AS new(neighbour, about, applied)
WHERE r.neighbour = new.neighbour AND r.about = new.about
"""


@dataclass(frozen=True, slots=True)
class _Waiting:
    row_id: int
    neighbour: str
    message_id: UUID
    kind: str
    about: str
    sequence: int
    sent_at: datetime
    body: str

    @property
    def key(self) -> Key:
        return self.neighbour, self.about

    def opened(self) -> Incoming:
        body = orjson.loads(sealing.unseal(self.body, IN_CONTEXT))
        dialect = dialect_of(self.neighbour)
        ours = dict(body)
        for part in ("results", "facts"):
            if isinstance(body.get(part), dict):
                ours[part] = dialect.inward(body[part])
        if "entries" in body:
            ours["entries"] = dialect.ours(body["entries"])
        return Incoming(self.neighbour, self.message_id, self.kind, self.about, self.sequence, self.sent_at, ours)


def apply_threads(threads: Sequence[Key], *, at: datetime) -> int:
    """Apply what can be applied in these threads, inside the caller's transaction; return how many messages were."""
    keys = sorted(set(threads))
    names = [[key[0] for key in keys], [key[1] for key in keys]]
    batch = writes.Batch()
    batch.execute(_OPEN, names)
    batch.flush()
    applied = lock_threads(keys)
    waiting = defaultdict(list)
    for row in writes.select(_WAITING, names):
        one = _Waiting(*row)
        waiting[one.key].append(one)
    runs = [ready(ones, applied[key]) for key, ones in waiting.items()]
    done, stopped = _in_rounds([run for run in runs if run], at)
    _note(done, stopped, at)
    return len(done)


def _in_rounds(runs: Sequence[Sequence[_Waiting]], at: datetime) -> tuple[list[_Waiting], dict[int, DomainError]]:
    done: list[_Waiting] = []
    stopped: dict[int, DomainError] = {}
    blocked: set[Key] = set()
    for together in rounds(runs):
        by_kind = defaultdict(list)
        for one in together:
            if one.key not in blocked:
                by_kind[one.kind].append(one)
        for kind, ones in by_kind.items():
            failed = _apply_kind(kind, ones, at)
            stopped |= {ones[place].row_id: error for place, error in failed.items()}
            blocked |= {ones[place].key for place in failed}
            done += [one for place, one in enumerate(ones) if place not in failed]
    return done, stopped


def _apply_kind(kind: str, ones: Sequence[_Waiting], at: datetime) -> dict[int, DomainError]:
    """Apply messages of one kind, together if possible, else one by one; return place → why not."""
    opened = [one.opened() for one in ones]
    try:
        _apply(kind, opened, at)
    except DomainError as error:
        if len(opened) == 1:
            return {0: error}
    else:
        return {}
    failed = {}
    for place, one in enumerate(opened):
        try:
            _apply(kind, [one], at)
        except DomainError as error:
            failed[place] = error
    return failed


def _apply(kind: str, opened: Sequence[Incoming], at: datetime) -> None:
    meaning = meaning_of(kind)
    if meaning is None:
        raise KindGone(kind=kind)
    with transaction.atomic():
        meaning.apply(opened, at)


class KindGone(DomainError):
    """这个版本已经不认识“{kind}”这种消息。请联系对方系统的维护人员。

    This version no longer knows messages of kind "{kind}". Please contact those who run the other system.
    """


def _note(done: Sequence[_Waiting], stopped: dict[int, DomainError], at: datetime) -> None:
    batch = writes.Batch()
    if done:
        reached: dict[Key, int] = {}
        for one in done:
            reached[one.key] = max(one.sequence, reached.get(one.key, 0))
        keys = sorted(reached)
        batch.execute(_APPLIED, [at, [one.row_id for one in done]])
        batch.execute(_ADVANCE, [[key[0] for key in keys], [key[1] for key in keys], [reached[key] for key in keys]])
    for row_id, error in stopped.items():
        batch.execute(_STOPPED, [_words(error), row_id])
    batch.flush()


def _words(error: DomainError) -> str:
    text: Any = error.text
    return f"{text.zh} / {text.en}"[:500]

"""Taking in what neighbours tell: stored first, each message once however often it comes; applied afterwards."""

from collections.abc import Sequence
from datetime import datetime

import orjson

from yijianshi.exchange.applying import meaning_of
from yijianshi.exchange.commands.tables import IN_CONTEXT
from yijianshi.exchange.connectors.port import Message, Refusal, Sent
from yijianshi.exchange.events import ThreadAdvanced
from yijianshi.foundation import batch as writes
from yijianshi.foundation import events, sealing

LONGEST_BODY = 64 * 1024  # bytes of JSON
FARTHEST_AHEAD = 1_000  # numbers a message may run ahead of what was applied in its thread
_STORE = """
INSERT INTO exchange_received (neighbour, message_id, kind, about, sequence, body, sent_at, received_at)
SELECT %s, message_id, kind, about, sequence, body, sent_at, %s FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::int[],
%s::text[], %s::timestamptz[]) AS come(message_id, kind, about, sequence, body, sent_at) ORDER BY about, sequence
ON CONFLICT DO NOTHING RETURNING message_id, about
"""
_HAD = "SELECT message_id FROM exchange_received WHERE neighbour = %s AND message_id = ANY(%s::uuid[])"
_THREADS = """
SELECT asked.about, s.last IS NOT NULL, coalesce(r.applied, 0) FROM unnest(%s::text[]) AS asked(about)
LEFT JOIN exchange_sending s ON s.neighbour = %s AND s.about = asked.about
LEFT JOIN exchange_receiving r ON r.neighbour = %s AND r.about = asked.about
"""


def receive(neighbour: str, messages: Sequence[Message], *, at: datetime) -> Sent:
    """Store *messages* and return which are safely here (what came before counts) and which will never be taken, and why."""
    with writes.writing() as batch:
        fitting, refused = _looked_at(neighbour, messages)
        stored = _store(neighbour, fitting, at)
        late = [one for one in fitting if one.id not in stored]
        had = {row[0] for row in writes.select(_HAD, [neighbour, [one.id for one in late]])} if late else set()
        refused += [Refusal(one.id, "SEQUENCE_TAKEN", "another message has this number") for one in late if one.id not in had]
        events.add(batch, [ThreadAdvanced(neighbour, about) for about in dict.fromkeys(stored.values())])
    turned_away = {one.id for one in refused}
    return Sent(tuple(one.id for one in messages if one.id not in turned_away), tuple(refused))


def _looked_at(neighbour: str, messages: Sequence[Message]) -> tuple[list[Message], list[Refusal]]:
    fitting, refused = [], []
    abouts = list(dict.fromkeys(one.about for one in messages))
    threads = {about: (begun, applied) for about, begun, applied in writes.select(_THREADS, [abouts, neighbour, neighbour])}
    for one in messages:
        begun, applied = threads[one.about]
        wrong = _wrong_with(one, begun, applied)
        if wrong:
            refused.append(Refusal(one.id, *wrong))
        else:
            fitting.append(one)
    return fitting, refused


def _wrong_with(one: Message, begun: bool, applied: int) -> tuple[str, str] | None:
    meaning = meaning_of(one.kind)
    if meaning is None:
        return "UNKNOWN_KIND", f"the house does not know {one.kind[:60]!r}"
    if not begun and not meaning.opens:
        return "UNKNOWN_THREAD", "the house never wrote to you about this"
    if one.sequence > applied + FARTHEST_AHEAD:
        return "TOO_FAR_AHEAD", f"more than {FARTHEST_AHEAD} messages are missing before this one"
    return None


def _store(neighbour: str, messages: Sequence[Message], at: datetime) -> dict[object, str]:
    """Return message id → thread of those that are new."""
    if not messages:
        return {}
    bodies = sealing.seal_many((orjson.dumps(dict(one.body)).decode() for one in messages), IN_CONTEXT)
    columns = [
        [one.id for one in messages],
        [one.kind for one in messages],
        [one.about for one in messages],
        [one.sequence for one in messages],
        bodies,
        [one.at for one in messages],
    ]
    return dict(writes.select(_STORE, [neighbour, at, *columns]))

"""The sequencer: takes waiting history lines in order, puts their leaves on the log, signs a checkpoint when it is time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from yijianshi.foundation import metrics, signing
from yijianshi.foundation.models import LogCheckpoint
from yijianshi.foundation.transparency import tiles
from yijianshi.foundation.transparency.reading import PURPOSE
from yijianshi.kernel.merkle import checkpoints
from yijianshi.kernel.merkle.hashing import SIZE
from yijianshi.kernel.merkle.proofs import root_at
from yijianshi.kernel.merkle.tiles import WIDTH, Tile, edge_of, extend

EVERY = timedelta(seconds=5)  # between two checkpoints: how long a receipt may have to be waited for
_BATCH = 20_000
_LOCK = 7_036_874  # an advisory lock of its own: only one sequencer at a time
# The server strings numbers and leaves together, in the form tiles keep them: rows one by one would cost five times as much.
_TAKE = """
WITH taken AS (DELETE FROM foundation_log_queue WHERE history_id <=
    (SELECT max(history_id) FROM (SELECT history_id FROM foundation_log_queue ORDER BY history_id LIMIT %s) AS first)
    RETURNING history_id, leaf)
SELECT string_agg(int8send(history_id), ''::bytea ORDER BY history_id), string_agg(leaf, ''::bytea ORDER BY history_id)
FROM taken
"""
_KEEP = """
INSERT INTO foundation_log_tile (level, index, hashes, entries, first, last)
SELECT * FROM unnest(%s::int2[], %s::int8[], %s::bytea[], %s::bytea[], %s::int8[], %s::int8[])
ON CONFLICT (level, index) DO UPDATE
SET hashes = excluded.hashes, entries = excluded.entries, first = excluded.first, last = excluded.last
"""


def origin() -> str:
    """Return the name this log signs under."""
    return f"{settings.PUBLIC_URL.split('://', 1)[-1]}/log"


@transaction.atomic
def append(most: int = _BATCH) -> int:
    """Put up to *most* waiting lines on the log and return how many; 0 as well while another sequencer is at work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_TAKE, [most])
        numbers, leaves = (bytes(part or b"") for part in cursor.fetchone())
        if not leaves:
            return 0
        size, stored = tiles.size(), tiles.Stored()
        made = extend(size, edge_of(size, stored), [leaves[at : at + SIZE] for at in range(0, len(leaves), SIZE)])
        begun = tiles.packed_entries(size // WIDTH) if size % WIDTH else b""
        cursor.execute(_KEEP, _columns(made, begun + numbers, size - size % WIDTH))
    taken = len(leaves) // SIZE
    metrics.LOGGED.inc(taken)
    return taken


@transaction.atomic
def sign(*, at: datetime, now: bool = False) -> checkpoints.Checkpoint | None:
    """Sign what the log has become, unless it did not grow or was signed a moment ago (*now* does not wait); return it."""
    size = tiles.size()
    last = LogCheckpoint.objects.order_by("-size").values_list("size", "at").first()
    if not size or (last and (last[0] == size or (not now and at - last[1] < EVERY))):
        return None
    key = signing.ensure(PURPOSE, at=at)
    point = checkpoints.Checkpoint(origin(), size, root_at(size, tiles.Stored()))
    line = checkpoints.sign(point, origin(), key.public, key.signer.sign).line
    row = LogCheckpoint(size=size, root=point.root, signature=line, public=key.public, at=at)
    LogCheckpoint.objects.bulk_create([row], ignore_conflicts=True)
    return point


def _columns(made: Sequence[Tile], numbers: bytes, offset: int) -> list[list[object]]:
    """Return the columns of the tiles' rows; *numbers* are the lines' (packed) from leaf *offset* on."""
    rows = []
    for one in made:
        start = one.index * WIDTH - offset
        held = numbers[start * tiles.EACH : (start + len(one.hashes) // SIZE) * tiles.EACH] if one.level == 0 else b""
        lines = tiles.unpack(held)
        rows.append((one.level, one.index, one.hashes, held, min(lines, default=None), max(lines, default=None)))
    return [list(column) for column in zip(*rows, strict=True)]

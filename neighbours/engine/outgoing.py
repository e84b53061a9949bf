"""What waits to be told to the house: kept until the house has confirmed it, however often it must be said."""

import sqlite3
import time
from collections.abc import Iterable, Sequence

from neighbours.engine import messages
from neighbours.engine.messages import Message
from neighbours.engine.store import Store

LONGEST_PAUSE = 5.0


def waiting(store: Store, most: int, *, now: float | None = None) -> list[Message]:
    """Return what is due to be said, oldest first."""
    rows = store.rows(
        "SELECT * FROM _outgoing WHERE state = 'WAITING' AND next_at <= ? ORDER BY n LIMIT ?", now or time.time(), most
    )
    return [messages.of_row(row) for row in rows]


def confirm(db: sqlite3.Connection, ids: Iterable[str], said_at: float) -> None:
    """The house has these, as they were said at *said_at*; what it asked for again after that is still to be said."""
    sql = "UPDATE _outgoing SET state = 'TAKEN', error = '' WHERE id = ? AND again_at <= ?"
    db.executemany(sql, [(one, said_at) for one in ids])


def refuse(db: sqlite3.Connection, refused: Sequence[dict[str, str]]) -> None:
    """The house will never take these; the words stay for the operator."""
    db.executemany(
        "UPDATE _outgoing SET state = 'REFUSED', error = ? WHERE id = ? AND state = 'WAITING'",
        [(f"{one.get('code')}: {one.get('message')}", one.get("id")) for one in refused],
    )


def put_off(db: sqlite3.Connection, ids: Iterable[str], why: str, *, after: float | None = None) -> None:
    """Say these again later: after the time the house named, else twice as long as the last time."""
    for one in ids:
        row = db.execute("UPDATE _outgoing SET attempts = attempts + 1 WHERE id = ? RETURNING attempts", (one,)).fetchone()
        if row:
            pause = after if after is not None else min(LONGEST_PAUSE, 0.25 * 2 ** min(row["attempts"], 8))
            db.execute("UPDATE _outgoing SET next_at = ?, error = ? WHERE id = ?", (time.time() + pause, why[:300], one))


def again(db: sqlite3.Connection, about: str, after: int) -> int:
    """Say again what comes after number *after* of a thread; returns how many that are."""
    sql = """UPDATE _outgoing SET state = 'WAITING', next_at = 0, again_at = ?
        WHERE about = ? AND sequence > ? AND state <> 'REFUSED'"""
    return db.execute(sql, (time.time(), about, after)).rowcount

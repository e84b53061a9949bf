"""One SQLite file for each system: the protocol's own tables (with a leading underscore) and the system's model beside them."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from neighbours.engine.declaring import Row, System

CHINA = timezone(timedelta(hours=8))
_OWN = """
CREATE TABLE IF NOT EXISTS _received (id TEXT PRIMARY KEY, about TEXT NOT NULL, sequence INTEGER NOT NULL, kind TEXT NOT NULL,
    at TEXT NOT NULL, body TEXT NOT NULL, applied INTEGER NOT NULL DEFAULT 0, UNIQUE (about, sequence));
CREATE TABLE IF NOT EXISTS _thread (about TEXT PRIMARY KEY, received INTEGER NOT NULL DEFAULT 0, sent INTEGER NOT NULL DEFAULT 0,
    item TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT '', due REAL, by_hand TEXT NOT NULL DEFAULT '',
    facts TEXT NOT NULL DEFAULT '{}', materials TEXT NOT NULL DEFAULT '[]', changed REAL NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS _thread_due ON _thread (due) WHERE due IS NOT NULL;
CREATE TABLE IF NOT EXISTS _outgoing (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, about TEXT NOT NULL,
    sequence INTEGER NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'WAITING',
    attempts INTEGER NOT NULL DEFAULT 0, next_at REAL NOT NULL DEFAULT 0, again_at REAL NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '', UNIQUE (about, sequence));
CREATE INDEX IF NOT EXISTS _outgoing_waiting ON _outgoing (next_at, n) WHERE state = 'WAITING';
CREATE TABLE IF NOT EXISTS _nonce (nonce TEXT PRIMARY KEY, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS _serial (prefix TEXT PRIMARY KEY, last INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS _read (request TEXT PRIMARY KEY, register TEXT NOT NULL, subject TEXT NOT NULL, purpose TEXT NOT NULL,
    authorisation TEXT NOT NULL, fields TEXT NOT NULL, found INTEGER NOT NULL, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS _claim (request TEXT PRIMARY KEY, register TEXT NOT NULL, field TEXT NOT NULL, said TEXT NOT NULL,
    claimed TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL);
"""


class Store:
    """The storage of one system; one writer at a time, which is what SQLite wants."""

    def __init__(self, path: Path, system: System) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript(_OWN)
        self._make(system)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside one transaction: all of the block, or nothing of it."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """Return the rows of a query."""
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _make(self, system: System) -> None:
        with self.writing() as db:
            _make_table(db, system.cases.name, system.case_columns())
            empty = [table for table in system.tables if _make_table(db, table.name, table.columns)]
            if empty and system.seed:
                system.seed(RowsDesk(db))


def _make_table(db: sqlite3.Connection, name: str, columns: tuple[str, ...]) -> bool:
    """Make a table with a key and text columns; say whether it is new."""
    known = db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    listed = ", ".join(f'"{one}"' for one in columns[1:])
    db.execute(f'CREATE TABLE IF NOT EXISTS "{name}" ("{columns[0]}" TEXT PRIMARY KEY, {listed})')
    return known is None


@dataclass
class RowsDesk:
    """The desk of a system's rules, inside one transaction."""

    db: sqlite3.Connection
    today: date = field(default_factory=lambda: datetime.now(CHINA).date())

    def find(self, table: str, **where: Any) -> Row | None:
        """Return one row, or None."""
        condition = " AND ".join(f'"{one}" = ?' for one in where)
        row = self.db.execute(f'SELECT * FROM "{table}" WHERE {condition}', tuple(where.values())).fetchone()  # noqa: S608
        return dict(row) if row else None

    def add(self, table: str, row: Row) -> None:
        """Write one row; columns the table does not have are left out."""
        known = [one[1] for one in self.db.execute(f'PRAGMA table_info("{table}")')]
        kept = {name: _plain(value) for name, value in row.items() if name in known}
        names, marks = ", ".join(f'"{one}"' for one in kept), ", ".join("?" * len(kept))
        self.db.execute(f'INSERT OR REPLACE INTO "{table}" ({names}) VALUES ({marks})', tuple(kept.values()))  # noqa: S608

    def change(self, table: str, where: Row, values: Row) -> None:
        """Change the rows that match."""
        new = ", ".join(f'"{one}" = ?' for one in values)
        condition = " AND ".join(f'"{one}" = ?' for one in where)
        self.db.execute(
            f'UPDATE "{table}" SET {new} WHERE {condition}',  # noqa: S608
            (*map(_plain, values.values()), *where.values()),
        )

    def serial(self, prefix: str) -> int:
        """Return the next number of a sequence of its own."""
        row = self.db.execute(
            "INSERT INTO _serial VALUES (?, 1) ON CONFLICT (prefix) DO UPDATE SET last = last + 1 RETURNING last", (prefix,)
        ).fetchone()
        return int(row[0])


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | None) else str(value)

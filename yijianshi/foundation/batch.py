"""Set-based writes: a command collects its rows and sends them all in one round trip.

Each table is touched once per call however many rows there are, and the statements travel together (psycopg pipeline mode), so
that a command costs two exchanges with the database: lock and load, then write and commit. The rows for a table travel as one
JSON text which the server takes apart by the declared types. Measured on the hand-off benchmark, that took about a quarter off
Python's processor time for one application at a time, and nothing off 64 at a time.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import psycopg
from django.db import connection, transaction
from psycopg.types.json import JsonbLoader


@dataclass(frozen=True, eq=False)
class Table:
    """A table as a target of set-based writes: column → PostgreSQL type.

    Values are plain Python ones; those of ``jsonb`` columns are lists and dicts, or finished JSON text.
    """

    name: str
    columns: Mapping[str, str]
    key: str = "id"

    @property
    def insert_sql(self) -> str:
        """Return ``INSERT … SELECT …`` with one parameter, the rows as JSON."""
        names = tuple(self.columns)
        return f"INSERT INTO {self.name} ({', '.join(names)}) {self._rows(names)}"

    def update_sql(self, names: Sequence[str]) -> str:
        """Return ``UPDATE … FROM …`` that sets *names*, with one parameter: rows of the key and *names* as JSON."""
        assignments = ", ".join(f"{name} = new.{name}" for name in names)
        rows = self._rows([self.key, *names])
        return f"UPDATE {self.name} AS old SET {assignments} FROM ({rows}) AS new WHERE old.{self.key} = new.{self.key}"  # noqa: S608

    def _rows(self, names: Sequence[str]) -> str:
        # Inside the rows a jsonb value is text, so that finished JSON text need not be taken apart and put together again.
        carried = ", ".join(f"{name} {'text' if self.columns[name] == 'jsonb' else self.columns[name]}" for name in names)
        values = ", ".join(f"{name}::{self.columns[name]} AS {name}" for name in names)
        return f"SELECT {values} FROM json_to_recordset(%s::json) AS rows({carried})"  # noqa: S608


@dataclass
class Batch:
    """The writes of one command, kept until :meth:`flush`: other statements first, then all rows in one statement.

    Danger: the tables of that one statement are written in no particular order and see nothing of each other (PostgreSQL manual,
    7.8.4), so a row may be touched only once, and what must come earlier goes through :meth:`execute`.
    """

    statements: list[tuple[str, Sequence[Any]]] = field(default_factory=list)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # SQL of one table → its rows

    def insert(self, table: Table, rows: Sequence[Sequence[Any]], conflict: str = "") -> None:
        """Add an insert of *rows* (values in the order of the table's columns), perhaps with an ``ON CONFLICT`` clause."""
        self._gather(_insert_sql(table, conflict), table, tuple(table.columns), rows)

    def update(self, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add an update of *names*; each row is the key followed by the values, and no key may come twice."""
        self._gather(_update_sql(table, tuple(names)), table, (table.key, *names), rows)

    def execute(self, sql: str, params: Sequence[Any]) -> None:
        """Add any other statement; these are sent in the given order, before the rows."""
        self.statements.append((sql, params))

    def flush(self) -> None:
        """Send everything in one round trip, inside the caller's transaction."""
        if self.rows:
            self.statements.append((_together(tuple(self.rows)), [_text(rows) for rows in self.rows.values()]))
        if not self.statements:
            return
        raw = raw_connection()
        # one statement alone is one exchange already; entering and leaving the pipeline would add another
        together = raw.pipeline() if len(self.statements) > 1 else nullcontext()
        with together, psycopg.Cursor(raw) as cursor:
            for sql, params in self.statements:
                cursor.execute(sql, params, prepare=True)
        self.statements.clear()
        self.rows.clear()

    def _gather(self, sql: str, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        if not rows:
            return
        gathered = self.rows.setdefault(sql, [])
        keys = [name.strip('"') for name in names]
        inner = [key for key, name in zip(keys, names, strict=True) if table.columns[name] == "jsonb"]
        for row in rows:
            record = dict(zip(keys, row, strict=True))
            for key in inner:
                record[key] = _text(record[key]) if not isinstance(record[key], str) else record[key]
            gathered.append(record)


def select(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of one prepared statement, inside the caller's transaction."""
    with psycopg.Cursor(raw_connection()) as cursor:
        cursor.adapters.register_loader("jsonb", JsonbLoader)  # Django leaves JSON as text on its connections
        return cursor.execute(sql, params, prepare=True).fetchall()


def raw_connection() -> "psycopg.Connection[Any]":
    """Return psycopg's connection of the current transaction; refuses to work outside one."""
    transaction.get_connection().validate_no_broken_transaction()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("set-based writes belong inside transaction.atomic")
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    return raw


@cache
def _insert_sql(table: Table, conflict: str) -> str:
    return f"{table.insert_sql} {conflict}"


@cache
def _update_sql(table: Table, names: tuple[str, ...]) -> str:
    return table.update_sql(names)


@cache
def _together(writes: tuple[str, ...]) -> str:
    """Return one statement that does all *writes*: fewer exchanges; processor time was measured to stay the same."""
    if len(writes) == 1:
        return writes[0]
    return "WITH " + ", ".join(f"write_{place} AS ({sql})" for place, sql in enumerate(writes)) + " SELECT"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    """Return identifiers and moments as the server reads them."""
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    return str(value)

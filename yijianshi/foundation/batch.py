"""Set-based writes: a command collects its rows and sends them all in one round trip.

Each table is touched once per call however many rows there are (``unnest`` arrays), and the statements travel together
(psycopg pipeline mode), so that a command costs two exchanges with the database: lock and load, then write and commit.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import psycopg
from django.db import connection, transaction
from psycopg.types.json import JsonbLoader


@dataclass(frozen=True)
class Table:
    """A table as a target of set-based writes: column → PostgreSQL type.

    ``jsonb`` and array columns travel as text and are cast on arrival; give lists and dicts (for
    ``jsonb`` also finished JSON text).
    """

    name: str
    columns: Mapping[str, str]
    key: str = "id"

    def arrays(self, rows: Sequence[Sequence[Any]], names: Sequence[str] | None = None) -> list[list[Any]]:
        """Return one array per column from *rows*, ready for ``unnest``."""
        kinds = [self.columns[name] for name in names or self.columns]
        columns: Iterable[tuple[Any, ...]] = zip(*rows, strict=True)
        return [_carried(kind, column) for kind, column in zip(kinds, columns, strict=True)]

    @cached_property
    def insert_sql(self) -> str:
        """Return ``INSERT … SELECT … FROM unnest(…)`` with one array parameter per column."""
        return f"INSERT INTO {self.name} ({', '.join(self.columns)}) SELECT {self._select(self.columns)}"

    def update_sql(self, names: Sequence[str]) -> str:
        """Return ``UPDATE … FROM unnest(…)`` that sets *names*; parameters: the keys, then the columns."""
        assignments = ", ".join(f"{name} = new.{name}" for name in names)
        return (
            f"UPDATE {self.name} AS old SET {assignments} FROM (SELECT {self._select([self.key, *names])}) AS new "  # noqa: S608
            f"WHERE old.{self.key} = new.{self.key}"
        )

    def _select(self, names: Iterable[str]) -> str:
        names = list(names)
        casts = ", ".join(f"c{i}::{self.columns[name]} AS {name}" for i, name in enumerate(names))
        arrays = ", ".join(f"%s::{_carrier(self.columns[name])}[]" for name in names)
        aliases = ", ".join(f"c{i}" for i in range(len(names)))
        return f"{casts} FROM unnest({arrays}) AS rows({aliases})"


@dataclass
class Batch:
    """The writes of one command, kept until :meth:`flush`."""

    statements: list[tuple[str, Sequence[Any]]] = field(default_factory=list)

    def insert(self, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        """Add an insert of *rows* (values in the order of the table's columns); nothing when there are none."""
        if rows:
            self.statements.append((table.insert_sql, table.arrays(rows)))

    def update(self, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add an update of *names*; each row is the key followed by the values."""
        if rows:
            self.statements.append((table.update_sql(names), table.arrays(rows, [table.key, *names])))

    def execute(self, sql: str, params: Sequence[Any]) -> None:
        """Add any other statement."""
        self.statements.append((sql, params))

    def flush(self) -> None:
        """Send everything in one round trip, inside the caller's transaction."""
        if not self.statements:
            return
        raw = raw_connection()
        with raw.pipeline(), psycopg.Cursor(raw) as cursor:
            for sql, params in self.statements:
                cursor.execute(sql, params, prepare=True)
        self.statements.clear()


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


def _carrier(kind: str) -> str:
    """Return the type that carries a column inside a one-dimensional array."""
    return "text" if kind == "jsonb" or kind.endswith("[]") else kind


def _carried(kind: str, column: Sequence[Any]) -> list[Any]:
    if kind == "jsonb":
        return [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in column]
    if kind.endswith("[]"):
        return [_literal(value) for value in column]
    return list(column)


def _literal(values: Sequence[str] | None) -> str | None:
    if values is None:
        return None
    quoted = (str(value).replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"

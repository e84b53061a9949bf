"""Set-based writes: a command collects its rows and sends them all in one round trip.

Each table is touched once per call however many rows there are. The exchanges with the database are what a command costs, so a
command makes as few as it can, and all its writes travel with the COMMIT. The rows for a table travel as one JSON text, which
the server takes apart by the declared types.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

import orjson
import psycopg
from django.db import connection, transaction
from psycopg.types.json import set_json_loads

Row = tuple[Any, ...]
_readers: "WeakKeyDictionary[psycopg.Connection[Any], psycopg.RawCursor[Any]]" = WeakKeyDictionary()


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
        """Return ``UPDATE … FROM …`` that sets *names*, with two parameters: rows of the key and *names* as JSON, and the keys.

        The keys are there for the planner, which cannot look into the JSON and would read the whole table.
        """
        assignments = ", ".join(f"{name} = new.{name}" for name in names)
        rows, key = self._rows([self.key, *names]), self.key
        source = f"UPDATE {self.name} AS old SET {assignments} FROM ({rows}) AS new"  # noqa: S608
        return f"{source} WHERE old.{key} = new.{key} AND old.{key} = ANY(%s::{self.columns[key]}[])"

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
    inserts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # SQL of one table → its rows
    updates: dict[str, tuple[str, list[dict[str, Any]]]] = field(default_factory=dict)  # … → its key and its rows
    channels: set[str] = field(default_factory=set)

    def insert(self, table: Table, rows: Sequence[Sequence[Any]], conflict: str = "") -> None:
        """Add an insert of *rows* (values in the order of the table's columns), perhaps with an ``ON CONFLICT`` clause."""
        if rows:
            self.inserts.setdefault(_insert_sql(table, conflict), []).extend(_records(table, tuple(table.columns), rows))

    def update(self, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add an update of *names*; each row is the key followed by the values, and no key may come twice."""
        if rows:
            _, gathered = self.updates.setdefault(_update_sql(table, tuple(names)), (table.key, []))
            gathered.extend(_records(table, (table.key, *names), rows))

    def execute(self, sql: str, params: Sequence[Any]) -> None:
        """Add any other statement; these are sent in the given order, before the rows."""
        self.statements.append((sql, params))

    def notify(self, channel: str) -> None:
        """Wake who listens to *channel* (a plain name of the house) when the transaction commits."""
        self.channels.add(channel)

    def flush(self) -> None:
        """Send everything in one round trip, inside the caller's transaction."""
        _send(self._take())

    def _take(self) -> list[tuple[str, Sequence[Any]]]:
        """Return what is to be sent, and keep nothing."""
        statements, self.statements = self.statements, []
        writes, params = [*self.inserts, *self.updates], [_text(rows) for rows in self.inserts.values()]
        for key, rows in self.updates.values():
            params += [_text(rows), _array(row[key] for row in rows)]
        sql = _together(tuple(writes), tuple(sorted(self.channels)))
        self.inserts, self.updates, self.channels = {}, {}, set()
        return [*statements, (sql, params)] if sql else statements


@contextmanager
def writing(*, savepoint: bool = True) -> Iterator[Batch]:
    """A transaction around a command: what it adds to the batch is sent when the block ends, together with the commit.

    Inside another transaction the writes are sent at the end of the block, and the outer one commits.
    """
    with transaction.atomic(savepoint=savepoint):
        batch = Batch()
        yield batch
        # nothing runs between this commit and Django's own, which then finds nothing left to do
        _send(batch._take(), commit=len(connection.atomic_blocks) == 1)


def select(sql: str, params: Sequence[Any]) -> list[Row]:
    """Return the rows of one prepared statement, inside the caller's transaction if there is one; raises Django's errors."""
    _note([sql])
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:  # so that Django, too, knows a connection that no longer works
        return _reader(connection.connection).execute(_numbered(sql), params, prepare=True).fetchall()


def raw_connection() -> "psycopg.Connection[Any]":
    """Return psycopg's connection of the current transaction; refuses to work outside one."""
    transaction.get_connection().validate_no_broken_transaction()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("set-based writes belong inside transaction.atomic")
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    return raw


def _send(statements: Sequence[tuple[str, Sequence[Any]]], *, commit: bool = False) -> None:
    if not statements:
        return
    raw = raw_connection()
    # one statement alone is one exchange already; entering and leaving the pipeline would add another
    together = raw.pipeline() if len(statements) + commit > 1 else nullcontext()
    with connection.wrap_database_errors, together, psycopg.RawCursor(raw) as cursor:
        for sql, params in statements:
            cursor.execute(_numbered(sql), params, prepare=True)
        if commit:
            cursor.execute("COMMIT")
    _note(sql for sql, _ in statements)


def _reader(raw: "psycopg.Connection[Any]") -> "psycopg.RawCursor[Any]":
    """Return the connection's cursor for reading: one for all, because making one costs as much as a small query."""
    cursor = _readers.get(raw)
    if cursor is None:
        cursor = _readers[raw] = psycopg.RawCursor(raw)
        set_json_loads(orjson.loads, cursor)  # Django leaves JSON as text on its connections
    return cursor


def _note(statements: Any) -> None:
    """Let Django's counting of queries (tests, debugging) see these, too."""
    if connection.queries_logged:
        connection.queries_log.extend({"sql": sql, "time": ""} for sql in statements)


@cache
def _insert_sql(table: Table, conflict: str) -> str:
    return f"{table.insert_sql} {conflict}"


@cache
def _update_sql(table: Table, names: tuple[str, ...]) -> str:
    return table.update_sql(names)


@cache
def _together(writes: tuple[str, ...], channels: tuple[str, ...]) -> str:
    """Return one statement that does all *writes* and notifies *channels*, empty when there is nothing to do."""
    if len(writes) < 2 and not channels:
        return "".join(writes)
    done = "SELECT " + ", ".join(f"pg_notify('{channel}', '')" for channel in channels)
    return "WITH " + ", ".join(f"write_{place} AS ({sql})" for place, sql in enumerate(writes)) + done if writes else done


@cache
def _numbered(sql: str) -> str:
    """Return *sql* with PostgreSQL's own parameter marks, so that the long texts are not taken apart again at each call."""
    first, *parts = sql.replace("%b", "%s").split("%s")
    return first + "".join(f"${place}{part}" for place, part in enumerate(parts, 1))


def _records(table: Table, names: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    keys, inner = _keys(table, names)
    for row in rows:
        record = dict(zip(keys, row, strict=True))
        for key in inner:
            if not isinstance(record[key], str):
                record[key] = _text(record[key])
        yield record


@cache
def _keys(table: Table, names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names as JSON keys, and those of them whose values are JSON themselves."""
    inner = tuple(name.strip('"') for name in names if table.columns[name] == "jsonb")
    return tuple(name.strip('"') for name in names), inner


def _array(keys: Any) -> str:
    return "{" + ",".join(map(str, keys)) + "}"


def _text(value: Any) -> str:
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS).decode()


def _plain(value: Any) -> str:
    """Return what JSON does not know as the server reads it."""
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    return str(value)

"""Finished applications by the hundred thousand: one that was really carried through is copied row by row inside the server.

Every copy has its own identifiers (the time part of each UUID is moved, so that they are ordered as if made one after another),
its own numbers and its own verification codes; everything else, sizes included, is what the commands wrote. The leaves are copied
too and do not fit the copies: such a database is for measuring only and is dropped after the run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection

_AT_ONCE = 10_000
# 48 bits of milliseconds come first in a UUIDv7: copies stand before everything made today, one millisecond apart
_MOVED = "(lpad(to_hex(1500000000000 + n), 12, '0') || substr(replace({0}::text, '-', ''), 13))::uuid"
_OWN_TEXT = "{0} || '-' || n"
_OWN_CODE = "lpad(to_hex(n), 10, '0') || right({0}, 10)"
_COPIED: Mapping[str, tuple[str, Sequence[str]]] = {  # table → which rows belong to the application, columns left to the table
    "applications_application": ("id = %(id)s", ()),
    "applications_material": ("application_id = %(id)s", ()),
    "applications_letter": ("application_id = %(id)s", ()),
    "applications_result_fact": ("application_id = %(id)s", ()),
    "cases_case": ("application_id = %(id)s", ()),
    "cases_clock_entry": ("case_id IN (SELECT id FROM cases_case WHERE application_id = %(id)s)", ("id",)),
    "cases_decision": ("case_id IN (SELECT id FROM cases_case WHERE application_id = %(id)s)", ()),
    "certificates_certificate": ("application_id = %(id)s", ()),
    "foundation_history": ("application_id = %(id)s", ("id",)),
}
_KEPT = frozenset({"version_id", "organisation_id", "issuer_organisation_id", "previous_id"})
_OWN = {"number": _OWN_TEXT, "application_number": _OWN_TEXT, "identifier": _OWN_TEXT, "verification_code": _OWN_CODE}

_LOOSE_INDEXES = """
    SELECT i.relname, pg_get_indexdef(x.indexrelid)
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
    WHERE t.relname = ANY(%s) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid) AND NOT x.indisunique
"""


def fill(application_id: UUID, wanted: int) -> None:
    """Copy the finished application until there are *wanted* more, ten thousand in a transaction. Disk: 35 to 60 KiB each.

    References are not checked row by row, and the indexes that no constraint needs are made anew at the end: both are the same
    afterwards, and the filling takes a fraction of the time.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off; SET session_replication_role = replica; SET maintenance_work_mem = '1GB'")
        statements = [_statement(table) for table in _COPIED]
        cursor.execute(_LOOSE_INDEXES, [list(_COPIED)])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        for first in range(1, wanted + 1, _AT_ONCE):
            for statement in statements:
                cursor.execute(statement, {"id": application_id, "first": first, "last": min(first + _AT_ONCE - 1, wanted)})
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("RESET synchronous_commit; RESET session_replication_role; RESET maintenance_work_mem")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def _statement(table: str) -> str:
    rows, left_out = _COPIED[table]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public' "
            "ORDER BY ordinal_position",
            [table],
        )
        columns = [(name, kind) for name, kind in cursor.fetchall() if name not in left_out]
    names = ", ".join(f'"{name}"' for name, _ in columns)
    values = ", ".join(_value(name, kind) for name, kind in columns)
    source = f"(SELECT * FROM {table} WHERE {rows}) AS one, generate_series(%(first)s, %(last)s) AS n"
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {source} ORDER BY n"


def _value(name: str, kind: str) -> str:
    quoted = f'one."{name}"'
    if name in _OWN:
        return _OWN[name].format(quoted)
    return _MOVED.format(quoted) if kind == "uuid" and name not in _KEPT else quoted

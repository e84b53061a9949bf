"""History: one line for every change of state, append-only by trigger, each sealed by a digest over its content.

The canonical form of a line is the fields of ``CANONICAL`` in that order, each as UTF-8 preceded by its length in bytes as four
big-endian bytes. Moments are UTC with microseconds (``2026-03-02T01:02:03.000004Z``), identifiers lower-case with hyphens,
nothing is the empty string, the payload is JSON with sorted keys, no blanks and no floating-point
numbers. ``leaf`` = SM3 of 0x00 and that.
(The 0x00 tells a leaf from a node, as in RFC 6962.)
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from yijianshi.foundation.batch import Batch, Table
from yijianshi.foundation.ids import new_id

CANONICAL = (
    ("entry_id", "uuid"),
    ("subject_kind", "text"),
    ("subject_id", "uuid"),
    ("application_id", "uuid"),
    ("action", "text"),
    ("actor_kind", "text"),
    ("actor_id", "text"),
    ("actor_name", "text"),
    ("actor_organisation", "text"),
    ("at", "timestamptz"),
    ("from_state", "text"),
    ("to_state", "text"),
    ("reason", "text"),
    ("basis", "text"),
    ("document_no", "text"),
    ("payload", "jsonb"),
)
HISTORY = Table("foundation_history", {**dict(CANONICAL), "leaf": "bytea"})
INSERT_SQL = HISTORY.insert_sql
_COLUMNS = tuple(name for name, _ in CANONICAL)
_PAGE = 5_000
_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))  # made once: this is the hottest path


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line: *actor* is ``{kind, id, name, organisation}`` (Actor.to_record()); states are empty where there are none."""

    subject_kind: str
    subject_id: UUID
    action: str
    actor: Mapping[str, str | None]
    at: datetime
    application_id: UUID | None = None
    from_state: str = ""
    to_state: str = ""
    reason: str = ""
    basis: str = ""
    document_no: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A stored entry and its running number."""

    id: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Stored:
    """A line as it stands in the table: its values in the order of CANONICAL, and the digest kept beside them."""

    id: int
    values: tuple[Any, ...]
    leaf: bytes

    def __getitem__(self, name: str) -> Any:
        """Return the value of one column."""
        return self.values[_COLUMNS.index(name)]


def record(entries: Sequence[Entry]) -> None:
    """Write the entries in one statement, inside the caller's transaction."""
    batch = Batch()
    add(batch, entries)
    batch.flush()


def add(batch: Batch, entries: Sequence[Entry]) -> None:
    """Add the entries to *batch*, for commands that send all their writes in one round trip."""
    batch.insert(HISTORY, rows(entries))


def rows(entries: Sequence[Entry]) -> list[tuple[Any, ...]]:
    """Return the database rows of *entries*, the leaf last; raises TypeError for a payload that is not plain JSON."""
    return [(*values, leaf(values)) for values in map(_values, entries)]


def leaf(values: Sequence[Any]) -> bytes:
    """Return the 32-byte digest of a row's values in the order of CANONICAL."""
    parts = [b"\x00"]
    for value in values:
        encoded = _canonical(value).encode()
        parts += (len(encoded).to_bytes(4), encoded)
    return hashlib.new("sm3", b"".join(parts)).digest()


def list_for(subject_kind: str, subject_id: UUID) -> list[Line]:
    """Return the lines of one subject, oldest first."""
    return _lines("subject_kind = %s AND subject_id = %s", [subject_kind, subject_id])


def list_for_each(subject_kind: str, subject_ids: Collection[UUID]) -> dict[UUID, list[Line]]:
    """Return subject → its lines, oldest first; subjects without any are left out."""
    found: dict[UUID, list[Line]] = {}
    for line in _lines("subject_kind = %s AND subject_id = ANY(%s::uuid[])", [subject_kind, list(subject_ids)]):
        found.setdefault(line.entry.subject_id, []).append(line)
    return found


def list_for_application(application_id: UUID) -> list[Line]:
    """Return the lines of an application and everything that came of it, oldest first."""
    return _lines("application_id = %s", [application_id])


def verify(since_id: int = 0) -> int | None:
    """Return the number of the first line after *since_id* whose content no longer matches its digest, or None."""
    for line_id, values, kept in _stored(id__gt=since_id):
        if leaf(values) != kept:
            return line_id
    return None


def canonical(lines: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """Return line → its fields as the leaf's digest takes them; lines there are not are left out."""
    return {row.id: [(name, _canonical(value)) for name, value in zip(_COLUMNS, row.values, strict=True)] for row in load(lines)}


def load(lines: Collection[int]) -> list["Stored"]:
    """Return the stored lines of these numbers, as they are now, whole or changed."""
    return [Stored(*row) for row in _stored(id__in=lines)]


def payload_of(line: Stored) -> dict[str, Any]:
    """Return the payload of a stored line."""
    found: dict[str, Any] = json.loads(line["payload"])
    return found


def dump_payload(payload: Mapping[str, Any]) -> str:
    """Return the payload's one canonical JSON text; raises TypeError for floats, which do not survive a round trip."""
    if not payload:
        return "{}"
    _refuse_floats(payload)
    return _JSON.encode(payload)


def _values(entry: Entry) -> tuple[Any, ...]:
    actor = entry.actor
    return (
        new_id(),
        entry.subject_kind,
        entry.subject_id,
        entry.application_id,
        entry.action,
        *(str(actor.get(name) or "") for name in ("kind", "id", "name", "organisation")),
        entry.at,
        str(entry.from_state or ""),
        str(entry.to_state or ""),
        entry.reason,
        entry.basis,
        entry.document_no,
        dump_payload(entry.payload),
    )


def _canonical(value: Any) -> str:
    if type(value) is str:  # most of them
        return value
    if value is None:
        return ""
    return _moment(value) if isinstance(value, datetime) else str(value)


@lru_cache(maxsize=256)
def _moment(value: datetime) -> str:
    """Return the moment in UTC; all lines of one command share it."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError(f"a history payload holds no floating-point numbers: {value!r}")
    if isinstance(value, Mapping):
        value = value.values()
    if not isinstance(value, str) and hasattr(value, "__iter__"):
        for part in value:
            _refuse_floats(part)


def _stored(**which: Any) -> Iterator[tuple[int, tuple[Any, ...], bytes]]:
    from yijianshi.foundation.models import HistoryRow

    chosen = HistoryRow.objects.filter(**which).order_by("id").values_list("id", *_COLUMNS, "leaf")
    for line_id, *values, payload, kept in chosen.iterator(chunk_size=_PAGE):
        yield line_id, (*values, dump_payload(payload)), bytes(kept)


def _lines(which: str, params: Sequence[Any]) -> list[Line]:
    from yijianshi.foundation.models import HistoryRow
    from yijianshi.foundation.rows import load

    return [Line(row.id, _entry(row)) for row in load(HistoryRow, f"WHERE {which} ORDER BY id", params)]


def _entry(row: Any) -> Entry:
    actor = {"kind": row.actor_kind, "id": row.actor_id, "name": row.actor_name, "organisation": row.actor_organisation}
    plain = (
        "subject_kind",
        "subject_id",
        "application_id",
        "action",
        "at",
        "from_state",
        "to_state",
        "reason",
        "basis",
        "document_no",
        "payload",
    )
    return Entry(actor=actor, **{name: getattr(row, name) for name in plain})

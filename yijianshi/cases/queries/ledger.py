"""Reading the clock ledger."""

from collections.abc import Collection
from uuid import UUID

from yijianshi.cases.logic.clock.entries import ClockEntry, ClockKind, SuspensionReason
from yijianshi.cases.models import ClockEntry as Row
from yijianshi.foundation import rows


def ledgers(case_ids: Collection[UUID]) -> dict[UUID, list[ClockEntry]]:
    """Return the clock entries of these cases, oldest first; a case without entries has an empty list."""
    found: dict[UUID, list[ClockEntry]] = {case_id: [] for case_id in case_ids}
    for row in rows.load(Row, "WHERE case_id = ANY(%s::uuid[]) ORDER BY id", [list(case_ids)]):
        found[row.case_id].append(_entry(row))
    return found


def _entry(row: Row) -> ClockEntry:
    return ClockEntry(
        kind=ClockKind(row.kind),
        on=row.on,
        at=row.at,
        working_days=row.working_days,
        reason=SuspensionReason(row.reason) if row.reason else None,
        basis=row.basis,
        note=row.note,
        by=row.by,
    )

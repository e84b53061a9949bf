"""Pausing, resuming and extending the clock (特别程序 and 延长审批)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.cases.commands.moves import Moves, Note
from yijianshi.cases.logic.clock.due import due_dates
from yijianshi.cases.logic.clock.entries import ClockEntry, ClockKind, SuspensionReason
from yijianshi.cases.logic.clock.validation import validate_entry
from yijianshi.cases.logic.states import ACTIONS
from yijianshi.cases.queries.items import item_of, limits_of
from yijianshi.cases.queries.ledger import ledgers
from yijianshi.cases.queries.locks import LockedCase, lock_cases
from yijianshi.foundation import calendars
from yijianshi.foundation.batch import Batch
from yijianshi.identity.logic.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """Why and for how long the clock of one case is paused; the applicant is told in writing (行政许可法 art. 45)."""

    case_id: UUID
    reason: str  # one of the item's statutory reasons
    basis: str  # the clause
    working_days: int | None  # how long it is expected to take
    note: str


@transaction.atomic
def suspend(suspensions: Sequence[Suspension], *, by: Actor, at: datetime) -> None:
    """Pause the clocks of these cases for a statutory reason; the days until resumption are not counted."""
    moves, writes = Moves(by, at), Batch()
    wanted = [suspension.case_id for suspension in suspensions]
    for suspension, case in zip(suspensions, moves.chosen("suspend", lock_cases(wanted), wanted), strict=True):
        note = Note(
            reason=suspension.note,
            suspension=suspension.reason,
            basis=suspension.basis,
            working_days=suspension.working_days,
        )
        _entry_is_lawful(case, moves, ClockKind.SUSPENDED, note)
        moves.take(case, "suspend", note, act_by=None)
    moves.write(writes)
    writes.flush()


@transaction.atomic
def resume(case_ids: Sequence[UUID], *, by: Actor, at: datetime) -> None:
    """Let the clocks of these cases run again; the due dates move by the days that were not counted."""
    moves, writes = Moves(by, at), Batch()
    for case in moves.chosen("resume", lock_cases(case_ids), case_ids):
        _move_dates(moves, case, "resume", ClockKind.RESUMED, Note())
    moves.write(writes)
    writes.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """The one extension of one case, with the reason the applicant is told (行政许可法 art. 42)."""

    case_id: UUID
    reason: str


@transaction.atomic
def extend(extensions: Sequence[Extension], *, by: Actor, at: datetime) -> None:
    """Extend the limits of these cases, once each, by the days their items allow; for heads of authorities only."""
    moves, writes = Moves(by, at), Batch()
    wanted = [extension.case_id for extension in extensions]
    for extension, case in zip(extensions, moves.chosen("extend", lock_cases(wanted), wanted), strict=True):
        allowed = item_of(case.version_id, case.item_code).limits.extension
        days = allowed.working_days if allowed else 0
        _move_dates(moves, case, "extend", ClockKind.EXTENDED, Note(reason=extension.reason, working_days=days))
    moves.write(writes)
    writes.flush()


def _move_dates(moves: Moves, case: LockedCase, action: str, kind: ClockKind, note: Note) -> None:
    entries = [*ledgers([case.id])[case.id], _entry_is_lawful(case, moves, kind, note)]
    due = due_dates(entries, limits_of(case.version_id, case.item_code, case.region), calendars.national())
    moves.take(case, action, note, act_by=due.promised_due, promised_on=due.promised_due, legal_due_on=due.legal_due)


def _entry_is_lawful(case: LockedCase, moves: Moves, kind: ClockKind, note: Note) -> ClockEntry:
    entry = ClockEntry(
        kind=kind,
        on=moves.today,
        at=moves.at,
        working_days=note.working_days,
        reason=_statutory(note.suspension),
        basis=note.basis or ACTIONS["extend"].basis if kind is ClockKind.EXTENDED else note.basis,
        note=note.reason,
        by=moves.by.name,
    )
    validate_entry(
        ledgers([case.id])[case.id], entry, limits_of(case.version_id, case.item_code, case.region), calendars.national()
    )
    return entry


def _statutory(code: str) -> SuspensionReason | None:
    return SuspensionReason(code) if code in SuspensionReason.__members__ else None

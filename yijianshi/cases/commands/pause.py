"""Pausing, resuming and extending the clock (特别程序 and 延长审批)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.cases.commands.moves import Moves, Note, only
from yijianshi.cases.logic.clock import ClockEntry, ClockKind, SuspensionReason, due_dates, validate_entry
from yijianshi.cases.queries.items import item_of, limits_of
from yijianshi.cases.queries.ledger import ledgers
from yijianshi.cases.queries.locks import LockedCase, lock_cases
from yijianshi.foundation import calendars
from yijianshi.foundation.batch import Batch
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Invalid


class SuspensionNotAllowed(Invalid):
    """“{reason}”不是这个事项法定的暂停理由,计时不能暂停。

    "{reason}" is not a lawful reason to pause the clock of this item.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """Why the clock of one case is paused; *note* tells the applicant how long it will take (行政许可法 art. 45)."""

    case_id: UUID
    reason: str
    basis: str
    note: str


@transaction.atomic
def suspend(suspensions: Sequence[Suspension], *, by: Actor, at: datetime) -> None:
    """Pause the clocks of these cases for a statutory reason; the days until resumption are not counted."""
    moves, writes = Moves(by, at), Batch()
    wanted = [suspension.case_id for suspension in suspensions]
    for suspension, case in zip(suspensions, only(lock_cases(wanted), wanted), strict=True):
        if suspension.reason not in item_of(case.version_id, case.item_code).limits.suspensions:
            raise SuspensionNotAllowed(reason=suspension.reason or "-", field="suspension")
        note = Note(reason=suspension.note, suspension=suspension.reason, basis=suspension.basis)
        _entry_is_lawful(case, moves, "SUSPENDED", note)
        moves.take(case, "suspend", note, act_by=None)
    moves.write(writes)
    writes.flush()


@transaction.atomic
def resume(case_ids: Sequence[UUID], *, by: Actor, at: datetime) -> None:
    """Let the clocks of these cases run again; the due dates move by the days that were not counted."""
    moves, writes = Moves(by, at), Batch()
    for case in only(lock_cases(case_ids), case_ids):
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
    for extension, case in zip(extensions, only(lock_cases(wanted), wanted), strict=True):
        allowed = item_of(case.version_id, case.item_code).limits.extension
        days = allowed.working_days if allowed else 0
        _move_dates(moves, case, "extend", ClockKind.EXTENDED, Note(reason=extension.reason, working_days=days))
    moves.write(writes)
    writes.flush()


def _move_dates(moves: Moves, case: LockedCase, action: str, kind: ClockKind, note: Note) -> None:
    entries = [*ledgers([case.id])[case.id], _entry_is_lawful(case, moves, kind, note)]
    due = due_dates(entries, limits_of(case.version_id, case.item_code), calendars.national())
    moves.take(case, action, note, act_by=due.promised, promised_on=due.promised, legal_due_on=due.legal)


def _entry_is_lawful(case: LockedCase, moves: Moves, kind: str, note: Note) -> ClockEntry:
    entry = ClockEntry(
        kind=ClockKind(kind),
        on=moves.today,
        at=moves.at,
        working_days=note.working_days,
        reason=SuspensionReason(note.suspension) if note.suspension else None,
        basis=note.basis,
        note=note.reason,
        by=moves.by.name,
    )
    validate_entry(ledgers([case.id])[case.id], entry)
    return entry

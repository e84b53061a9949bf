"""Acceptance (受理), deemed acceptance and non-acceptance (不予受理)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yijianshi.cases.commands.moves import Moves, Note, only
from yijianshi.cases.commands.release import follow_up
from yijianshi.cases.commands.tables import DECISIONS
from yijianshi.cases.events import CaseAccepted, CaseDecided
from yijianshi.cases.queries.items import limits_of
from yijianshi.cases.queries.locks import LockedCase, lock_cases, lock_with_siblings
from yijianshi.foundation import calendars
from yijianshi.foundation.batch import Batch
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import SYSTEM, Actor


@transaction.atomic
def accept(case_ids: Sequence[UUID], *, by: Actor, at: datetime) -> None:
    """Accept these cases: the limits run from today, the first counted day is the next working day."""
    moves, writes = Moves(by, at), Batch()
    for case in only(lock_cases(case_ids), case_ids):
        take_acceptance(moves, case, "accept", moves.today)
    moves.write(writes)
    writes.flush()


@transaction.atomic
def deem_accepted(case_ids: Sequence[UUID], *, at: datetime) -> None:
    """Accept these cases because the authority kept silent: accepted from the day of receipt (行政许可法 art. 32)."""
    moves, writes = Moves(SYSTEM, at), Batch()
    for case in lock_cases(case_ids):
        take_acceptance(moves, case, "deem_accepted", case.received_on or moves.today)
    moves.write(writes)
    writes.flush()


def take_acceptance(moves: Moves, case: LockedCase, action: str, accepted_on: date) -> None:
    """Take the move of acceptance and set the promised and the legal date."""
    limits, calendar = limits_of(case.version_id, case.item_code), calendars.national()
    promised = calendar.try_add_working_days(accepted_on, limits.promised_working_days)
    legal_days = limits.legal_working_days
    legal = None if legal_days is None else calendar.try_add_working_days(accepted_on, legal_days)
    moves.take(case, action, Note(), act_by=promised, promised_on=promised, legal_due_on=legal)
    moves.tell(CaseAccepted(str(case.id), str(case.application_id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class NonAcceptance:
    """Why one case is not accepted, in words for the applicant."""

    case_id: UUID
    reason: str
    basis: str = ""


@transaction.atomic
def not_accept(refusals: Sequence[NonAcceptance], *, by: Actor, at: datetime) -> None:
    """Refuse to accept these cases, in writing and with reasons; only what needs their results ends with them."""
    moves, writes = Moves(by, at), Batch()
    wanted = [refusal.case_id for refusal in refusals]
    cases = lock_with_siblings(wanted)
    for refusal, case in zip(refusals, only(cases, wanted), strict=True):
        document_no = f"{case.number}-BS"
        moves.take(case, "not_accept", Note(reason=refusal.reason, basis=refusal.basis, document_no=document_no), act_by=None)
        moves.tell(CaseDecided(str(case.id), str(case.application_id), "NOT_ACCEPTED"))
        row = (new_id(), case.id, "NOT_ACCEPTED", refusal.reason, refusal.basis, document_no, case.organisation_id, by.name, at)
        writes.insert(DECISIONS, [row])
    follow_up(moves, cases)
    moves.write(writes)
    writes.flush()

"""Acceptance (受理), deemed acceptance and non-acceptance (不予受理)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yijianshi.cases.commands.moves import Moves, Note
from yijianshi.cases.commands.release import follow_up
from yijianshi.cases.commands.tables import DECISIONS
from yijianshi.cases.events import CaseAccepted, CaseDecided
from yijianshi.cases.logic.clock.due import first_dates
from yijianshi.cases.logic.clock.validation import AlreadyDeemedAccepted
from yijianshi.cases.logic.states import State
from yijianshi.cases.queries.items import check_by, limits_of, own_law
from yijianshi.cases.queries.locks import LockedCase, lock_cases, lock_with_siblings
from yijianshi.foundation import calendars
from yijianshi.foundation.batch import Batch
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import SYSTEM, Actor


@transaction.atomic
def accept(case_ids: Sequence[UUID], *, by: Actor, at: datetime) -> None:
    """Accept these cases: the limits run from today, or from receipt where silence has already accepted (art. 32)."""
    moves, writes = Moves(by, at), Batch()
    for case in moves.chosen("accept", lock_cases(case_ids), case_ids):
        take_acceptance(moves, case, "accept", accepted_on(case, moves.today))
    moves.write(writes)
    writes.flush()


@transaction.atomic
def deem_accepted(case_ids: Sequence[UUID], *, at: datetime) -> None:
    """Accept those of these cases on which the authority kept silent: accepted from the day of receipt (行政许可法 art. 32)."""
    moves, writes = Moves(SYSTEM, at), Batch()
    for case in lock_cases(case_ids):
        if silence_has_spoken(case, moves.today):
            take_acceptance(moves, case, "deem_accepted", case.received_on or moves.today)
    moves.write(writes)
    writes.flush()


def take_acceptance(moves: Moves, case: LockedCase, action: str, counted_from: date) -> None:
    """Take the move of acceptance and set the promised and the legal date."""
    promised, legal = first_dates(limits_of(case.version_id, case.item_code, case.region), calendars.national(), counted_from)
    moves.take(case, action, Note(), act_by=promised, promised_on=promised, legal_due_on=legal)
    moves.tell(CaseAccepted(str(case.id), str(case.application_id)))


def accepted_on(case: LockedCase, today: date) -> date:
    """Return from which day an acceptance today counts: today, or the day of receipt when the time to check has passed."""
    return case.received_on or today if silence_has_spoken(case, today) else today


def silence_has_spoken(case: LockedCase, today: date) -> bool:
    """Say whether the authority's time to check this received case has passed (行政许可法 art. 32)."""
    if case.state is not State.RECEIVED or case.received_on is None:
        return False
    last_day = _check_by(case, case.received_on)
    return last_day is not None and today > last_day


def refuse_after_silence(case: LockedCase, today: date) -> None:
    """Raise AlreadyDeemedAccepted where it is too late to ask for corrections or not to accept."""
    if silence_has_spoken(case, today):
        raise AlreadyDeemedAccepted(due=_check_by(case, case.received_on or today), accepted=case.received_on)


def _check_by(case: LockedCase, received_on: date) -> date | None:
    """Return the last day to check this received case, which after a correction is checked again."""
    return check_by(case.version_id, case.item_code, received_on, again=case.correction_rounds > 0)


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
    for refusal, case in zip(refusals, moves.chosen("not_accept", cases, wanted), strict=True):
        refuse_after_silence(case, moves.today)
        document_no = f"{case.number}-BS"
        basis = refusal.basis.strip() or own_law(case.version_id, case.item_code)
        moves.take(case, "not_accept", Note(reason=refusal.reason, basis=basis, document_no=document_no), act_by=None)
        moves.tell(CaseDecided(str(case.id), str(case.application_id), "NOT_ACCEPTED"))
        row = (new_id(), case.id, "NOT_ACCEPTED", refusal.reason, basis, document_no, case.organisation_id, by.name, at)
        writes.insert(DECISIONS, [row])
    follow_up(moves, cases)
    moves.write(writes)
    writes.flush()

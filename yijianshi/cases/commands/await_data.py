"""Cases that wait for a register's answer: taken up again when it comes, or when their department goes on without it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.applications import commands as applications
from yijianshi.cases.commands.moves import Moves, Note
from yijianshi.cases.events import CaseReceived, HandOverDue
from yijianshi.cases.logic.states import State
from yijianshi.cases.queries.items import check_by
from yijianshi.cases.queries.locks import LockedCase, lock_applications_cases, lock_cases
from yijianshi.exchange import commands as exchange
from yijianshi.exchange import queries as neighbours
from yijianshi.exchange.queries import sharing
from yijianshi.foundation.batch import Batch
from yijianshi.identity.logic.actor import SYSTEM, Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutData:
    """One case to go on with, although a register has not answered, and why."""

    case_id: UUID
    reason: str


def owing(application_ids: Collection[UUID]) -> Mapping[UUID, frozenset[str]]:
    """Return application → the items that still wait for a register."""
    debts = sharing.list_debts(application_ids) if application_ids and sharing.are_offered() else {}
    return {application_id: frozenset(one.item for one in found) for application_id, found in debts.items()}


@transaction.atomic
def take_up_answered(application_ids: Sequence[UUID], *, at: datetime) -> int:
    """Fill in what registers answered and put the cases that waited for nothing else on their desks; return how many.

    Only these cases move, each once however often the news comes. The day of receipt stays the day of submission: waiting for
    another authority costs the applicant no day (行政许可法 art. 32).
    """
    for application_id in dict.fromkeys(application_ids):
        applications.take_over_reads(application_id, at=at)
    moves, writes = Moves(SYSTEM, at), Batch()
    still = owing(application_ids)
    waiting = [case for case in lock_applications_cases(application_ids) if case.state is State.AWAITING_DATA]
    ready = [case for case in waiting if case.item_code not in still.get(case.application_id, frozenset())]
    for case in ready:
        _take_up(moves, case, "data_arrived", Note())
    moves.write(writes)
    writes.flush()
    return len(ready)


@transaction.atomic
def go_without_data(chosen: Sequence[WithoutData], *, by: Actor, at: datetime) -> None:
    """Go on with these cases although a register is silent: the debts are settled by hand, what lacks is asked for as usual."""
    moves, writes = Moves(by, at), Batch()
    wanted = [one.case_id for one in chosen]
    for one, case in zip(chosen, moves.chosen("go_without_data", lock_cases(wanted), wanted), strict=True):
        _take_up(moves, case, "go_without_data", Note(reason=one.reason))
        exchange.settle_by_hand(case.application_id, case.item_code, at=at)
    moves.write(writes)
    writes.flush()


def _take_up(moves: Moves, case: LockedCase, action: str, note: Note) -> None:
    act_by = check_by(case.version_id, case.item_code, case.received_on) if case.received_on else None
    moves.take(case, action, note, act_by=act_by)
    moves.tell(CaseReceived(str(case.id), str(case.application_id)))
    if neighbours.find_serving(case.organisation_id, case.item_code):
        moves.tell(HandOverDue(str(case.id), str(case.application_id)))

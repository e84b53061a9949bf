"""The end of a notice or statutory wait: the house approves by the published rule, or hands the case to its officer."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.cases.commands.decide import Approval, approve
from yijianshi.cases.commands.moves import Moves, Note
from yijianshi.cases.commands.notice import basis_of_timer, notice_is_over
from yijianshi.cases.logic.states import State
from yijianshi.cases.queries.items import item_of
from yijianshi.cases.queries.locks import LockedCase, list_noticed, lock_with_siblings
from yijianshi.catalogue.logic.schema.item import Timer
from yijianshi.foundation import clock
from yijianshi.foundation.batch import Batch
from yijianshi.identity.logic.actor import SYSTEM

BATCH = 200
_NOTE = "{text}期满，其间没有不予批准的决定，按公布的规则由系统办结。"
_OVER = "{text}期满，请审查并决定。"


@transaction.atomic
def end_notices(*, at: datetime, limit: int = BATCH) -> int:
    """End the notices whose last day has passed: approve where content says COMPLETE, else put the case onto its desk.

    Returns how many; a case decided or withdrawn in the meantime is left alone, and so is one ended before.
    """
    moves, writes = Moves(SYSTEM, at), Batch()
    over = _over(list_noticed(before=moves.today, limit=limit), at)
    done = [
        Approval(case_id=case.id, note=_said(_NOTE, timer), basis=basis_of_timer(timer))
        for case, timer in over
        if timer.then == "COMPLETE"
    ]
    for case, timer in over:
        if timer.then == "DECIDE":
            note = Note(reason=_said(_OVER, timer), basis=basis_of_timer(timer))
            moves.take(case, "end_notice", note, act_by=case.promised_on, notice_until=None)
    moves.write(writes)
    writes.flush()
    if done:
        approve(done, by=SYSTEM, at=at)
    return len(over)


def _over(case_ids: Sequence[UUID], at: datetime) -> list[tuple[LockedCase, Timer]]:
    """Return those of these cases that still wait and whose period is over, locked, with its timer."""
    if not case_ids:
        return []
    wanted, found = set(case_ids), []
    for case in lock_with_siblings(case_ids):
        timer = item_of(case.version_id, case.item_code).timer
        is_held = case.id in wanted and case.state is State.ACCEPTED and case.notice_until is not None
        if timer and is_held and notice_is_over(case, clock.today(at)):
            found.append((case, timer))
    return found


def _said(pattern: str, timer: Timer) -> str:
    return pattern.format(text=timer.text.zh.rstrip("。"))

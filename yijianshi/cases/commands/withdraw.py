"""Withdrawal (撤回) of one item or of everything, by the applicant."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.applications import commands as applications
from yijianshi.cases.commands.moves import Moves, Note
from yijianshi.cases.commands.release import follow_up
from yijianshi.cases.logic.states import ACTIONS
from yijianshi.cases.queries.locks import lock_applications_cases
from yijianshi.foundation.batch import Batch
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict


class NothingToWithdraw(Conflict):
    """这些事项已经办结或者已经结束，不能再撤回。

    These items are already finished, so they can no longer be withdrawn.
    """


class NotSplitYet(Conflict):
    """这份申请正在分送各部门，通常只要几秒钟。请稍后再撤回。

    This application is on its way to the departments, which usually takes seconds. Please withdraw it in a moment.
    """


@transaction.atomic
def withdraw(application_id: UUID, item_codes: Collection[str] = (), *, by: Actor, at: datetime, reason: str = "") -> list[str]:
    """Withdraw these items (none named: all that are still open); returns the item codes withdrawn.

    Items that needed a withdrawn item's result end as well; all others go on. Raises NothingToWithdraw.
    """
    applications.lock_owned(application_id, by=by)
    moves, writes = Moves(by, at), Batch()
    cases = lock_applications_cases([application_id])
    if not cases:
        raise NotSplitYet()
    chosen = [case for case in cases if not item_codes or case.item_code in item_codes]
    possible = [case for case in chosen if case.state in ACTIONS["withdraw"].origins]
    if not possible:
        raise NothingToWithdraw()
    for case in possible:
        moves.take(case, "withdraw", Note(reason=reason[:500]), act_by=None)
    follow_up(moves, cases)
    moves.write(writes)
    writes.flush()
    return [case.item_code for case in possible]

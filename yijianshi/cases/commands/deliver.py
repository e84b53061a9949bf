"""Delivery (送达) of results that are made as paper or cards."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.cases.commands.moves import Moves, Note
from yijianshi.cases.commands.release import follow_up
from yijianshi.cases.queries.locks import lock_with_siblings
from yijianshi.foundation.batch import Batch
from yijianshi.identity.logic.actor import Actor


@transaction.atomic
def deliver(case_ids: Sequence[UUID], *, by: Actor, at: datetime, how: str = "") -> None:
    """Record that the results of these cases have reached the applicant; *how* is one line, such as a parcel number."""
    moves, writes = Moves(by, at), Batch()
    cases = lock_with_siblings(case_ids)
    for case in moves.chosen("deliver", cases, case_ids):
        moves.take(case, "deliver", Note(reason=how), act_by=None)
    follow_up(moves, cases)
    moves.write(writes)
    writes.flush()

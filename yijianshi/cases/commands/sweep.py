"""What the passing of days does by itself: silence becomes acceptance, unanswered notices become returns."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from yijianshi.cases.commands.accept import deem_accepted
from yijianshi.cases.commands.correct import return_unanswered
from yijianshi.cases.logic.states import State
from yijianshi.cases.queries.locks import list_due
from yijianshi.foundation import clock

BATCH = 200


def deem_silent_cases_accepted(*, at: datetime, limit: int = BATCH) -> int:
    """Accept up to *limit* cases whose authority has kept silent past its time to check; returns how many."""
    return _sweep(State.RECEIVED, deem_accepted, at, limit)


def return_unanswered_corrections(*, at: datetime, limit: int = BATCH) -> int:
    """Return up to *limit* cases whose applicant has not answered in time; returns how many."""
    return _sweep(State.CORRECTION_REQUESTED, return_unanswered, at, limit)


@transaction.atomic
def _sweep(state: State, act: Callable[..., None], at: datetime, limit: int) -> int:
    due = list_due(state, before=clock.today(at), limit=limit)
    if due:
        act(due, at=at)
    return len(due)

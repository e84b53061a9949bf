"""What the passing of days does by itself: silence becomes acceptance, unanswered notices become returns."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.cases.commands.accept import deem_accepted
from yijianshi.cases.commands.correct import return_unanswered
from yijianshi.cases.models import Case
from yijianshi.foundation import clock

BATCH = 200


def deem_silent_cases_accepted(*, at: datetime, limit: int = BATCH) -> int:
    """Accept up to *limit* cases whose authority has kept silent past its time to check; returns how many."""
    return _sweep("RECEIVED", deem_accepted, at, limit)


def return_unanswered_corrections(*, at: datetime, limit: int = BATCH) -> int:
    """Return up to *limit* cases whose applicant has not answered in time; returns how many."""
    return _sweep("CORRECTION_REQUESTED", return_unanswered, at, limit)


@transaction.atomic
def _sweep(state: str, act: object, at: datetime, limit: int) -> int:
    due: list[UUID] = list(
        Case.objects.filter(is_open=True, state=state, act_by__lt=clock.today(at))
        .order_by("id")
        .values_list("id", flat=True)[:limit]
    )
    if due:
        act(due, at=at)  # type: ignore[operator]
    return len(due)

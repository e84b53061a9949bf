"""Drafts that nobody came back to."""

from datetime import datetime

from yijianshi.applications.commands.start import delete_with_files
from yijianshi.applications.models import Application
from yijianshi.foundation import clock


def delete_expired_drafts(*, at: datetime, limit: int = 500) -> int:
    """Delete up to *limit* drafts past their last day, with the personal data in them (PIPL art. 19); returns how many."""
    due = Application.objects.filter(state=Application.State.DRAFT, expires_on__lt=clock.today(at)).order_by("id")
    return delete_with_files(list(due.values_list("id", flat=True)[:limit]), at=at)

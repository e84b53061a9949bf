"""Drafts that nobody came back to."""

from datetime import datetime

from yijianshi.applications.models import Application
from yijianshi.foundation import clock


def delete_expired_drafts(*, at: datetime, limit: int = 500) -> int:
    """Delete up to *limit* drafts past their last day, with the personal data in them (PIPL art. 19); returns how many."""
    due = Application.objects.filter(state=Application.State.DRAFT, expires_on__lt=clock.today(at)).order_by("id")
    deleted, _ = Application.objects.filter(id__in=list(due.values_list("id", flat=True)[:limit])).delete()
    return deleted

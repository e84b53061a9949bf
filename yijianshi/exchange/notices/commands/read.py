"""Mark notices as read."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.exchange.notices.models import Notice
from yijianshi.exchange.notices.queries.listing import NoticeCard, get_notice
from yijianshi.identity.logic.actor import Actor


@transaction.atomic
def read(notice_id: UUID, *, by: Actor, at: datetime) -> NoticeCard:
    """Mark one of one's own notices as read and return it; the first reading counts. Raises NotFound for anybody else's."""
    card = get_notice(notice_id, by=by)
    Notice.objects.filter(id=notice_id, read_at=None).update(read_at=at)
    return card


@transaction.atomic
def read_all(*, by: Actor, at: datetime) -> int:
    """Mark all of one's own notices as read and return how many were not."""
    return Notice.objects.filter(person_id=by.person_id, read_at=None).update(read_at=at) if by.person_id else 0

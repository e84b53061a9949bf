"""One's own notices, newest first."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from yijianshi.exchange.notices.logic.letters import Content, expectation
from yijianshi.exchange.notices.models import Delivery, Notice
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text, text_from_json

PAGE = 50
_NOTICE = Text("这条消息", "This message")


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """One notice as its reader sees it."""

    id: UUID
    title: Text = field(repr=False)
    body: Text = field(repr=False)
    needs_action: bool
    act_by: date | None
    path: str
    mandate_id: UUID | None
    created_at: datetime
    is_read: bool
    expected: Text


@dataclass(frozen=True, slots=True)
class FailedDelivery:
    """A message that was given up, for operators: no person, no address, no text."""

    id: UUID
    channel: str
    created_at: datetime
    attempts: int
    error: str


def list_notices(*, by: Actor, before: UUID | None = None) -> list[NoticeCard]:
    """Return up to 50 of one's own notices, newest first, from the one after *before* on; nothing for staff and strangers."""
    if by.person_id is None:
        return []
    rows = Notice.objects.filter(person_id=by.person_id)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_card(row) for row in rows.order_by("-id")[:PAGE]]


def get_notice(notice_id: UUID, *, by: Actor) -> NoticeCard:
    """Return one of one's own notices; raises NotFound for anybody else's, so that ids tell nothing."""
    row = Notice.objects.filter(id=notice_id, person_id=by.person_id).first() if by.person_id else None
    if row is None:
        raise NotFound(what=_NOTICE)
    return _card(row)


def count_unread(*, by: Actor) -> int:
    """Return how many of one's own notices have not been read."""
    return Notice.objects.filter(person_id=by.person_id, read_at=None).count() if by.person_id else 0


def list_given_up(limit: int = 100) -> list[FailedDelivery]:
    """Return the messages that an operator should look at, oldest first."""
    rows = Delivery.objects.filter(state=Delivery.State.GIVEN_UP).order_by("created_at", "id")[:limit]
    return [FailedDelivery(row.id, row.channel, row.created_at, row.attempts, row.error) for row in rows]


def content_of(row: Notice) -> Content:
    """Return what a notice says."""
    kept = json.loads(row.content)
    sms = text_from_json(kept["sms"]) if kept["sms"] else None
    expected = expectation(needs_action=row.needs_action, act_by=row.act_by)
    return Content(text_from_json(kept["title"]), text_from_json(kept["body"]), sms, expected)


def _card(row: Notice) -> NoticeCard:
    content = content_of(row)
    return NoticeCard(
        row.id,
        content.title,
        content.body,
        row.needs_action,
        row.act_by,
        row.path,
        row.mandate_id,
        row.created_at,
        row.read_at is not None,
        expectation(needs_action=row.needs_action, act_by=row.act_by),
    )

"""The public API of messages: one's own notices and how one wishes to be told."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from yijianshi.exchange.notices import commands, queries
from yijianshi.foundation import clock
from yijianshi.identity.entrance import citizen_token
from yijianshi.identity.logic.actor import Actor

router = Router(tags=["notices"])


class TextOut(Schema):
    """A text in both languages."""

    zh: str
    en: str


class NoticeOut(Schema):
    """One notice; ``needs_action`` says whether something is expected, ``act_by`` until when."""

    id: UUID
    title: TextOut
    body: TextOut
    needs_action: bool
    act_by: date | None
    path: str
    mandate_id: UUID | None
    created_at: datetime
    is_read: bool
    expected: TextOut


class NoticesOut(Schema):
    """Up to 50 notices, newest first; ask again with ``before`` = the last id for earlier ones."""

    unread: int
    notices: list[NoticeOut]


class PreferenceOut(Schema):
    """How one is told; the phone number is masked."""

    sms: bool
    phone: str
    email: bool
    email_address: str
    quiet_from: time
    quiet_to: time
    is_daily: bool
    language: str


class PreferenceIn(Schema):
    """How one wishes to be told; times are written 21:00, the same twice means no quiet hours."""

    model_config = ConfigDict(extra="forbid")

    sms: bool
    email: bool
    email_address: str = Field(default="", max_length=254)
    quiet_from: str = Field(default="21:00", max_length=8)
    quiet_to: str = Field(default="08:00", max_length=8)
    is_daily: bool = False
    language: str = Field(default="zh", max_length=2)


@router.get("/notices", auth=citizen_token, response=NoticesOut)
def list_notices(request: HttpRequest, before: UUID | None = None) -> dict[str, Any]:
    """Return one's own notices, newest first, and how many are unread."""
    by = _actor(request)
    return {"unread": queries.count_unread(by=by), "notices": queries.list_notices(by=by, before=before)}


@router.post("/notices/{uuid:notice_id}/read", auth=citizen_token, response={204: None})
def read(request: HttpRequest, notice_id: UUID) -> Any:
    """Mark a notice as read; twice is no error."""
    commands.read(notice_id, by=_actor(request), at=clock.now())
    return Status(204, None)


@router.post("/notices/read", auth=citizen_token, response={204: None})
def read_all(request: HttpRequest) -> Any:
    """Mark all one's notices as read."""
    commands.read_all(by=_actor(request), at=clock.now())
    return Status(204, None)


@router.get("/notices/preferences", auth=citizen_token, response=PreferenceOut)
def preferences(request: HttpRequest) -> queries.PreferenceCard:
    """Return how one is told."""
    return queries.get_preference(by=_actor(request))


@router.put("/notices/preferences", auth=citizen_token, response=PreferenceOut)
def prefer(request: HttpRequest, wanted: PreferenceIn) -> queries.PreferenceCard:
    """Choose how to be told, and return it."""
    commands.prefer(commands.Wishes(**wanted.dict()), by=_actor(request), at=clock.now())
    return queries.get_preference(by=_actor(request))


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor

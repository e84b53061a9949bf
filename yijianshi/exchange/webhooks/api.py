"""The public API of webhooks, for programs of people and of those who act for others."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from yijianshi.exchange.webhooks import commands, queries
from yijianshi.foundation import clock, events
from yijianshi.identity.entrance import ActorRequest, citizen_token

router = Router(tags=["webhooks"], auth=citizen_token)


class Closed(Schema):
    """A body that refuses fields nobody knows, so that a typing error is not silently ignored."""

    model_config = ConfigDict(extra="forbid")


class SubscribeIn(Closed):
    """Where to post, and which kinds of event (none: all); see /docs/reference/events.md."""

    address: str = Field(max_length=500)
    kinds: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=50)] = []


class ReplayIn(Closed):
    """From which moment on to send again, at most thirty days back."""

    since: AwareDatetime


class Subscribed(Schema):
    """The new webhook; ``secret`` is shown this once."""

    id: UUID
    secret: str


class SubscriptionOut(Schema):
    """One webhook and how it is going; ``ended_why`` is REMOVED, GONE (it answered 410) or FAILING (for five days)."""

    id: UUID
    address: str
    kinds: list[str]
    created_at: datetime
    failing_since: datetime | None
    failures: int
    last_good_at: datetime | None
    ended_at: datetime | None
    ended_why: str


class EventOut(Schema):
    """One event and what became of it; ``next_at`` is when it is tried again."""

    id: UUID
    kind: str
    body: dict[str, Any]
    created_at: datetime
    attempts: int
    delivered_at: datetime | None
    given_up_at: datetime | None
    next_at: datetime | None
    status: int | None
    error: str


class Replayed(Schema):
    """How many events are sent again."""

    events: int


class Pinged(Schema):
    """The id of the test event."""

    id: UUID


@router.get("/webhooks", response=list[SubscriptionOut])
def list_webhooks(request: ActorRequest) -> Any:
    """Return your webhooks, newest first, ended ones too."""
    return queries.list_subscriptions(by=request.actor)


@router.post("/webhooks", response={201: Subscribed})
def subscribe(request: ActorRequest, body: SubscribeIn) -> Status[dict[str, Any]]:
    """Be told of what happens to the matters you may see: your own, and those of people and enterprises you act for."""
    known = sorted(name for name, _, _ in events.list_events())
    made, secret = commands.subscribe(body.address, body.kinds, known=known, by=request.actor, at=clock.now())
    return Status(201, {"id": made, "secret": secret})


@router.delete("/webhooks/{uuid:webhook_id}", response={204: None})
def unsubscribe(request: ActorRequest, webhook_id: UUID) -> Status[None]:
    """End one of your webhooks."""
    commands.unsubscribe(webhook_id, by=request.actor, at=clock.now())
    return Status(204, None)


@router.post("/webhooks/{uuid:webhook_id}/secret", response=Subscribed)
def replace_secret(request: ActorRequest, webhook_id: UUID) -> dict[str, Any]:
    """Return a new secret; for a day events carry a signature with the old one, too."""
    return {"id": webhook_id, "secret": commands.replace_secret(webhook_id, by=request.actor, at=clock.now())}


@router.post("/webhooks/{uuid:webhook_id}/ping", response={202: Pinged})
def ping(request: ActorRequest, webhook_id: UUID) -> Status[dict[str, Any]]:
    """Send a test event (``webhook.ping``)."""
    return Status(202, {"id": commands.ping(webhook_id, by=request.actor, at=clock.now())})


@router.get("/webhooks/{uuid:webhook_id}/events", response=list[EventOut])
def list_events(request: ActorRequest, webhook_id: UUID, before: UUID | None = None) -> Any:
    """Return up to 50 events of one webhook, newest first; ask again with ``before`` = the last id for earlier ones."""
    return queries.list_events(webhook_id, by=request.actor, before=before)


@router.post("/webhooks/{uuid:webhook_id}/replay", response={202: Replayed})
def replay(request: ActorRequest, webhook_id: UUID, body: ReplayIn) -> Status[dict[str, int]]:
    """Send all events since that moment again, under their old ids."""
    return Status(202, {"events": commands.replay(webhook_id, since=body.since, by=request.actor, at=clock.now())})

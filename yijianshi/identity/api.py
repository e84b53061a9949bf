"""The identity room's part of the public API: log in, who am I, mandates."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from yijianshi.foundation import clock
from yijianshi.identity import commands, queries
from yijianshi.identity.entrance import address_of, citizen_token, demo_only, member_token, public
from yijianshi.identity.logic.actor import Actor, PrincipalKind, Role
from yijianshi.identity.logic.mandates import MandateKind, MandateState
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.text import Text

router = Router(tags=["identity"])


class Closed(Schema):
    """A body that refuses fields nobody knows, so that a typing error is not silently ignored."""

    model_config = ConfigDict(extra="forbid")


class Credentials(Closed):
    """A user name and a password."""

    username: str = Field(max_length=64)
    password: str = Field(max_length=256)


class PasswordChange(Closed):
    """The present password and the new one."""

    old_password: str = Field(max_length=256)
    password: str = Field(max_length=256)


class DemoEntry(Closed):
    """Which person of the demonstration to enter as."""

    username: str = Field(max_length=64)


class Token(Schema):
    """A bearer token, shown this once; send it as ``Authorization: Bearer …``."""

    token: str
    expires_at: datetime


class KeyIn(Closed):
    """What the key is for, and for how many days."""

    name: str = Field(max_length=60)
    days: int = Field(default=90, ge=1, le=365)


class NewKey(Schema):
    """A key, shown this once; send it as ``Authorization: Bearer …``. In a sandbox it begins with ``yjs_test_``."""

    id: UUID
    key: str
    expires_at: datetime


class KeyOut(Schema):
    """One key without itself."""

    id: UUID
    name: str
    created_at: datetime
    expires_at: datetime
    last_used_on: date | None


class PrincipalOut(Schema):
    """For whom the actor acts (header ``Acting-For: <mandate id>``)."""

    kind: PrincipalKind
    id: UUID
    name: str
    mandate_id: UUID


class Me(Schema):
    """Who is asking; ID number and phone are masked, since no program needs them to show a greeting."""

    kind: str
    name: str
    person_id: UUID | None
    organisation_id: UUID | None
    region: str
    roles: list[Role]
    id_number: str = ""
    phone: str = ""
    principal: PrincipalOut | None = None


class MandateOut(Schema):
    """One mandate as both sides see it."""

    id: UUID
    kind: MandateKind
    principal_kind: PrincipalKind
    principal_id: UUID
    principal_name: str
    agent_name: str
    scope: list[str]
    may_submit: bool
    may_use_certificates: bool
    valid_from: date
    valid_to: date | None
    state: MandateState
    is_received: bool


class AppointmentIn(Closed):
    """Whom to appoint; name and ID number must both fit."""

    agent_name: str = Field(max_length=100)
    agent_id_number: str = Field(max_length=32)
    kind: MandateKind = MandateKind.AGENT
    scope: list[str] = Field(default=["*"], max_length=50)
    may_submit: bool = True
    may_use_certificates: bool = False
    valid_to: date | None = None


class Created(Schema):
    """The id of what was made."""

    id: UUID


@router.post("/login", auth=public, response=Token)
def log_in(request: HttpRequest, credentials: Credentials) -> dict[str, Any]:
    """Exchange a user name and a password for a token; throttled per account and per network."""
    at = clock.now()
    logged_in = commands.log_in(credentials.username, credentials.password, address_of(request), at)
    return _token(logged_in.actor, at)


@router.post("/demo/login", auth=demo_only, response=Token)
def enter_demo(request: HttpRequest, entry: DemoEntry) -> dict[str, Any]:
    """Enter a demonstration as one of its people; this operation does not exist outside demo mode."""
    at = clock.now()
    return _token(commands.enter_demo(entry.username, at).actor, at)


@router.get("/keys", auth=member_token, response=list[KeyOut])
def list_keys(request: HttpRequest) -> Any:
    """Return the keys you made for programs of yours."""
    return queries.list_keys(by=_actor(request), at=clock.now())


@router.post("/keys", auth=member_token, response={201: NewKey})
def issue_key(request: HttpRequest, body: KeyIn) -> Status[dict[str, Any]]:
    """Make a key for a program of yours; it is shown this once and opens what you may open, until it ends or you end it."""
    _log_in_first(request)
    key_id, key, expires_at = commands.issue_key(body.name, body.days, by=_actor(request), at=clock.now())
    return Status(201, {"id": key_id, "key": key, "expires_at": expires_at})


@router.delete("/keys/{uuid:key_id}", auth=member_token, response={204: None})
def revoke_key(request: HttpRequest, key_id: UUID) -> Status[None]:
    """End one of your keys at once."""
    commands.revoke_key(key_id, by=_actor(request), at=clock.now())
    return Status(204, None)


@router.post("/logout", auth=member_token, response={204: None})
def log_out(request: HttpRequest) -> Any:
    """End the token this request came with."""
    at = clock.now()
    _, _, token = request.headers.get("Authorization", "").partition(" ")
    commands.revoke_token(token.strip(), by=_actor(request), at=at)
    return Status(204, None)


@router.post("/password", auth=member_token, response={204: None})
def change_password(request: HttpRequest, change: PasswordChange) -> Any:
    """Replace your password; every session and every token of the account ends, this one too."""
    commands.change_password(change.old_password, change.password, by=_actor(request), at=clock.now())
    return Status(204, None)


@router.get("/me", auth=member_token, response=Me)
def me(request: HttpRequest) -> dict[str, Any]:
    """Return who is asking."""
    return queries.describe_self(_actor(request))


@router.get("/mandates", auth=citizen_token, response=list[MandateOut])
def list_mandates(request: HttpRequest) -> list[queries.MandateCard]:
    """Return the mandates one holds and has given, newest first."""
    return queries.list_mandates(_actor(request))


@router.post("/mandates", auth=citizen_token, response={201: Created})
def appoint(request: HttpRequest, wanted: AppointmentIn) -> Any:
    """Appoint an agent for oneself, or for the enterprise one acts for."""
    appointment = commands.Appointment(**{**wanted.dict(), "scope": tuple(wanted.scope)})
    mandate_id = commands.appoint_agent(appointment, by=_actor(request), at=clock.now())
    return Status(201, {"id": mandate_id})


@router.delete("/mandates/{uuid:mandate_id}", auth=citizen_token, response={204: None})
def revoke(request: HttpRequest, mandate_id: UUID) -> Any:
    """End a mandate one holds or has given, at once."""
    commands.revoke_mandate(mandate_id, by=_actor(request), at=clock.now())
    return Status(204, None)


def _log_in_first(request: HttpRequest) -> None:
    """A key that was stolen must not make further keys: only somebody who logged in may."""
    if request.headers.get("Authorization", "").removeprefix("Bearer ").strip().startswith(commands.KEY_PREFIX):
        raise Forbidden(why=Text("新的密钥要登录以后才能建", "log in to make another key"))


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _token(actor: Actor, at: datetime) -> dict[str, Any]:
    token, expires_at = commands.issue_token(by=actor, at=at)
    return {"token": token, "expires_at": expires_at}

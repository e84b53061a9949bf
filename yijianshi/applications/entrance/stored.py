"""The public API for materials handed in before: the list, and using one again."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict

from yijianshi.applications import commands, queries
from yijianshi.foundation import clock
from yijianshi.identity.entrance import ActorRequest, citizen_token

router = Router(tags=["applications"], auth=citizen_token)


class FileOut(Schema):
    """One file with the SHA-256 (hex) of its content."""

    id: UUID
    name: str
    sha256: str


class StoredOut(Schema):
    """One material of an earlier application; ``original_seen_at`` where an office compared it with the original."""

    application_id: UUID
    number: str
    code: str
    name: dict[str, str]
    files: list[FileOut]
    handed_in_at: datetime
    fresh_until: date | None
    is_fresh: bool
    original_seen_at: datetime | None
    original_seen_by: dict[str, str] | None


class ReuseIn(Schema):
    """The application it was handed in with, and the consent to this one use."""

    model_config = ConfigDict(extra="forbid")

    source: UUID
    agreed: bool


@router.get("/materials", response=list[StoredOut])
def list_stored(request: ActorRequest) -> list[dict[str, Any]]:
    """Return what was handed in with submitted applications, newest first."""
    return [_out(one) for one in queries.list_stored(by=request.actor, at=clock.now())]


@router.post("/applications/{uuid:application_id}/materials/{code}/reuse", response={204: None})
def reuse(request: ActorRequest, application_id: UUID, code: str, body: ReuseIn) -> Status[None]:
    """Hand in again what was handed in before, with consent to this one use; 422 when it is too old."""
    about: dict[str, Any] = {"application_id": application_id, "material": code, "by": request.actor, "at": clock.now()}
    commands.reuse(source=body.source, agreed=body.agreed, **about)
    return Status(204, None)


def _out(one: queries.Stored) -> dict[str, Any]:
    return {
        "application_id": one.application_id,
        "number": one.number,
        "code": one.code,
        "name": one.name.to_json(),
        "files": [{"id": file.id, "name": file.name, "sha256": file.sha256} for file in one.files],
        "handed_in_at": one.handed_in_at,
        "fresh_until": one.fresh_until,
        "is_fresh": one.is_fresh,
        "original_seen_at": one.seen.at if one.seen else None,
        "original_seen_by": one.seen.organisation.to_json() if one.seen else None,
    }

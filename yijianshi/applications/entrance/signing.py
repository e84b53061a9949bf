"""The public API for signing: the document, the code, the signature."""

import base64
import binascii
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from yijianshi.applications import commands, queries
from yijianshi.applications.commands.signing import MAX_DRAWING, NoDrawing
from yijianshi.foundation import clock
from yijianshi.identity.entrance import ActorRequest, citizen_token

router = Router(tags=["applications"], auth=citizen_token)


class SignIn(Schema):
    """The digest of the document, and either the code or the drawing (PNG, base64) with the password."""

    model_config = ConfigDict(extra="forbid")

    digest: str = Field(min_length=64, max_length=64)
    code: str = Field(default="", max_length=12)
    drawing: str = Field(default="", max_length=MAX_DRAWING * 4 // 3 + 4)
    password: str = Field(default="", max_length=200)


class SignerOut(Schema):
    """One signer, in order."""

    entity: str
    label: dict[str, str]
    is_next: bool
    signed_at: datetime | None
    method: str


class SigningOut(Schema):
    """The document: what it says, its digest (SHA-256 of the PDF nobody has signed), and who signs."""

    id: UUID
    application_id: UUID
    content: dict[str, Any]
    digest: str
    signers: list[SignerOut]
    is_my_turn: bool
    is_current: bool


class OpenedOut(Schema):
    """The document to sign."""

    signing: UUID


class SentOut(Schema):
    """Where the code went, masked."""

    phone: str


@router.post("/applications/{uuid:application_id}/signing", response={201: OpenedOut})
def open_signing(request: ActorRequest, application_id: UUID) -> Status[dict[str, UUID]]:
    """Make the document of a finished draft; the same again while the draft stays as it is."""
    made = commands.open_signing(application_id, by=request.actor, at=clock.now())
    return Status(201, {"signing": made})


@router.get("/signing/{uuid:round_id}", response=SigningOut)
def get_signing(request: ActorRequest, round_id: UUID) -> dict[str, Any]:
    """Return the document to its signers and the applicant; 404 for everybody else."""
    shown = queries.get_signing(round_id, by=request.actor)
    return {
        "id": shown.id,
        "application_id": shown.application_id,
        "content": shown.content.to_json(),
        "digest": shown.digest,
        "signers": [
            {
                "entity": line.signer.entity,
                "label": line.signer.label.to_json(),
                "is_next": line.is_next,
                "signed_at": line.made.at if line.made else None,
                "method": line.made.method if line.made else "",
            }
            for line in shown.lines
        ],
        "is_my_turn": shown.is_my_turn,
        "is_current": shown.is_current,
    }


@router.get("/signing/{uuid:round_id}/document.pdf")
def get_document(request: ActorRequest, round_id: UUID) -> HttpResponse:
    """Return the PDF with all signatures made so far."""
    return HttpResponse(queries.open_document(round_id, by=request.actor), content_type="application/pdf")


@router.post("/signing/{uuid:round_id}/code", response=SentOut)
def send_code(request: ActorRequest, round_id: UUID) -> dict[str, str]:
    """Send a code to the phone of whoever asks; it holds for five minutes and this document only."""
    return {"phone": commands.send_code(round_id, by=request.actor, at=clock.now())}


@router.post("/signing/{uuid:round_id}/sign", response={204: None})
def sign(request: ActorRequest, round_id: UUID, body: SignIn) -> Status[None]:
    """Sign exactly this document, in turn; 409 when the draft has changed or somebody else signs first."""
    wish = commands.Signing(
        round_id=round_id,
        digest=body.digest,
        code=body.code,
        drawing=_decoded(body.drawing) if body.drawing else None,
        password=body.password,
    )
    commands.sign(wish, by=request.actor, at=clock.now())
    return Status(204, None)


def _decoded(drawing: str) -> bytes:
    try:
        return base64.b64decode(drawing, validate=True)
    except binascii.Error as error:
        raise NoDrawing(field="drawing") from error

"""The public API for agreement: asking the other parties, and answering when one is asked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from yijianshi.applications import commands, queries
from yijianshi.applications.logic.parties import PartyState
from yijianshi.foundation import clock
from yijianshi.identity.entrance import ActorRequest, citizen_token

router = Router(tags=["applications"], auth=citizen_token)


class Closed(Schema):
    """A body that refuses fields nobody knows."""

    model_config = ConfigDict(extra="forbid")


class ConfirmIn(Closed):
    """The digest of what was shown; where the act is SIGN, sign instead (see signing)."""

    digest: str = Field(min_length=64, max_length=64)


class DeclineIn(Closed):
    """The digest of what was shown, and why not."""

    digest: str = Field(min_length=64, max_length=64)
    reason: str = Field(min_length=1, max_length=300)


class WordsOut(Schema):
    """A sentence in both languages."""

    zh: str
    en: str


class PartyOut(Schema):
    """One party of a draft: NOT_ASKED, WAITING, CONFIRMED, DECLINED or OUTDATED; ``invitation`` is what to pass on."""

    entity: str
    label: WordsOut
    act: str
    text: WordsOut
    status: str
    invitation: UUID | None
    reason: str
    answered_at: datetime | None


class InvitedOut(Schema):
    """The invitation; nothing is sent by the house, so pass on its address."""

    invitation: UUID


class RequestOut(Schema):
    """What a party is asked to agree to, exactly as it is kept."""

    id: UUID
    thing_name: WordsOut
    applicant: str
    label: WordsOut
    act: str
    text: WordsOut
    shown: dict[str, Any]
    digest: str
    is_open: bool
    is_outdated: bool
    invited_at: datetime


@router.get("/applications/{uuid:application_id}/parties", response=list[PartyOut])
def list_parties(request: ActorRequest, application_id: UUID) -> list[dict[str, Any]]:
    """Return who else must agree to a draft, and where each stands."""
    draft = queries.get_draft(application_id, by=request.actor, at=clock.now())
    return [_party(one) for one in draft.parties]


@router.post("/applications/{uuid:application_id}/parties/{entity}", response={201: InvitedOut})
def invite(request: ActorRequest, application_id: UUID, entity: str) -> Status[dict[str, Any]]:
    """Ask a party to agree to the finished form; asking again shows the present content."""
    found = commands.invite(application_id=application_id, entity=entity, by=request.actor, at=clock.now())
    return Status(201, {"invitation": found})


@router.get("/confirmations", response=list[RequestOut])
def list_requests(request: ActorRequest) -> list[dict[str, Any]]:
    """Return what waits for your agreement, or for that of the person you act for."""
    return [_request(one) for one in queries.list_requests(by=request.actor)]


@router.get("/confirmations/{uuid:invitation_id}", response=RequestOut)
def get_request(request: ActorRequest, invitation_id: UUID) -> dict[str, Any]:
    """Return one request for your agreement."""
    return _request(queries.get_request(invitation_id, by=request.actor))


@router.post("/confirmations/{uuid:invitation_id}/confirm", response={204: None})
def confirm(request: ActorRequest, invitation_id: UUID, body: ConfirmIn) -> Status[None]:
    """Agree to exactly what was shown; 409 when the draft has changed since, or where a signature is wanted."""
    commands.confirm(invitation_id=invitation_id, digest=body.digest, by=request.actor, at=clock.now())
    return Status(204, None)


@router.post("/confirmations/{uuid:invitation_id}/decline", response={204: None})
def decline(request: ActorRequest, invitation_id: UUID, body: DeclineIn) -> Status[None]:
    """Refuse to agree, with a reason the applicant reads."""
    commands.decline_request(
        invitation_id=invitation_id, digest=body.digest, reason=body.reason, by=request.actor, at=clock.now()
    )
    return Status(204, None)


def _party(one: PartyState) -> dict[str, Any]:
    return {
        "entity": one.party.entity,
        "label": one.party.label,
        "act": one.party.act,
        "text": one.party.text,
        "status": one.status,
        "invitation": one.asked.id if one.asked else None,
        "reason": one.answered.reason if one.answered else "",
        "answered_at": one.answered.at if one.answered else None,
    }


def _request(one: queries.Request) -> dict[str, Any]:
    return {
        "id": one.id,
        "thing_name": one.thing_name,
        "applicant": one.applicant,
        "label": one.label,
        "act": one.act,
        "text": one.text,
        "shown": one.sheet.to_json(),
        "digest": one.digest,
        "is_open": one.is_open,
        "is_outdated": one.is_outdated,
        "invited_at": one.invited_at,
    }

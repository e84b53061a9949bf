"""The API's part on data read about a person: the ledger, objections, consents, and "this is wrong"."""

from typing import Any, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from yijianshi.applications import commands, queries
from yijianshi.applications.queries.data_uses import DataUse
from yijianshi.foundation import clock
from yijianshi.identity.entrance import ActorRequest, citizen_token

router = Router(tags=["data uses"], auth=citizen_token)


class _Closed(Schema):
    model_config = ConfigDict(extra="forbid")


class ObjectionIn(_Closed):
    """Why the person objects."""

    reason: str = Field(max_length=1000)


class ConsentIn(_Closed):
    """The ticked box under the consent text."""

    agreed: bool


class DisputeIn(_Closed):
    """What the person believes to be right, and what is wrong with the register."""

    claimed: str = Field(max_length=2000)
    reason: str = Field(max_length=1000)


@router.get("/data-uses", summary="Everybody who used my data, for what, on what ground")
def list_uses(request: ActorRequest) -> list[dict[str, Any]]:
    """Return every register asked about the person and every use of her certificates, newest first."""
    return [_use(one) for one in queries.list_data_uses(by=request.actor)]


@router.post("/data-uses/{kind}/{use_id}/objection", response={204: None}, summary="Object to a use of my data")
def object_to(request: ActorRequest, kind: Literal["READ", "CERTIFICATE"], use_id: UUID, body: ObjectionIn) -> Status[None]:
    """Keep the objection; said twice it is one."""
    commands.object_to_use(kind=kind, use_id=use_id, reason=body.reason, by=request.actor, at=clock.now())
    return Status(204, None)


@router.put("/applications/{application_id}/consents/{code}", response={204: None}, summary="Agree to sensitive data being read")
def consent(request: ActorRequest, application_id: UUID, code: str, body: ConsentIn) -> Status[None]:
    """Keep the consent for a draft; given twice it is one."""
    commands.consent_to_read(application_id=application_id, register=code, agreed=body.agreed, by=request.actor, at=clock.now())
    return Status(204, None)


@router.delete("/applications/{application_id}/consents/{code}", response={204: None}, summary="Withdraw a consent")
def withdraw(request: ActorRequest, application_id: UUID, code: str) -> Status[None]:
    """End the consent: nothing more is read on it, a draft forgets what was."""
    commands.withdraw_consent(application_id=application_id, register=code, by=request.actor, at=clock.now())
    return Status(204, None)


@router.post("/applications/{application_id}/facts/{fact}/dispute", response={204: None}, summary="Say that a register is wrong")
def dispute(request: ActorRequest, application_id: UUID, fact: str, body: DisputeIn) -> Status[None]:
    """Use the person's own value, marked as to be verified, and tell the register."""
    said: dict[str, Any] = {"fact": fact, "claimed": body.claimed, "reason": body.reason}
    commands.dispute(application_id=application_id, **said, by=request.actor, at=clock.now())
    return Status(204, None)


def _use(one: DataUse) -> dict[str, Any]:
    said = one.objection
    return {
        "kind": one.kind,
        "id": str(one.id),
        "source": one.source.to_json(),
        "thing": one.thing.to_json(),
        "items": [item.to_json() for item in one.items],
        "fields": [field.to_json() for field in one.fields],
        "why": one.why.to_json(),
        "basis": one.basis,
        "authorisation": one.authorisation.to_json(),
        "state": one.state.to_json(),
        "at": one.at.isoformat(),
        "objection": {"reason": said.reason, "at": said.at.isoformat(), "answer": said.answer} if said else None,
    }

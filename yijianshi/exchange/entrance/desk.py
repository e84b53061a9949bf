"""The desk for stuck messages as operations, under ``/api/v1/exchange``: the same commands and rights as its page."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from yijianshi.exchange import commands, queries
from yijianshi.exchange.queries.desk import LOOK
from yijianshi.foundation import clock
from yijianshi.identity.entrance import ActorRequest, staff_with
from yijianshi.identity.logic.actor import Role

router = Router(tags=["exchange"])
operator_token = staff_with({Role.OPERATOR})
Way = Literal["out", "in"]
MessageId = Annotated[str, Path(max_length=40)]


class HandIn(Schema):
    """To whom the matter was handed, and what was agreed."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field(max_length=500)


class WordsOut(Schema):
    """A sentence in both languages."""

    zh: str
    en: str


class StuckOut(Schema):
    """One message that does not move; ``way`` is out (to them) or in (from them), ``about`` its case."""

    way: str
    id: str
    neighbour: str
    neighbour_name: WordsOut
    kind: str
    about: str
    sequence: int
    since: datetime
    attempts: int
    error: WordsOut
    refused: bool


@router.get("/exchange/stuck", auth=staff_with(LOOK), response=list[StuckOut])
def list_stuck(request: ActorRequest) -> Any:
    """Return the stuck messages, oldest first, at most 200 each way; for operators and supervisors."""
    return queries.list_stuck(by=request.actor, at=clock.now())


@router.post("/exchange/stuck/{way}/{message_id}/retry", auth=operator_token, response={204: None})
def retry(request: ActorRequest, way: Way, message_id: MessageId) -> Status[None]:
    """Try a stuck message again; for operators."""
    commands.retry_message(way, message_id, by=request.actor, at=clock.now())
    return Status(204, None)


@router.post("/exchange/stuck/{way}/{message_id}/hand-to-person", auth=operator_token, response={204: None})
def hand_to_person(request: ActorRequest, way: Way, message_id: MessageId, body: HandIn) -> Status[None]:
    """Close a stuck message because a person takes care of its matter; for operators."""
    commands.hand_to_person(way, message_id, body.note, by=request.actor, at=clock.now())
    return Status(204, None)

"""Operations for neighbour systems, under ``/api/exchange/v1``: they tell us, and ask where we stand."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from yijianshi.exchange import commands, queries
from yijianshi.exchange.connectors import wire
from yijianshi.exchange.connectors.port import Message
from yijianshi.exchange.entrance.signed import signed
from yijianshi.foundation import clock

router = Router(tags=["exchange"], auth=signed)


class AboutIn(Schema):
    """Threads asked about."""

    about: list[wire.About] = Field(max_length=500)


@router.post("/{neighbour}/messages", summary="外部系统送来消息 · a neighbour's messages")
def take_messages(request: HttpRequest, neighbour: str, batch: wire.MessagesIn) -> dict[str, Any]:
    """Store the batch; answer which are safely here and which will never be taken."""
    messages = [Message(one.id, one.kind, one.about, one.sequence, one.at, one.body) for one in batch.messages]
    sent = commands.receive(neighbour, messages, at=clock.now())
    refused = [{"id": str(one.id), "code": one.code, "message": one.message} for one in sent.refused]
    return {"taken": [str(one) for one in sent.taken], "refused": refused}


@router.post("/{neighbour}/threads", summary="外部系统对账 · where we stand in these threads")
def tell_threads(request: HttpRequest, neighbour: str, asked: AboutIn) -> dict[str, Any]:
    """Answer the highest numbers without a hole, for the threads we know."""
    return {"threads": [vars_of(one) for one in queries.list_threads(neighbour, asked.about)]}


def vars_of(state: Any) -> dict[str, Any]:
    """Return a thread's state as JSON."""
    return {"about": state.about, "received": state.received, "sent": state.sent, "state": state.state}

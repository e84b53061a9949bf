"""Operations for neighbour systems, under ``/api/exchange/v1``: they tell us, and ask where we stand."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from yijianshi.exchange import asking, commands, queries
from yijianshi.exchange.connectors import wire
from yijianshi.exchange.connectors.port import Message
from yijianshi.exchange.entrance.signed import signed
from yijianshi.exchange.queries.neighbours import NeighbourCard
from yijianshi.foundation import clock

router = Router(tags=["exchange"], auth=signed)


class AboutIn(Schema):
    """Threads asked about."""

    about: list[wire.About] = Field(max_length=500)


class ResendIn(Schema):
    """A thread, and the last number the neighbour has of it."""

    about: wire.About
    after: int = Field(ge=0, le=1_000_000)


class QuestionIn(Schema):
    """What is asked; each question says what it takes."""

    asked: dict[str, Any] = {}


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


@router.post("/{neighbour}/resend", summary="请我们补发 · send again what follows")
def send_again(request: HttpRequest, neighbour: str, asked: ResendIn) -> dict[str, Any]:
    """Send again what the neighbour lacks of one thread."""
    return {"sent_again": commands.send_after(neighbour, asked.about, asked.after, at=clock.now())}


@router.post("/{neighbour}/questions/{question}", summary="外部系统提问 · a neighbour's question")
def answer_question(request: HttpRequest, neighbour: str, question: str, body: QuestionIn) -> dict[str, Any]:
    """Answer what this neighbour may know."""
    card: NeighbourCard = request.auth  # type: ignore[attr-defined]  # set by the signed door
    return dict(asking.answer(question, body.asked, by=card, at=clock.now()))


def vars_of(state: Any) -> dict[str, Any]:
    """Return a thread's state as JSON."""
    return {"about": state.about, "received": state.received, "sent": state.sent, "state": state.state}

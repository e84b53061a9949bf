"""Messages as JSON and back (docs/reference/exchange-protocol.md), for every connector that speaks the house's own protocol."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from yijianshi.exchange.connectors.port import Away, Message, Read, Reading, Refusal, Sent, ThreadState

MOST = 100  # messages in one request
ABOUT = r"^[A-Za-z0-9._:-]{1,80}$"  # the name of a thread; a colon, never a slash, parts a number from what is told of it
About = Annotated[str, Field(pattern=ABOUT)]
Kind = Annotated[str, Field(pattern=r"^[a-z][a-z_]*(\.[a-z][a-z_]*){1,3}$", max_length=60)]


M = TypeVar("M", bound=BaseModel)


class _Loose(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class MessageIn(_Loose):
    """One message as it comes."""

    id: UUID
    kind: Kind
    about: About
    sequence: int = Field(ge=1, le=1_000_000)
    at: AwareDatetime
    body: dict[str, Any] = {}


class MessagesIn(_Loose):
    """A batch as it comes."""

    messages: tuple[MessageIn, ...] = Field(max_length=MOST)


class _RefusalIn(_Loose):
    id: UUID
    code: str = Field(max_length=60)
    message: str = ""


class _SentIn(_Loose):
    taken: tuple[UUID, ...] = ()
    refused: tuple[_RefusalIn, ...] = ()


class _ThreadIn(_Loose):
    about: About
    received: int = Field(ge=0)
    sent: int = Field(ge=0)
    state: str = Field(default="", max_length=60)


class _ThreadsIn(_Loose):
    threads: tuple[_ThreadIn, ...]


class _ReadIn(_Loose):
    request: UUID
    found: bool
    as_of: datetime | None = None
    fields: dict[str, Any] = {}


def from_messages(messages: Sequence[Message]) -> dict[str, Any]:
    """Return a batch as JSON."""
    return {
        "messages": [
            {
                "id": str(one.id),
                "kind": one.kind,
                "about": one.about,
                "sequence": one.sequence,
                "at": one.at.isoformat(),
                "body": dict(one.body),
            }
            for one in messages
        ]
    }


def to_messages(content: Any) -> list[Message]:
    """Return the messages of a batch; raises Away when it is not one."""
    parsed = _parsed(MessagesIn, content)
    return [Message(one.id, one.kind, one.about, one.sequence, one.at, one.body) for one in parsed.messages]


def to_sent(content: Any, asked: Sequence[Message]) -> Sent:
    """Return what became of the messages *asked*; ids never sent are left out. Raises Away."""
    parsed, ours = _parsed(_SentIn, content), {one.id for one in asked}
    refused = tuple(Refusal(one.id, one.code, one.message[:300]) for one in parsed.refused if one.id in ours)
    turned_away = {one.id for one in refused}
    return Sent(tuple(one for one in parsed.taken if one in ours - turned_away), refused)


def to_threads(content: Any) -> list[ThreadState]:
    """Return where the neighbour stands; raises Away."""
    return [ThreadState(one.about, one.received, one.sent, one.state) for one in _parsed(_ThreadsIn, content).threads]


def from_reading(reading: Reading) -> dict[str, Any]:
    """Return a question to a register as JSON."""
    return {
        "request": str(reading.request),
        "purpose": reading.purpose,
        "authorisation": reading.authorisation,
        "subject": dict(reading.subject),
        "fields": list(reading.fields),
    }


def to_read(content: Any, reading: Reading) -> Read:
    """Return a register's answer; raises Away when it does not answer this question."""
    parsed = _parsed(_ReadIn, content)
    if parsed.request != reading.request:
        raise Away("the answer belongs to another question")
    if parsed.as_of is not None and parsed.as_of.tzinfo is None:
        raise Away("the date of the data has no time zone")
    return Read(parsed.found, parsed.as_of, parsed.fields if parsed.found else {})


def _parsed(model: type[M], content: Any) -> M:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise Away(f"the answer has another form ({error.error_count()} differences)") from error

"""The port: what every connector offers, in plain values. A connector that cannot do one of these says so with ``CannotDo``.

``Away`` means try again later (down, slow, busy, unreadable); ``Refused`` means never again as it is. A connector raises nothing
else on purpose; whatever else it raises is treated as ``Away`` and logged as a fault of the connector.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from yijianshi.kernel.text import Text

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One thing told: *sequence* counts from 1 without holes within *about*, each direction for itself."""

    id: UUID
    kind: str
    about: str
    sequence: int
    at: datetime
    body: Body = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A message the neighbour will never take as it is."""

    id: UUID
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a batch; a message in neither is sent again later."""

    taken: tuple[UUID, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadState:
    """Where the neighbour stands in one thread: highest numbers without a hole, and its own word for the state."""

    about: str
    received: int
    sent: int
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One question to a register: who, for which item, on which authorisation, and no more fields than the item declared."""

    request: UUID
    register: str
    purpose: str
    authorisation: str
    subject: Mapping[str, str] = field(repr=False)  # kind, id_number, name
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """The answer of a register; *fields* is empty when nothing was found."""

    found: bool
    as_of: datetime | None = None
    fields: Mapping[str, Any] = field(default_factory=dict, repr=False)


class Away(Exception):
    """The neighbour did not take or answer it now; *after* seconds if it said when to come again."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class Refused(Exception):
    """The neighbour will not take the request as it is (wrong signature, unknown kind, malformed)."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"{code}: {why}")
        self.code, self.why = code, why


class CannotDo(Exception):
    """This kind of system has no such operation."""


class Connector(Protocol):
    """One neighbour, spoken to in its own way; made anew when its entry changes, used by one thread at a time."""

    pushes: bool  # it calls us back; otherwise ``collect`` is asked at intervals
    interval_seconds: float

    def send(self, messages: Sequence[Message]) -> Sent:
        """Hand over *messages* of one or more threads, in order within each; raises Away, Refused."""
        ...

    def collect(self) -> Sequence[Message]:
        """Return what waits for us on their side; the same again until confirmed. Raises Away."""
        ...

    def confirm(self, messages: Sequence[Message]) -> None:
        """Tell them that *messages* are safely with us; raises Away."""
        ...

    def read(self, reading: Reading) -> Read:
        """Ask a register; raises Away, Refused, CannotDo."""
        ...

    def correct(self, reading: Reading, claim: Mapping[str, str]) -> None:
        """Tell the register that a value is said to be wrong: claim = about_read, field, said, claimed, reason."""
        ...

    def threads(self, about: Sequence[str]) -> Sequence[ThreadState]:
        """Return where they stand in these threads, leaving out those they never heard of; raises Away, CannotDo."""
        ...

    def resend(self, about: str, after: int) -> None:
        """Ask them to send again what comes after number *after* of that thread; raises Away, CannotDo."""
        ...

    def ask(self, question: str, asked: Body) -> Body:
        """Return the answer to a question that has a name; raises Away, Refused, CannotDo."""
        ...

    def check(self) -> Sequence[Text]:
        """Return what is wrong with the entry or the way to the neighbour, in words for the operator; empty when fine."""
        ...

    def close(self) -> None:
        """Give connections back."""
        ...


@dataclass(frozen=True, slots=True)
class Ground:
    """What the house gives a connector to stand on: who we are, how to sign, and where it may keep files."""

    neighbour: str
    sender: str
    sign: Any  # Signer: (text: bytes) -> bytes of 64
    key_id: str
    verify: Any  # Verifier of the neighbour's key: (text: bytes, signature: bytes) -> bool
    now: Callable[[], float]  # seconds since 1970
    folder: str  # private folder of this neighbour, for connectors that need files

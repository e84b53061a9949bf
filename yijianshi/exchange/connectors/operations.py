"""The operations of the house's own protocol, the same whichever line carries them: HTTP, files or a queue."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from yijianshi.exchange.connectors import wire
from yijianshi.exchange.connectors.port import Away, Message, Read, Reading, Refused, Sent, ThreadState
from yijianshi.kernel.text import Text

_ASKED_AT_ONCE = 500


class Line(Protocol):
    """Carries one question and brings its answer."""

    def post(self, path: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer; raises Away for anything that may be better later, Refused for what will not."""
        ...

    def close(self) -> None:
        """Give connections back."""
        ...


class Operations:
    """A connector over one line; a kind of its own adds how it hears what the neighbour says."""

    pushes = True
    interval_seconds = 0.0

    def __init__(self, line: Line) -> None:
        self._line = line

    def send(self, messages: Sequence[Message]) -> Sent:
        """Post the batch."""
        return wire.to_sent(self._line.post("/messages", wire.from_messages(messages)), messages)

    def collect(self) -> Sequence[Message]:
        """Return nothing: it calls us."""
        return ()

    def confirm(self, messages: Sequence[Message]) -> None:
        """Do nothing: our answer to its call has told it."""

    def read(self, reading: Reading) -> Read:
        """Ask a register."""
        return wire.to_read(self._line.post(f"/registers/{reading.register}/read", wire.from_reading(reading)), reading)

    def correct(self, reading: Reading, claim: Mapping[str, str]) -> None:
        """Report a value as wrong."""
        content = {**wire.from_reading(reading), **claim}
        if self._line.post(f"/registers/{reading.register}/corrections", content).get("taken") is not True:
            raise Away("the correction was not taken")

    def threads(self, about: Sequence[str]) -> Sequence[ThreadState]:
        """Ask where it stands, at most 500 threads in a request."""
        found: list[ThreadState] = []
        for start in range(0, len(about), _ASKED_AT_ONCE):
            found += wire.to_threads(self._line.post("/threads", {"about": list(about[start : start + _ASKED_AT_ONCE])}))
        return found

    def resend(self, about: str, after: int) -> None:
        """Ask for what comes after that number."""
        self._line.post("/resend", {"about": about, "after": after})

    def ask(self, question: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        """Ask and return the answer."""
        return self._line.post(f"/questions/{question}", {"asked": dict(asked)})

    def check(self) -> Sequence[Text]:
        """Ask about no thread at all: proves address, signature and form of the answer."""
        try:
            wire.to_threads(self._line.post("/threads", {"about": []}))
        except Away as error:
            return [Text(f"连不上，或者回答看不懂：{error}", f"cannot be reached or understood: {error}")]
        except Refused as error:
            return [Text(f"对方拒绝了（{error.code}）：{error.why}", f"it refused ({error.code}): {error.why}")]
        return []

    def close(self) -> None:
        """Close the connections."""
        self._line.close()

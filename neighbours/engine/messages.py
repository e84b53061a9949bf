"""Messages as the protocol has them, read with care: whoever sends them may send anything."""

import json
import sqlite3
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

MOST = 100
LONGEST_ABOUT = 200


class Unreadable(ValueError):
    """The body is not what the protocol describes."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message, in either direction."""

    id: str
    kind: str
    about: str
    sequence: int
    at: str
    body: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return the message as the protocol writes it."""
        return {name: getattr(self, name) for name in self.__slots__}


def object_in(content: bytes) -> dict[str, Any]:
    """Return the JSON object in *content*; raises Unreadable."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unreadable("不是 JSON。 Not JSON.") from error
    if not isinstance(found, dict):
        raise Unreadable("要一个 JSON 对象。 A JSON object is wanted.")
    return found


def batch_in(content: dict[str, Any]) -> list[Message]:
    """Return the messages of a batch; raises Unreadable."""
    listed = content.get("messages")
    if not isinstance(listed, list) or len(listed) > MOST:
        raise Unreadable(f"messages 要是最多 {MOST} 条的列表。 messages is a list of {MOST} at most.")
    return [_message(one) for one in listed]


def abouts_in(content: dict[str, Any]) -> list[str]:
    """Return the threads named in a request to compare; raises Unreadable."""
    listed = content.get("about")
    if not isinstance(listed, list) or len(listed) > 500 or not all(isinstance(one, str) for one in listed):
        raise Unreadable("about 要是最多 500 个编号的列表。 about is a list of 500 numbers at most.")
    return listed


def now_text() -> str:
    """Return the present moment as the protocol writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def of_row(row: sqlite3.Row) -> Message:
    """Return the message kept in a row of _received or _outgoing."""
    return Message(row["id"], row["kind"], row["about"], row["sequence"], row["at"], json.loads(row["body"]))


def _message(found: Any) -> Message:
    if not isinstance(found, dict):
        raise Unreadable("消息要是 JSON 对象。 A message is a JSON object.")
    texts = [found.get(name) for name in ("id", "kind", "about", "at")]
    sequence, body = found.get("sequence"), found.get("body")
    if not all(isinstance(one, str) and 0 < len(one) <= LONGEST_ABOUT for one in texts) or not isinstance(body, dict):
        raise Unreadable("消息缺 id、kind、about、at 或 body。 A message lacks id, kind, about, at or body.")
    if not isinstance(sequence, int) or isinstance(sequence, bool) or not 1 <= sequence <= 10**9:
        raise Unreadable("sequence 要是从 1 起的整数。 sequence is a whole number from 1.")
    try:
        identity = str(uuid.UUID(texts[0]))
    except ValueError as error:
        raise Unreadable("id 要是 UUID。 id is a UUID.") from error
    return Message(identity, str(texts[1]), str(texts[2]), sequence, str(texts[3]), body)

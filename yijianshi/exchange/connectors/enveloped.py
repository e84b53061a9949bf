"""Questions and answers where there are no HTTP status lines: the status travels inside the answer."""

from typing import Any

import orjson

from yijianshi.exchange.connectors.port import Away, Refused


def question(path: str, content: Any) -> bytes:
    """Return what is written into the file or onto the queue."""
    return orjson.dumps({"path": path, "content": content}, default=str)


def answer(body: bytes) -> dict[str, Any]:
    """Return the content of an answer; raises Away or Refused by the same rules as over HTTP."""
    found = json_object(body)
    status, content = found.get("status"), found.get("content")
    if not isinstance(status, int) or not isinstance(content, dict):
        raise Away("the answer has another form")
    if status >= 500 or status in (408, 425, 429):
        raise Away(f"status {status}")
    if status != 200:
        raise Refused(f"STATUS_{status}", str(content.get("message", ""))[:300])
    return content


def json_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object in *body*; raises Away."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Away("what was fetched is not JSON") from error
    if not isinstance(found, dict):
        raise Away("what was fetched is not a JSON object")
    return found

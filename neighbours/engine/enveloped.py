"""Questions and answers outside HTTP: the status travels inside the answer, everything is signed in both directions."""

import json
import logging
from typing import Any

from neighbours.engine import answers, signing
from neighbours.engine.messages import object_in
from neighbours.engine.running import Running

GARBAGE = b'{"status": 200, "content": \xff\xfe'
log = logging.getLogger("neighbours")


def answer(running: Running, headers: dict[str, str], method: str, path: str, body: bytes) -> bytes:
    """Return the answer to one signed question, as bytes to be signed; refusals are answers too."""
    try:
        signing.check(headers, running.house.public_key, method, path, body, window=False)
        asked = object_in(body)
        content = asked.get("content")
        told = answers.perform(running, str(asked.get("path")), content if isinstance(content, dict) else {})
        found: tuple[int, dict[str, Any]] = (200, told)
    except Exception as error:
        problem = answers.problem(error)
        if problem is None:
            log.exception("%s %s", running.system.code, path)
        found = problem or (500, {"code": "FAULT", "message": "内部错误。 A fault of ours."})
    if running.behaviour.kind == "garbage":
        return GARBAGE
    return _bytes({"status": found[0], "content": found[1]})


def signed(running: Running, method: str, path: str, body: bytes) -> dict[str, str]:
    """Return the headers of what we say; wrong ones when that is the present behaviour."""
    headers = signing.signed_headers(running.key, running.system.code, method, path, body)
    if running.behaviour.kind == "wrong":
        headers[f"{signing.PREFIX}Nonce"] = "0" * 32
    return headers


def batches(running: Running) -> list[tuple[list[str], bytes]]:
    """Return what is due to be said as batches: the ids and the bytes; one message each when order or number is bent."""
    running.gather()
    messages = running.to_say(50)
    apart = running.behaviour.kind in ("duplicate", "reorder")
    parts = [[one] for one in messages] if apart else [messages] if messages else []
    return [([one["id"] for one in part], _body(running, part)) for part in parts]


def _body(running: Running, part: list[dict[str, Any]]) -> bytes:
    return GARBAGE if running.behaviour.kind == "garbage" else _bytes({"messages": part})


def _bytes(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()

"""Tell the house what waits: POST to its callback address, again and again until it has taken it."""

import json
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from neighbours.engine import outgoing, signing
from neighbours.engine.running import Running

_BATCH = 100


def push(running: Running) -> bool:
    """Send one batch of what is due; returns whether there was anything."""
    running.gather()
    batch = running.to_say(_BATCH // 2)
    if not batch or not running.house.url:
        return False
    running.behaviour.wait()
    parts = [[one] for one in batch] if running.behaviour.kind in ("duplicate", "reorder") else [batch]
    for part in parts:
        _send(running, part)
    return True


def _send(running: Running, batch: list[dict[str, Any]]) -> None:
    ids, said_at = [one["id"] for one in batch], time.time()
    try:
        answer = _post(running, json.dumps({"messages": batch}, ensure_ascii=False).encode())
        taken, refused = list(answer["taken"]), list(answer["refused"])
    except urllib.error.HTTPError as error:
        why, after = f"{error.code} {error.read(200)!r}", error.headers.get("Retry-After", "")
        later = float(after) if after.isdecimal() else None
        with running.store.writing() as db:
            outgoing.put_off(db, ids, why, after=later)
        return
    except (OSError, ValueError, KeyError, TypeError) as error:
        with running.store.writing() as db:
            outgoing.put_off(db, ids, f"{type(error).__name__}: {error}")
        return
    with running.store.writing() as db:
        outgoing.confirm(db, taken, said_at)
        outgoing.refuse(db, refused)
        settled = {*taken, *(one["id"] for one in refused)}
        outgoing.put_off(db, [one for one in ids if one not in settled], "没有回执 not confirmed")


def _post(running: Running, body: bytes) -> dict[str, Any]:
    url = f"{running.house.url}/api/exchange/v1/{running.system.code}/messages"
    if running.behaviour.kind == "garbage":
        body = b"\xff\x00" + body[: len(body) // 2]
    path = urlsplit(url).path
    headers = signing.signed_headers(running.key, running.system.code, "POST", path, body)
    if running.behaviour.kind == "wrong":
        headers[f"{signing.PREFIX}Nonce"] = "0" * 32
    request = urllib.request.Request(url, body, {"Content-Type": "application/json", **headers}, method="POST")  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310  the house's own address
        answer: dict[str, Any] = json.loads(response.read())
        return answer

"""A flood at the entrance: 5 % of the messages twice, 5 % out of order, 1 % spoilt; the sender repeats until it was heard."""

from __future__ import annotations

import json
import random
import secrets
import time
import uuid
from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import gmssl_pyx
from django.db import connection
from django.test import Client

from benchmarks.handoff import town
from yijianshi.exchange import applying, commands, queries
from yijianshi.exchange.keys import SoftwareSigner
from yijianshi.exchange.logic import signing
from yijianshi.identity.logic.actor import SYSTEM

SEED = 20_261
IN_A_THREAD = 20
IN_A_REQUEST = 50
TWICE, MIXED, SPOILT = 0.05, 0.05, 0.01
CODE, PATH = "flood", "/api/exchange/v1/flood/messages"
_PATIENCE_SECONDS = 30.0
_TABLE = "CREATE TABLE IF NOT EXISTS bench_counted (place bigserial PRIMARY KEY, about text, sequence int)"
_COUNT = """
SELECT count(*), count(DISTINCT (about, sequence)), count(*) FILTER (WHERE sequence <> coalesce(before, 0) + 1)
FROM (SELECT about, sequence, lag(sequence) OVER (PARTITION BY about ORDER BY place) AS before FROM bench_counted) AS counted
"""


@applying.applies("bench.counted", opens=True)
def count_it(incoming: Sequence[applying.Incoming], _at: datetime) -> None:
    """Write a line for each message, so that what is lost, twice or out of order can be counted."""
    with connection.cursor() as cursor:
        rows = [(one.about, one.sequence) for one in incoming]
        rows = [(one.about, one.sequence) for one in incoming]
        cursor.executemany("INSERT INTO bench_counted (about, sequence) VALUES (%s, %s)", rows)


def flood(number: int) -> dict[str, Any]:
    """Send *number* messages and return what arrived: lost, twice, out of order, and how many a second."""
    public, private = gmssl_pyx.sm2_key_generate()
    entries = [card.entry.model_dump(mode="json") for card in queries.list_neighbours(fresh=True)]
    own = {"code": CODE, "name": {"zh": CODE, "en": CODE}, "connector": "http_push", "options": {"address": "http://127.0.0.1:9"}}
    commands.apply_neighbours({"neighbours": [*entries, {**own, "public_key": public.hex()}]}, by=SYSTEM, at=town.now())
    with connection.cursor() as cursor:
        cursor.execute(_TABLE)
    chance, sign, client = random.Random(SEED), SoftwareSigner(private, public), Client()
    waiting = _mixed([_message(place) for place in range(number)], chance)
    requests = spoilt = doubled = 0
    started = time.perf_counter()
    while waiting:
        batch, waiting = waiting[:IN_A_REQUEST], waiting[IN_A_REQUEST:]
        sent = [*batch, *(one for one in batch if chance.random() < TWICE)]
        doubled += len(sent) - len(batch)
        breaks = any(chance.random() < SPOILT for _ in batch)
        taken = _post(client, sign, sent, chance if breaks else None)
        requests, spoilt = requests + 1, spoilt + breaks
        waiting += [one for one in batch if one["id"] not in taken]
    _wait(number)
    seconds = time.perf_counter() - started
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
        lines, different, misplaced = cursor.fetchone()
    return {
        "lost": number - different,
        "twice": lines - different,
        "out of order": misplaced,
        "a second": number / seconds,
        "requests": requests,
        "spoilt requests": spoilt,
        "doubled messages": doubled,
    }


def _wait(number: int) -> None:
    """Wait until the worker has applied as many, or nothing moves any more."""
    before, until = -1, time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM bench_counted")
            now = cursor.fetchone()[0]
        if now >= number:
            return
        if now > before:
            before, until = now, time.monotonic() + _PATIENCE_SECONDS
        time.sleep(0.2)


def _message(place: int) -> dict[str, Any]:
    thread, number = divmod(place, IN_A_THREAD)
    about, at = f"flood-{thread}", datetime.now(UTC).isoformat()
    body = {"place": place}
    return {"id": str(uuid.uuid4()), "kind": "bench.counted", "about": about, "sequence": number + 1, "at": at, "body": body}


def _mixed(messages: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """Return them with every twentieth moved to another place nearby."""
    for place in range(len(messages)):
        if chance.random() < MIXED:
            other = min(len(messages) - 1, place + chance.randrange(1, 3 * IN_A_REQUEST))
            messages[place], messages[other] = messages[other], messages[place]
    return messages


def _post(client: Client, sign: SoftwareSigner, messages: list[dict[str, Any]], spoil: random.Random | None) -> set[str]:
    body = json.dumps({"messages": messages}).encode()
    moment, nonce = str(int(time.time())), secrets.token_hex(16)
    signature = sign(signing.signed_text("POST", PATH, CODE, "bench", moment, nonce, body))
    headers = {signing.SENDER: CODE, signing.KEY: "bench", signing.TIME: moment, signing.NONCE: nonce}
    headers[signing.SIGNATURE] = b64encode(signature).decode()
    if spoil:
        place = spoil.randrange(len(body))
        body = body[:place] + bytes([body[place] ^ (1 << spoil.randrange(8))]) + body[place + 1 :]
    answer = client.post(PATH, body, content_type="application/json", headers=headers)
    return set(answer.json()["taken"]) if answer.status_code == 200 else set()

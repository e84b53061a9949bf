"""A neighbour for tests of the room: the police's system, spoken for by the test with a key of its own."""

import json
import secrets
import time
from base64 import b64encode
from typing import Any
from uuid import UUID, uuid4

import gmssl_pyx
import orjson

from tests.town.people import MONDAY
from yijianshi.exchange import commands, keys
from yijianshi.exchange.commands.tables import OUT_CONTEXT
from yijianshi.exchange.connectors.port import Message
from yijianshi.exchange.logic import signing
from yijianshi.exchange.models import Outgoing
from yijianshi.foundation import sealing
from yijianshi.identity.logic.actor import SYSTEM

PUBLIC, PRIVATE = gmssl_pyx.sm2_key_generate()
POLICE: dict[str, Any] = {
    "code": "police",
    "name": {"zh": "公安户政系统", "en": "Police household system"},
    "connector": "http_push",
    "options": {"address": "http://127.0.0.1:9", "timeout_seconds": 2},
    "public_key": PUBLIC.hex(),
    "serves": [{"department": "police", "region": "41"}],
    "mapping": {
        "names": {
            "child.name": "XM",
            "child.sex": "XB",
            "child.id_number": "GMSFHM",
            "household.registered_on": "DJRQ",
            "household.number": "HH",
        },
        "codes": {"child.sex": {"MALE": "1", "FEMALE": "2"}},
    },
}


def enter_police(**changes: Any) -> list[str]:
    """Enter the police's system, with *changes*."""
    return commands.apply_neighbours({"neighbours": [{**POLICE, **changes}]}, by=SYSTEM, at=MONDAY)


def body_of(row: Outgoing) -> dict[str, Any]:
    """Return what a message says."""
    found: dict[str, Any] = orjson.loads(sealing.unseal(row.body, OUT_CONTEXT))
    return found


def told(kind: str, about: str, sequence: int, body: dict[str, Any] | None = None, message_id: UUID | None = None) -> Message:
    """Return a message as the police would send it."""
    return Message(message_id or uuid4(), kind, about, sequence, MONDAY, body or {})


def signed_headers(path: str, body: bytes, **other: Any) -> dict[str, str]:
    """Return the headers of a request the police signs; *other*: moment, nonce, sender, private to sign wrongly."""
    moment = other.get("moment", str(int(time.time())))
    nonce, sender = other.get("nonce", secrets.token_hex(16)), other.get("sender", "police")
    text = signing.signed_text("POST", path, sender, "k1", moment, nonce, body)
    signature = keys.SoftwareSigner(other.get("private", PRIVATE), PUBLIC)(text)
    return {
        signing.SENDER: sender,
        signing.KEY: "k1",
        signing.TIME: moment,
        signing.NONCE: nonce,
        signing.SIGNATURE: b64encode(signature).decode(),
    }


def as_json(*messages: Message) -> bytes:
    """Return a batch as it travels."""
    return json.dumps(
        {
            "messages": [
                {"id": str(one.id), "kind": one.kind, "about": one.about, "sequence": one.sequence, "at": one.at.isoformat(),
                 "body": dict(one.body)}
                for one in messages
            ]
        }
    ).encode()  # fmt: skip

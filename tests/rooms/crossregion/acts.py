"""Another region's deployment for tests of the room, spoken for by the test with a key of its own."""

from base64 import b64encode
from datetime import timedelta
from typing import Any
from uuid import uuid4

import gmssl_pyx
from django.db import transaction

from tests.town import newborn
from tests.town.people import JINSHUI, MONDAY, WANG_FANG
from yijianshi.catalogue import queries as catalogue
from yijianshi.crossregion.logic.custody import Given, handing_over, signed_text
from yijianshi.crossregion.models import Passage
from yijianshi.exchange import commands, keys
from yijianshi.exchange.connectors.port import Message, Sent
from yijianshi.foundation import clock
from yijianshi.identity.logic.actor import SYSTEM

PUBLIC, PRIVATE = gmssl_pyx.sm2_key_generate()
PEER: dict[str, Any] = {
    "code": "luoyang",
    "name": {"zh": "洛阳市政务服务平台", "en": "Luoyang government services"},
    "connector": "http_push",
    "options": {"address": "http://127.0.0.1:9", "timeout_seconds": 2},
    "public_key": PUBLIC.hex(),
    "peer": {"region": "410300", "name": {"zh": "洛阳市", "en": "Luoyang"}},
}
FORM = {
    "pension.insured_as": "FLEXIBLE",
    "pension.file_review": False,
    "pension.has_fund": False,
    "pension.is_only_child_parent": False,
    "pension.region": JINSHUI,
    "pension.retires_on": "2026-03-02",
    "pension.years_paid": 21,
    "bank.account": "6217000000000000001",
    "bank.branch": "示范银行洛阳支行",
}
LATER = MONDAY + timedelta(minutes=5)


def enter_peer(**changes: Any) -> None:
    """Enter the other region, with *changes*."""
    commands.apply_neighbours({"neighbours": [{**PEER, **changes}]}, by=SYSTEM, at=MONDAY)


def sign(text: str, by: str = "luoyang") -> dict[str, str]:
    """Return the other region's signature under a custody text."""
    when = "2026-03-02T01:00:00+00:00"
    made = keys.SoftwareSigner(PRIVATE, PUBLIC)(signed_text(text, by, when))
    return {"by": by, "key": "k1", "at": when, "signature": b64encode(made).decode()}


def handed_over(number: str = "410300-20260302-00000001-X", **changes: Any) -> dict[str, Any]:
    """Return what the other region hands over: 王芳's retirement, without files unless *changes* name some."""
    thing = catalogue.get_current("retirement", clock.today(MONDAY))[1]
    body = {
        "number": number,
        "thing": "retirement",
        "sha": thing.sha,
        "region": JINSHUI,
        "mode": "ONLINE",
        "applicant": {
            "name": WANG_FANG.name,
            "id_number": WANG_FANG.id_number,
            "phone": "13800000001",
            "address": "",
            "region": "410300",
        },
        "form": FORM,
        "files": [],
        **changes,
    }
    given = [Given(one["material"], one["digest"], one["name"]) for one in body["files"]]
    text = handing_over(number, body["thing"], body["sha"], given, [], "")
    return {**body, "custody": changes.get("custody", {"originals": [], "parcel": "", "origin": sign(text)})}


def told(kind: str, body: dict[str, Any], sequence: int = 1, about: str = "410300-20260302-00000001-X") -> Message:
    """Return a message as the other region would send it."""
    return Message(uuid4(), kind, about, sequence, MONDAY, body)


def come(*messages: Message, neighbour: str = "luoyang") -> Sent:
    """Let messages come in and be applied, with all that follows."""
    sent = commands.receive(neighbour, messages, at=MONDAY)
    with transaction.atomic():
        commands.apply_threads([(neighbour, one.about) for one in messages], at=LATER)
    newborn.deliver_events()
    return sent


def passage() -> Passage:
    """Return the one passage there is."""
    return Passage.objects.get()

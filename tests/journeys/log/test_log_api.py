"""The transparency log through its public door: checkpoints, growth, keys, and a witness that signs."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from yijianshi.certificates import commands as certificates
from yijianshi.certificates.logic import offline
from yijianshi.foundation import clock, history
from yijianshi.foundation.transparency import reading, sequencer, tiles, witnessing
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.merkle import checkpoints, receipts
from yijianshi.kernel.pki import sm2
from yijianshi.kernel.text import Text

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, tzinfo=UTC)


def grow(count: int) -> None:
    actor = {"kind": "STAFF", "id": "7", "name": "刘科员", "organisation": "公安局"}
    entry = history.Entry(subject_kind="test", subject_id=uuid4(), action="accept", actor=actor, at=AT)
    history.record([entry] * count)
    sequencer.append()
    sequencer.sign(at=clock.now(), now=True)


def test_before_anything_happened(client: Client) -> None:
    answer = client.get("/api/v1/log/checkpoint")
    assert answer.status_code == 404
    assert answer.json()["type"].endswith("no-checkpoint")
    assert client.get("/api/v1/log/trust").json() == {"log": {}, "witnesses": {}, "roots": [], "lists": []}


def test_all_roots_are_trusted_the_newest_first_each_with_its_list(client: Client) -> None:
    at = clock.now()
    certificates.ensure_authority(at=at - timedelta(days=1))
    newest = certificates.rotate_root(by=SYSTEM, at=at)
    given = client.get("/api/v1/log/trust").json()
    trusted = offline.read_trust(given)
    assert (len(given["roots"]), len(given["lists"])) == (2, 2)
    assert given["roots"][0] == newest.certificate.hex()
    assert set(trusted.lists) == {root.fingerprint for root in trusted.roots}


def test_growth_is_proven_to_anybody(client: Client) -> None:
    grow(3)
    grow(4)
    note = client.get("/api/v1/log/checkpoint").content.decode()
    read = checkpoints.parse(note)
    assert read.checkpoint.size == 7
    assert checkpoints.parse(client.get("/api/v1/log/checkpoint?size=3").content.decode()).checkpoint.size == 3
    assert len(client.get("/api/v1/log/consistency?first=3&second=7").json()["proof"]) == 4
    for bad in ("first=0&second=7", "first=7&second=3", "first=3&second=8"):
        assert client.get(f"/api/v1/log/consistency?{bad}").json()["type"].endswith("no-such-growth")
    assert client.get("/api/v1/log/consistency?first=x&second=9").status_code == 422
    assert client.get("/api/v1/log/checkpoint?size=5").status_code == 404


def test_a_witness_signs_and_a_stranger_does_not(client: Client) -> None:
    pair = sm2.generate()
    witnessing.enrol("tax", Text("税务局", "Tax bureau"), pair.public, at=AT)
    grow(3)
    point = checkpoints.parse(client.get("/api/v1/log/checkpoint").content.decode()).checkpoint
    seconds = int(clock.now().timestamp())

    def send(line: str, size: int = 3) -> int:
        body = {"size": size, "line": line}
        return client.post("/api/v1/log/cosignatures", body, content_type="application/json").status_code

    stranger = sm2.generate()
    assert send(checkpoints.cosign(point, "tax", stranger.public, stranger.sign, seconds).line) == 422
    assert send("— tax AAAA") == 422
    assert send("x" * 500) == 422
    good = checkpoints.cosign(point, "tax", pair.public, pair.sign, seconds).line
    assert send(good, 9) == 422
    assert [send(good), send(good)] == [204, 204]
    trust = receipts.read_trust(client.get("/api/v1/log/trust").json())
    verdict = receipts.check(reading.receipt(tiles.entries(0)[0]), trust)
    assert (verdict.included, verdict.signed, verdict.witnesses) == (True, True, ("tax",))

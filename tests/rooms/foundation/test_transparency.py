"""The transparency log: everything written is on it, in order; whatever is changed behind its back is named for what it is."""

import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from yijianshi.foundation import history, signing
from yijianshi.foundation.models import HistoryRow, LogCheckpoint, LogQueue
from yijianshi.foundation.transparency import checking, reading, sequencer, tiles, witnessing
from yijianshi.kernel.merkle import checkpoints
from yijianshi.kernel.merkle.hashing import leaf_hash
from yijianshi.kernel.merkle.proofs import root_at
from yijianshi.kernel.merkle.verification import is_consistent, is_included
from yijianshi.kernel.pki import sm2
from yijianshi.kernel.text import Text

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 2, 3, 4, tzinfo=UTC)
ACTOR = {"kind": "STAFF", "id": "7", "name": "刘科员", "organisation": "公安局"}
SUBJECT = uuid4()


def write(count: int = 1, at: datetime = AT) -> list[int]:
    """Record so many lines and return their numbers."""
    before = HistoryRow.objects.count()
    history.record(
        [
            history.Entry(subject_kind="test", subject_id=SUBJECT, action="accept", actor=ACTOR, at=at, payload={"n": before + n})
            for n in range(count)
        ]
    )
    return list(HistoryRow.objects.order_by("id").values_list("id", flat=True)[before:])


def log(count: int, at: datetime = AT) -> list[int]:
    """Record so many lines, put them on the log and sign."""
    lines = write(count, at)
    assert sequencer.append() == count
    assert sequencer.sign(at=at, now=True) is not None
    return lines


def behind_its_back(sql: str, *params: object) -> None:
    """Do what only the owner of the database can."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, params)
        cursor.execute("SET session_replication_role = DEFAULT")


def kinds(*kept: checkpoints.Signed) -> list[str]:
    return [one.kind for one in checking.check(kept).findings]


def test_every_line_waits_and_then_stands_in_order() -> None:
    lines = write(300)
    assert LogQueue.objects.count() == 300
    assert [sequencer.append(most=100), sequencer.append(most=157), sequencer.append(), sequencer.append()] == [100, 157, 43, 0]
    assert not LogQueue.objects.exists()
    assert [tiles.find(line) for line in lines] == list(range(300))
    assert tiles.find(lines[-1] + 1) is None
    assert tiles.entries(0) + tiles.entries(1) == tuple(lines)
    leaves = [bytes(leaf) for leaf in HistoryRow.objects.order_by("id").values_list("leaf", flat=True)]
    assert tiles.Stored().tile(0, 1) == b"".join(leaves[256:])
    assert root_at(2, tiles.Stored()) != root_at(300, tiles.Stored())


def test_a_rolled_back_line_never_waits() -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not LogQueue.objects.exists()


def test_checkpoints_are_signed_when_the_log_grew_and_not_too_often() -> None:
    assert sequencer.sign(at=AT) is None
    log(3)
    assert sequencer.sign(at=AT + timedelta(minutes=1)) is None
    write()
    sequencer.append()
    assert sequencer.sign(at=AT + timedelta(seconds=1)) is None
    point = sequencer.sign(at=AT + timedelta(seconds=10))
    assert point is not None
    assert point.size == 4
    shown = reading.latest()[0]
    read = checkpoints.parse(shown.note)
    public = signing.current(reading.PURPOSE, at=AT).public
    assert checkpoints.is_signed(read.checkpoint, read.signatures[0], public, lambda text, made: sm2.verify(public, text, made))
    proof = reading.consistency(3, 4)
    assert is_consistent(3, 4, reading.at_size(3).root, shown.root, proof)
    for first, second in ((0, 4), (4, 3), (3, 5), (-1, 2)):
        with pytest.raises(reading.NoSuchGrowth):
            reading.consistency(first, second)
    with pytest.raises(reading.NoCheckpoint):
        reading.at_size(2)


def test_a_receipt_is_enough_by_itself() -> None:
    lines = log(5)
    receipt = json.loads(json.dumps(reading.receipt(lines[2])))
    content = b"".join(len(value.encode()).to_bytes(4) + value.encode() for _, value in receipt["entry"])
    point = checkpoints.parse(receipt["checkpoint"]).checkpoint
    proof = [b64decode(one) for one in receipt["proof"]]
    assert is_included(leaf_hash(content), receipt["index"], point.size, proof, point.root)
    later = write()[0]
    with pytest.raises(reading.NotOnLog):
        reading.receipt(later)
    sequencer.append()
    with pytest.raises(reading.NotOnLog):  # on the log, but not signed
        reading.receipt(later)


def enrolled(name: str = "xinyang.example/tax") -> sm2.SoftwareSigner:
    pair = sm2.generate()
    witnessing.enrol(name, Text("税务局", "Tax bureau"), pair.public, at=AT)
    return pair


def line_of(pair: sm2.SoftwareSigner, name: str = "xinyang.example/tax", at: datetime = AT, **other: int) -> str:
    row = LogCheckpoint.objects.order_by("-size")[0]
    return checkpoints.cosign(reading.point_of(row), name, pair.public, pair.sign, other.get("seconds", int(at.timestamp()))).line


def test_a_witness_co_signs_once() -> None:
    pair = enrolled()
    log(3)
    for _ in range(2):
        witnessing.cosign(3, line_of(pair), at=AT)
    shown = reading.latest()[0]
    assert shown.witnesses == ((Text("税务局", "Tax bureau"), AT.replace(microsecond=0)),)
    read = checkpoints.parse(shown.note, {"xinyang.example/tax": pair.public})
    assert checkpoints.count_witnesses(
        read, {"xinyang.example/tax": pair.public}, lambda key: lambda text, made: sm2.verify(key, text, made)
    )
    assert kinds() == []
    assert checking.check().cosignatures == 1


def test_receipts_prefer_a_checkpoint_that_others_saw() -> None:
    pair = enrolled()
    first = log(3)[0]
    witnessing.cosign(3, line_of(pair), at=AT)
    last = log(2, AT + timedelta(minutes=1))[-1]
    found = reading.receipts([first, last])
    sizes = [checkpoints.parse(found[line]["checkpoint"]).checkpoint.size for line in (first, last)]  # type: ignore[index]
    assert sizes == [3, 5]


def test_what_is_no_co_signature_is_refused() -> None:
    pair, stranger = enrolled(), sm2.generate()
    log(3)
    refused = (
        (4, line_of(pair), "no checkpoint"),
        (3, line_of(stranger, "stranger"), "no such witness"),
        (3, line_of(stranger), "does not fit"),
        (3, line_of(pair, seconds=1_000), "more than an hour"),
    )
    for size, line, why in refused:
        with pytest.raises(witnessing.CosignatureRefused, match=why):
            witnessing.cosign(size, line, at=AT)
    with pytest.raises(checkpoints.CheckpointUnreadable):
        witnessing.cosign(3, "no line", at=AT)
    witnessing.dismiss("xinyang.example/tax", at=AT)
    with pytest.raises(witnessing.CosignatureRefused, match="no such witness"):
        witnessing.cosign(3, line_of(pair), at=AT)


def test_a_witness_is_registered_once_with_a_key_that_can_be_one() -> None:
    pair = enrolled()
    title = Text("税务局", "Tax bureau")
    for name, public, error in (
        ("xinyang.example/tax", sm2.generate().public, witnessing.WitnessKnown),
        ("other.example", pair.public, witnessing.WitnessKnown),
        ("other.example", b"short", witnessing.CosignatureRefused),
        ("With Blanks", sm2.generate().public, witnessing.CosignatureRefused),
    ):
        with pytest.raises(error):
            witnessing.enrol(name, title, public, at=AT)


def test_a_sound_database_has_no_findings() -> None:
    log(300)
    log(300, AT + timedelta(minutes=1))
    waiting = write(2)
    tally = checking.check()
    assert (tally.findings, tally.leaves, tally.checkpoints, tally.waiting) == ([], 600, 2, len(waiting))


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE foundation_history SET reason = 'x' WHERE id = %s", ["changed"]),
        ("UPDATE foundation_history SET leaf = '\\x00' WHERE id = %s", ["changed"]),
        ("DELETE FROM foundation_history WHERE id = %s", ["deleted"]),
    ],
)
def test_a_line_changed_or_deleted_is_named(sql: str, found: list[str]) -> None:
    line = log(300)[7]
    behind_its_back(sql, line)
    tally = checking.check()
    assert [one.kind for one in tally.findings] == found
    assert str(line) in tally.findings[0].text.zh


def test_a_line_changed_together_with_its_digest_is_named() -> None:
    line = log(3)[1]
    behind_its_back("UPDATE foundation_history SET reason = 'x' WHERE id = %s", line)
    behind_its_back("UPDATE foundation_history SET leaf = %s WHERE id = %s", history.leaf(history.load([line])[0].values), line)
    assert history.verify() is None
    assert kinds() == ["changed"]


def test_a_back_dated_and_a_slipped_in_line_are_named() -> None:
    log(3)
    log(1, AT + timedelta(days=1))
    log(1, AT + timedelta(days=1, minutes=-30))  # half an hour late is no sin
    assert kinds() == []
    write(1, AT + timedelta(hours=2))
    sequencer.append()
    assert kinds() == ["back-dated"]
    names = ", ".join(field.column for field in HistoryRow._meta.concrete_fields if field.column != "id")
    behind_its_back(f"INSERT INTO foundation_history (id, {names}) SELECT 2000000000, {names} FROM foundation_history LIMIT 1")
    assert kinds() == ["back-dated", "never-logged"]


def test_a_log_rewritten_with_the_database_is_betrayed_by_its_signatures_and_by_what_others_kept() -> None:
    line = log(3)[1]
    kept = checkpoints.parse(reading.latest()[0].note)
    behind_its_back("UPDATE foundation_history SET reason = 'x' WHERE id = %s", line)
    behind_its_back("UPDATE foundation_history SET leaf = %s WHERE id = %s", history.leaf(history.load([line])[0].values), line)
    leaves = b"".join(bytes(leaf) for leaf in HistoryRow.objects.order_by("id").values_list("leaf", flat=True))
    behind_its_back("UPDATE foundation_log_tile SET hashes = %s", leaves)
    assert kinds() == ["root"]
    behind_its_back("UPDATE foundation_log_checkpoint SET root = %s", root_at(3, tiles.Stored()))
    assert kinds() == ["signature"]
    behind_its_back("DELETE FROM foundation_log_checkpoint")
    sequencer.sign(at=AT, now=True)
    assert kinds() == []  # all our own: only what others kept can tell
    assert kinds(kept) == ["split"]


def test_tiles_and_shrunken_logs_are_named() -> None:
    log(600)
    behind_its_back("UPDATE foundation_log_tile SET hashes = overlay(hashes placing '\\xff' from 1) WHERE level = 1")
    assert kinds() == ["tile", "root"]
    behind_its_back("DELETE FROM foundation_log_tile WHERE level = 0 AND index = 2")
    assert {"shrunk", "never-logged"} <= set(kinds())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation_log_tile SET hashes = ''",
        "UPDATE foundation_log_tile SET hashes = overlay(hashes placing '\\xff' from 1)",
        "DELETE FROM foundation_log_tile",
        "TRUNCATE foundation_log_tile",
        "UPDATE foundation_log_checkpoint SET root = ''",
        "DELETE FROM foundation_log_checkpoint",
    ],
)
def test_the_database_refuses_to_rewrite_the_log(statement: str) -> None:
    log(3)
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert kinds() == []


def test_a_room_compares_its_own_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    line = log(3)[1]
    monkeypatch.setitem(
        checking._checks, ("test", "accept"), lambda rows: [(row.id, Text("变了", "bent")) for row in rows if row.id == line]
    )
    assert kinds() == ["row"]


def test_keys_are_rotated_by_date() -> None:
    log(2)
    first = signing.current("log", at=AT)
    assert signing.ensure("log", at=AT) == first
    second = signing.rotate("log", at=AT + timedelta(days=1))
    assert second.public != first.public
    assert [key.retired_at is None for key in signing.list_keys("log")] == [True, False]
    with pytest.raises(signing.NoKey):
        signing.current("log", at=AT + timedelta(days=3000))
    with pytest.raises(signing.NoKey):
        signing.current("seal", uuid4(), at=AT)
    log(3, AT + timedelta(days=2))  # signed by the second; what the first signed still verifies
    assert kinds() == []

"""History only grows, and every line can prove that it was not changed."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from yijianshi.foundation import history

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 2, 3, 4, tzinfo=UTC)
ACTOR = {"kind": "STAFF", "id": "7", "name": "刘科员", "organisation": "公安局"}


def entry(subject: UUID, **more: object) -> history.Entry:
    return history.Entry(subject_kind="case", subject_id=subject, action="accept", actor=ACTOR, at=AT, **more)  # type: ignore[arg-type]


def test_lines_come_back_as_they_were_recorded() -> None:
    subject, application = uuid4(), uuid4()
    first = entry(subject, application_id=application, from_state="RECEIVED", to_state="ACCEPTED", reason='材料齐全 \\ "好"')
    second = entry(
        subject, application_id=application, payload={"份数": 2, "of": [{"名": None}, True]}, basis="行政许可法 art. 32"
    )
    history.record([first, second])
    assert [line.entry for line in history.list_for("case", subject)] == [first, second]
    assert [line.entry for line in history.list_for_application(application)] == [first, second]
    assert history.list_for("application", subject) == []


def test_nothing_to_record_writes_nothing() -> None:
    history.record([])
    assert history.verify() is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation_history SET reason = ''",
        "DELETE FROM foundation_history",
        "TRUNCATE foundation_history",
        "INSERT INTO foundation_history SELECT * FROM foundation_history ON CONFLICT (id) DO UPDATE SET reason = ''",
    ],
)
def test_database_refuses_change_and_says_so(statement: str) -> None:
    history.record([entry(uuid4())])
    with (
        pytest.raises(IntegrityError, match="foundation_history only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert history.verify() is None


@pytest.mark.parametrize(
    "change", ["reason = 'x'", "at = at + interval '1 microsecond'", "payload = '{\"n\": 2}'", "application_id = NULL"]
)
def test_a_changed_line_is_found(change: str) -> None:
    history.record([entry(uuid4(), application_id=uuid4(), payload={"n": 1}) for _ in range(3)])
    assert history.verify() is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM foundation_history ORDER BY id OFFSET 1 LIMIT 1")
        (second,) = cursor.fetchone()
        cursor.execute("SET LOCAL session_replication_role = replica")  # only the database's superuser gets this far
        cursor.execute(f"UPDATE foundation_history SET {change} WHERE id = %s", [second])
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert history.verify() == second
    assert history.verify(since_id=second) is None


def test_canonical_form_is_fixed() -> None:
    # Built by hand from the description in history.py: 0x00, then each field as 4-byte length and UTF-8.
    values = (
        UUID("01890a5d-ac96-774b-bcce-b302099a8057"), "case", UUID(int=1), None, "accept", "STAFF", "7", "刘", "局", AT, "A", "B",
        "", "", "", '{"n":1}',
    )  # fmt: skip
    texts = [
        "01890a5d-ac96-774b-bcce-b302099a8057", "case", "00000000-0000-0000-0000-000000000001", "", "accept", "STAFF", "7", "刘",
        "局", "2026-03-02T01:02:03.000004Z", "A", "B", "", "", "", '{"n":1}',
    ]  # fmt: skip
    from hashlib import new

    spelt = b"\x00" + b"".join(len(text.encode()).to_bytes(4, "big") + text.encode() for text in texts)
    assert history.leaf(values) == new("sm3", spelt).digest()
    assert len(values) == len(history.CANONICAL)


def test_floats_are_refused_because_they_do_not_survive_storage() -> None:
    with pytest.raises(TypeError, match="floating-point"):
        history.record([entry(uuid4(), payload={"share": [0.1]})])


@pytest.mark.django_db(transaction=True)
def test_recording_belongs_inside_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError, match=r"transaction\.atomic"):
        history.record([entry(uuid4())])

"""A table against its history, from both sides: deleted, slipped in, changed; the newest line counts, or the first."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection

from yijianshi.foundation import history
from yijianshi.foundation.transparency import mirrors
from yijianshi.foundation.transparency.mirrors import Mirror
from yijianshi.kernel.text import Text

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, tzinfo=UTC)
KEY, NAME = uuid4(), Text("东西", "thing")


@pytest.fixture(autouse=True)
def table(db: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE mirrored (id uuid, state text, colour text)")
        yield
        cursor.execute("DROP TABLE mirrored")


def put(key: UUID, state: str, colour: str = "red") -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO mirrored VALUES (%s, %s, %s)", [key, state, colour])


def tell(key: UUID, state: str, action: str = "move") -> None:
    line = history.Entry(subject_kind="mirrored", subject_id=key, action=action, actor={}, at=AT, to_state=state)
    history.record([line])


def said(**more: object) -> list[str]:
    told: dict[str, object] = {"same": {"state": "to_state"}, **more}
    mirror = Mirror(name=NAME, table="mirrored", kind="mirrored", **told)  # type: ignore[arg-type]
    return [one.en.partition(" ")[2] if one.en.startswith("line") else one.en for one in mirror.findings()]


def test_what_fits_is_not_mentioned() -> None:
    put(KEY, "B")
    tell(KEY, "A")
    tell(KEY, "B")
    tell(KEY, "")  # a line without a state says nothing about the row
    assert said() == []


def test_deleted_slipped_in_and_changed_are_told_apart() -> None:
    gone, new, bent = uuid4(), uuid4(), uuid4()
    tell(gone, "A")
    put(new, "A")
    tell(bent, "A")
    put(bent, "B")
    found = said()
    assert len(found) == 3
    assert any(f"thing {gone}, which was deleted" in one for one in found)
    assert any(f"thing {new} has no history" in one for one in found)
    assert any(f"thing {bent}: state is not what line" in one for one in found)


def test_nothing_is_not_the_same_as_something() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO mirrored VALUES (%s, NULL, NULL)", [KEY])
    tell(KEY, "A")
    assert len(said()) == 1


def test_the_first_line_counts_where_the_row_stays() -> None:
    put(KEY, "A")
    tell(KEY, "A")
    tell(KEY, "B")
    assert said(first=True) == []
    assert len(said()) == 1


def test_only_the_named_actions_lines_and_rows_take_part() -> None:
    put(KEY, "A")
    tell(KEY, "A")
    tell(KEY, "B", action="look")
    put(uuid4(), "A", colour="blue")
    assert said(actions=("move",), rows="colour = 'red'") == []
    assert said(actions=("look",), lines="to_state <> 'B'", rows="FALSE") == []


def test_a_row_that_needs_no_line_is_left_alone() -> None:
    put(KEY, "A")
    assert said(both_ways=False) == []


def test_each_is_declared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mirrors, "_declared", [])
    one = Mirror(name=NAME, table="mirrored", kind="mirrored")
    mirrors.declare(one, one)
    mirrors.declare(one)
    assert mirrors.tables() == {"mirrored"}
    assert len(mirrors._declared) == 1

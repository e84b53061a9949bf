"""Writes of a command travel with its commit, and are kept or lost as one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from yijianshi.foundation import batch, rows
from yijianshi.foundation.batch import Table, writing
from yijianshi.identity.models import Account, Person

HIVES = Table("test_hive", {"id": "int4", "bees": "int4", "honey": "jsonb", "mark": "bytea"})


@pytest.fixture
def hives(transactional_db: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE test_hive (id int PRIMARY KEY, bees int NOT NULL, honey jsonb, mark bytea,"
            " parent int REFERENCES test_hive DEFERRABLE INITIALLY DEFERRED DEFAULT NULL)"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE test_hive")


def _stored() -> list[tuple[Any, ...]]:
    return batch.select("SELECT id, bees, honey, mark FROM test_hive ORDER BY id", [])


def _statuses() -> Any:
    return connection.connection.info.transaction_status


def test_rows_arrive_with_every_type_and_the_commit_is_done(hives: None) -> None:
    with writing() as writes:
        writes.insert(HIVES, [(1, 10, {"kind": "椴树"}, b"\x00\xff"), (2, 20, None, None)])
        writes.insert(HIVES, [(3, 30, [], b"")])
    assert _stored() == [(1, 10, {"kind": "椴树"}, b"\x00\xff"), (2, 20, None, None), (3, 30, [], b"")]
    assert _statuses() == psycopg.pq.TransactionStatus.IDLE


def test_updates_touch_the_named_rows_only(hives: None) -> None:
    with writing() as writes:
        writes.insert(HIVES, [(number, 1, {}, None) for number in range(5)])
    with writing() as writes:
        writes.update(HIVES, ["bees"], [(1, 100), (3, 300), (99, 7)])
    assert [bees for _, bees, _, _ in _stored()] == [1, 100, 1, 300, 1]


def _write_and_fail() -> None:
    with writing() as writes:
        writes.insert(HIVES, [(1, 1, {}, None)])
        raise ZeroDivisionError


def _write_within_what_fails() -> None:
    with transaction.atomic():
        with writing() as writes:
            writes.insert(HIVES, [(1, 1, {}, None)])
        assert len(_stored()) == 1
        raise ZeroDivisionError


def _write_an_orphan() -> None:
    with writing() as writes:
        writes.insert(HIVES, [(1, 1, {}, None)])
        writes.execute("INSERT INTO test_hive (id, bees, parent) VALUES (2, 2, %s)", [77])  # checked at the commit


def test_an_error_in_the_block_sends_nothing(hives: None) -> None:
    with pytest.raises(ZeroDivisionError):
        _write_and_fail()
    assert _stored() == []


def test_a_refused_row_takes_the_others_with_it(hives: None) -> None:
    with pytest.raises(IntegrityError), writing() as writes:
        writes.insert(HIVES, [(1, 1, {}, None), (1, 2, {}, None)])
    assert _stored() == []
    with writing() as writes:  # the connection is fit for the next command
        writes.insert(HIVES, [(1, 1, {}, None)])
    assert len(_stored()) == 1


def test_a_commit_that_fails_leaves_nothing_and_says_so(hives: None) -> None:
    with pytest.raises(IntegrityError):
        _write_an_orphan()
    assert _stored() == []


def test_inside_another_transaction_the_outer_one_commits(hives: None) -> None:
    with pytest.raises(ZeroDivisionError):
        _write_within_what_fails()
    assert _stored() == []


def test_what_waits_for_the_commit_runs_after_it(hives: None) -> None:
    seen: list[int] = []
    with writing() as writes:
        writes.insert(HIVES, [(1, 1, {}, None)])
        transaction.on_commit(lambda: seen.append(len(_stored())))
    assert seen == [1]


def test_a_connection_that_was_cut_is_replaced(hives: None) -> None:
    pid = batch.select("SELECT pg_backend_pid()", [])[0][0]
    with psycopg.connect(**_address()) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
    with pytest.raises(OperationalError):
        _stored()
    connection.close_if_unusable_or_obsolete()  # what every request and every round of the worker begins with
    assert _stored() == []


def _address() -> dict[str, Any]:
    names = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
    return {name: str(connection.settings_dict[key]) for name, key in names.items() if connection.settings_dict[key]}


def test_an_empty_batch_and_a_lone_notification_are_fine(hives: None) -> None:
    with writing():
        pass
    with writing() as writes:
        writes.notify("test_channel")
    assert _stored() == []


@pytest.mark.django_db
def test_rows_are_what_the_orm_gives() -> None:
    person = Person.objects.create(
        id=uuid4(), name="王芳", id_number_sealed="s", id_number_index=b"i", sex="FEMALE", birth_date="1990-01-02",
        region_code="410105", created_at=datetime.now(UTC),
    )  # fmt: skip
    (found,) = rows.load(Person, "WHERE id = %s", [person.pk])
    expected = Person.objects.get(pk=person.pk)
    assert found == expected
    assert not found._state.adding
    assert (found.name, found.birth_date, found.created_at) == (expected.name, expected.birth_date, expected.created_at)
    assert bytes(found.id_number_index) == bytes(expected.id_number_index)
    assert rows.load(Account, "WHERE username = %s", ["nobody"]) == []

"""Publishing: immutable versions, nothing new for the same content, nothing at all for broken content."""

import threading
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from yijianshi.catalogue import commands, queries
from yijianshi.catalogue.models import PublishedThing
from yijianshi.foundation import history
from yijianshi.identity.logic.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Role
from yijianshi.kernel.errors import Forbidden

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ON = date(2026, 3, 2)
AUTHOR = Actor(kind=ActorKind.STAFF, account_id=uuid4(), roles=frozenset({Role.AUTHOR}), name="编辑")
CLERK = Actor(kind=ActorKind.STAFF, account_id=uuid4(), roles=frozenset({Role.CLERK}), name="窗口")


def publish(content: Path, by: Actor = SYSTEM) -> dict[str, commands.Published]:
    return {done.code: done for done in commands.publish(content, by=by, at=AT)}


def change(content: Path, path: str, old: str, new: str) -> None:
    file = content / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.django_db
def test_things_and_single_items_are_published_once(content: Path) -> None:
    first = publish(content)
    assert set(first) == {"stall", "item:permit-issue", "item:food-check", "item:sign-filing"}
    assert all(done.is_new and done.version == 1 for done in first.values())
    again = publish(content)
    assert all(not done.is_new for done in again.values())
    assert {code: done.version_id for code, done in again.items()} == {code: done.version_id for code, done in first.items()}
    assert PublishedThing.objects.count() == 4


@pytest.mark.django_db
def test_a_change_makes_a_new_version_of_what_changed_and_says_what(content: Path) -> None:
    first = publish(content)
    change(content, "items/market/sign-filing.yaml", "promise: {working_days: 4", "promise: {working_days: 1")
    second = publish(content, by=AUTHOR)
    assert {code for code, done in second.items() if done.is_new} == {"stall", "item:sign-filing"}
    assert second["stall"].version == 2
    assert [text.en for text in second["stall"].changes] == ["'Sign filing' now promises 1 working days instead of 4."]
    old = queries.get_version(first["stall"].version_id)
    assert old.item("sign-filing").limits.promise.working_days == 4  # whoever applied before stays on it
    assert queries.get_current("stall", ON)[0] == second["stall"].version_id
    assert [card.version for card in queries.list_versions("stall")] == [2, 1]
    lines = history.list_for("thing", second["stall"].version_id)
    assert [line.entry.to_state for line in lines] == ["stall v2"]


@pytest.mark.django_db
def test_a_version_counts_from_its_effective_day(content: Path) -> None:
    first = publish(content)
    change(content, "things/stall/thing.yaml", "effective_on: 2026-01-01", "effective_on: 2026-07-01")
    second = publish(content)
    assert queries.get_current("stall", date(2026, 6, 30))[0] == first["stall"].version_id
    assert queries.get_current("stall", date(2026, 7, 1))[0] == second["stall"].version_id
    assert queries.find_current_id("stall", date(2025, 12, 31)) is None
    with pytest.raises(queries.ThingNotPublished, match="not in force yet"):
        queries.get_current("stall", date(2025, 12, 31))


@pytest.mark.django_db
def test_broken_content_is_not_published_and_the_findings_are_shown(content: Path) -> None:
    publish(content)
    change(content, "items/market/sign-filing.yaml", "promise: {working_days: 4", "promise: {working_days: 40")
    with pytest.raises(commands.ContentHasErrors) as refused:
        publish(content)
    assert "items/market/sign-filing.yaml" in refused.value.text.zh
    assert "C701" in refused.value.text.en
    assert PublishedThing.objects.count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize("by", [ANONYMOUS, CLERK])
def test_only_authors_and_the_system_publish(content: Path, by: Actor) -> None:
    with pytest.raises(Forbidden):
        publish(content, by=by)
    assert not PublishedThing.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE catalogue_publishedthing SET content = '{}'",
        "DELETE FROM catalogue_publishedthing",
        "TRUNCATE catalogue_publishedthing",
    ],
)
def test_a_published_version_cannot_be_changed(content: Path, statement: str) -> None:
    publish(content)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing waits for the end of the test's transaction
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_what_is_read_back_is_what_was_compiled(content: Path) -> None:
    done = publish(content)["stall"]
    queries.get_version.cache_clear()
    thing = queries.get_version(done.version_id)
    assert thing.sha == PublishedThing.objects.get(id=done.version_id).sha
    assert queries.get_version(done.version_id) is thing  # read from the database once a process
    with pytest.raises(queries.ThingNotPublished):
        queries.get_version(UUID(int=1))


@pytest.mark.django_db
def test_lists_are_open_to_everybody(content: Path) -> None:
    publish(content)
    (card,) = queries.list_things(by=ANONYMOUS, on=ON)
    assert (card.code, card.promised_working_days, card.applicant_kind) == ("stall", 5, "PERSON")
    assert [name.en for name in card.items] == ["Stall permit", "Food check", "Sign filing"]
    assert [(item.code, item.department_kind) for item in queries.list_items(by=ANONYMOUS)] == [
        ("food-check", "health"),
        ("permit-issue", "market"),
        ("sign-filing", "market"),
    ]
    assert queries.list_things(by=ANONYMOUS, on=date(2025, 1, 1)) == []


@pytest.mark.django_db(transaction=True)
def test_two_publishers_at_once_make_one_version(content: Path) -> None:
    results: list[dict[str, commands.Published]] = []

    def run() -> None:
        try:
            results.append(publish(content))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(results) == 2
    assert PublishedThing.objects.filter(code="stall").count() == 1
    assert sorted(done["stall"].is_new for done in results) == [False, True]

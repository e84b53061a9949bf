"""Lists and worked examples are published beside the things: only what changed, never changed again."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.unit.catalogue.test_lint_lists import LIST, OTHER, STALL
from yijianshi.catalogue import commands, queries
from yijianshi.catalogue.models import PublishedSheet
from yijianshi.identity.logic.actor import ANONYMOUS, SYSTEM

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ON = date(2026, 3, 2)


@pytest.fixture
def listed(content: Path) -> Path:
    """Return the stall's content with a list on which the stall stands."""
    (content / "lists").mkdir()
    (content / "lists" / "nation.yaml").write_text(LIST, encoding="utf-8")
    (content / "lists" / "later.yaml").write_text(OTHER, encoding="utf-8")
    (content / "things" / "stall" / "thing.yaml").write_text(STALL, encoding="utf-8")
    commands.publish(content, by=SYSTEM, at=AT)
    return content


@pytest.mark.django_db
def test_what_runs_here_follows_from_what_is_published(listed: Path) -> None:
    later, first = queries.list_matter_lists(by=ANONYMOUS, on=ON)
    assert [later.list.code, first.list.code] == ["nation-later", "nation"]
    assert (first.running, first.to_come, first.unnamed) == (1, 1, 1)
    batch, card = queries.get_matter("KM-2026-1-01", by=ANONYMOUS, on=ON)
    assert batch.list.code == "nation"
    assert card.thing is not None
    assert card.thing.code == "stall"
    (_, before) = queries.list_matter_lists(by=ANONYMOUS, on=date(2025, 12, 31))  # the stall is not in force yet
    assert (before.running, before.to_come) == (0, 2)
    with pytest.raises(queries.MatterNotListed, match="No key matter has the code 'KM-1'"):
        queries.get_matter("KM-1", by=ANONYMOUS, on=ON)


@pytest.mark.django_db
def test_a_matter_that_is_suspended_does_not_run(listed: Path) -> None:
    (listed / "lists" / "nation.yaml").write_text(LIST.replace("IN_OPERATION", "SUSPENDED"), encoding="utf-8")
    commands.publish(listed, by=SYSTEM, at=AT)
    (_, first) = queries.list_matter_lists(by=ANONYMOUS, on=ON)
    assert (first.version, first.running, first.to_come) == (2, 0, 2)


@pytest.mark.django_db
def test_only_what_changed_gets_a_new_version(listed: Path) -> None:
    assert PublishedSheet.objects.count() == 4  # two lists, the stall's examples, the notices
    commands.publish(listed, by=SYSTEM, at=AT)
    assert PublishedSheet.objects.count() == 4
    (listed / "lists" / "later.yaml").write_text(OTHER.replace("Second batch", "Later batch"), encoding="utf-8")
    commands.publish(listed, by=SYSTEM, at=AT)
    assert list(PublishedSheet.objects.filter(code="nation-later").values_list("version", flat=True).order_by("version")) == [
        1,
        2,
    ]
    assert PublishedSheet.objects.filter(code="nation").count() == 1


@pytest.mark.django_db
def test_a_published_list_cannot_be_changed(listed: Path) -> None:
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_publishedsheet SET content = '{}'")


@pytest.mark.django_db
def test_reading_costs_the_same_however_many_entries(listed: Path) -> None:
    queries.list_matter_lists(by=ANONYMOUS, on=ON)
    with CaptureQueriesContext(connection) as spent:
        queries.list_matter_lists(by=ANONYMOUS, on=ON)
    assert len(spent) == 2

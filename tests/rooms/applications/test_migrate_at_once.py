"""An applicant saves, submits or deletes in the very moment the drafts are moved: one comes after the other, nothing is lost."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import DjangoDbBlocker

from tests.rooms.applications.test_migrate import ABC, CARD, WHY
from tests.town import changed, newborn
from tests.town.at_once import at_once
from tests.town.people import MONDAY, Town
from tests.town.standing import committed_town
from yijianshi.applications import commands, queries
from yijianshi.applications.commands.draft import DraftChangedElsewhere
from yijianshi.applications.models import Application, MovedDraft
from yijianshi.catalogue import queries as catalogue
from yijianshi.foundation import history
from yijianshi.identity.logic.actor import SYSTEM

Version = tuple[UUID, int]


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The run's database, open for the whole module and committed to (the plugin looks for this name to make the database)."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def town(db: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """The town as every connection sees it."""
    with committed_town(django_db_blocker) as found:
        yield found


@pytest.fixture
def draft_id(town: Town, tmp_path: Path) -> UUID:
    """A finished draft on the first version; a second is in force."""
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    commands.save_draft(application_id=draft_id, values={"card.bank": "ABC"}, by=town.wang_fang.actor, at=MONDAY)
    changed.publish(tmp_path, {CARD: ABC}, MONDAY)
    return draft_id


def migrate() -> commands.Migrated:
    return commands.migrate_drafts("newborn", 2, WHY, by=SYSTEM, at=MONDAY)


def test_saving_and_moving_at_once_lose_nothing(town: Town, draft_id: UUID) -> None:
    by = town.wang_fang.actor
    revision = Application.objects.get(id=draft_id).revision

    def save(name: str, on: int | None) -> Callable[[], commands.SavedDraft]:
        return lambda: commands.save_draft(application_id=draft_id, values={"child.name": name}, revision=on, by=by, at=MONDAY)

    checked, _, moved = at_once(save("李一", revision), save("李二", None), migrate)
    assert moved == commands.Migrated(1, 1)
    assert isinstance(checked, commands.SavedDraft | DraftChangedElsewhere)
    draft = queries.get_draft(draft_id, by=by, at=MONDAY)
    assert draft.facts["child.name"] in ("李一", "李二")
    assert "card.bank" not in draft.facts
    assert draft.revision == revision + 2 + isinstance(checked, commands.SavedDraft)
    assert Application.objects.get(id=draft_id).version_id == catalogue.get_current("newborn", MONDAY.date())[0]
    assert history.verify() is None


def test_submitting_and_moving_at_once_never_moves_what_is_submitted(town: Town, draft_id: UUID) -> None:
    before = Application.objects.get(id=draft_id).version_id
    one = commands.Submission(application_id=draft_id, idempotency_key=f"move {draft_id}", declaration=True)
    submitted, moved = at_once(lambda: commands.submit([one], by=town.wang_fang.actor, at=MONDAY)[0], migrate)
    row = Application.objects.get(id=draft_id)
    if isinstance(submitted, commands.Receipt):
        assert (row.state, row.version_id, moved.drafts) == ("SUBMITTED", before, 0)
    else:
        assert (row.state, moved.drafts) == ("DRAFT", 1)


def test_two_authors_at_once_move_a_draft_once(town: Town, draft_id: UUID) -> None:
    found = at_once(migrate, migrate, migrate)
    assert sorted(one.drafts for one in found) == [0, 0, 1]
    assert MovedDraft.objects.filter(application_id=draft_id).count() == 1


def test_deleting_and_moving_at_once_end_deleted(town: Town, draft_id: UUID) -> None:
    at_once(lambda: commands.discard(application_id=draft_id, by=town.wang_fang.actor, at=MONDAY), migrate)
    assert not Application.objects.filter(id=draft_id).exists()
    assert not MovedDraft.objects.exists()

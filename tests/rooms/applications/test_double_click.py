"""Two connections at once: a double click, two tabs, two devices."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from pytest_django import DjangoDbBlocker

from tests.town import newborn
from tests.town.at_once import at_once
from tests.town.people import MONDAY, Town
from tests.town.standing import committed_town
from yijianshi.applications import commands
from yijianshi.applications.commands.draft import DraftChangedElsewhere
from yijianshi.applications.models import Application
from yijianshi.cases.models import Case
from yijianshi.foundation import history
from yijianshi.foundation.idempotency import IdempotencyKeyReused


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The run's database, open for the whole module and committed to (the plugin looks for this name to make the database)."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def town(db: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """The town as every connection sees it."""
    with committed_town(django_db_blocker) as found:
        yield found


@pytest.fixture
def draft_id(town: Town) -> UUID:
    return newborn.fill_in(town.wang_fang.actor, MONDAY)


def click(town: Town, draft_id: UUID, key: str, declaration: bool = True) -> Callable[[], commands.Receipt]:
    one = commands.Submission(application_id=draft_id, idempotency_key=key, declaration=declaration)
    return lambda: commands.submit([one], by=town.wang_fang.actor, at=MONDAY)[0]


def check_submitted_once(draft_id: UUID) -> None:
    assert sum(line.entry.action == "submit" for line in history.list_for("application", draft_id)) == 1
    newborn.deliver_events()
    assert Case.objects.filter(application_id=draft_id).count() == 10
    assert history.verify() is None


def test_a_double_click_gives_one_application_one_number_and_one_receipt(town: Town, draft_id: UUID) -> None:
    receipts = at_once(*[click(town, draft_id, f"double {draft_id}")] * 4)
    assert {type(receipt) for receipt in receipts} == {commands.Receipt}
    assert len(set(receipts)) == 1
    check_submitted_once(draft_id)


def test_two_tabs_at_once_get_the_same_receipt(town: Town, draft_id: UUID) -> None:
    receipts = at_once(*(click(town, draft_id, f"tab {number} {draft_id}") for number in range(3)))
    assert {type(receipt) for receipt in receipts} == {commands.Receipt}
    assert len(set(receipts)) == 1
    check_submitted_once(draft_id)


def test_one_key_with_two_contents_at_once_is_one_submission_and_one_refusal(town: Town, draft_id: UUID) -> None:
    revision = Application.objects.get(id=draft_id).revision
    checked = commands.Submission(application_id=draft_id, idempotency_key=str(draft_id), declaration=True, revision=revision)
    by = town.wang_fang.actor
    found = at_once(click(town, draft_id, str(draft_id)), lambda: commands.submit([checked], by=by, at=MONDAY)[0])
    assert sorted(type(one).__name__ for one in found) == sorted([IdempotencyKeyReused.__name__, commands.Receipt.__name__])
    check_submitted_once(draft_id)


def test_two_devices_saving_at_once_lose_nothing_silently(town: Town, draft_id: UUID) -> None:
    revision = Application.objects.get(id=draft_id).revision

    def save(name: str) -> Callable[[], commands.SavedDraft]:
        values = {"child.name": name}
        return lambda: commands.save_draft(
            application_id=draft_id, values=values, revision=revision, by=town.wang_fang.actor, at=MONDAY
        )

    found = at_once(save("李一"), save("李二"), save("李三"))
    assert sum(isinstance(one, commands.SavedDraft) for one in found) == 1
    assert sum(isinstance(one, DraftChangedElsewhere) for one in found) == 2
    assert Application.objects.get(id=draft_id).revision == revision + 1
    commands.discard(application_id=draft_id, by=town.wang_fang.actor, at=MONDAY)


def test_submitting_and_discarding_at_once_end_in_one_of_both(town: Town, draft_id: UUID) -> None:
    by = town.wang_fang.actor
    submitted, _ = at_once(
        click(town, draft_id, f"either {draft_id}"),
        lambda: commands.discard(application_id=draft_id, by=by, at=MONDAY),
    )
    row = Application.objects.filter(id=draft_id).first()
    if isinstance(submitted, commands.Receipt):
        assert row is not None
        check_submitted_once(draft_id)
    else:
        assert row is None

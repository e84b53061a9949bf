"""Submission: atomic, idempotent, and ready or refused with every open point."""

from uuid import UUID

import pytest

from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications import commands, queries
from yijianshi.applications.commands.draft import DraftChangedElsewhere
from yijianshi.applications.commands.submit import NotDeclared
from yijianshi.applications.models import Application
from yijianshi.cases.models import Case
from yijianshi.foundation import history, outbox
from yijianshi.foundation.idempotency import IdempotencyKeyMissing, IdempotencyKeyReused
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.identifiers import case_number

ITEM = "item:household-registration-birth"


@pytest.fixture
def draft_id(town: Town) -> UUID:
    return newborn.fill_in(town.wang_fang.actor, MONDAY)


def submission(draft_id: UUID, key: str = "k", revision: int | None = None, declaration: bool = True) -> commands.Submission:
    return commands.Submission(application_id=draft_id, idempotency_key=key, declaration=declaration, revision=revision)


def send(town: Town, *wanted: commands.Submission) -> list[commands.Receipt]:
    return commands.submit(wanted, by=town.wang_fang.actor, at=MONDAY)


def submissions_in_history(draft_id: UUID) -> int:
    return sum(line.entry.action == "submit" for line in history.list_for("application", draft_id))


def test_one_submission_gives_one_number_one_history_line_and_one_event(town: Town, draft_id: UUID) -> None:
    waiting = outbox.measure().waiting
    (receipt,) = send(town, submission(draft_id))
    row = Application.objects.get(id=draft_id)
    assert (row.state, row.number, row.submitted_at, row.expires_on) == ("SUBMITTED", receipt.number, MONDAY, None)
    assert case_number.check_case_number(receipt.number) is None
    assert receipt.number.startswith(f"{row.region}-20260302-")
    assert submissions_in_history(draft_id) == 1
    assert outbox.measure().waiting == waiting + 2  # one row for each listener: split it, tell people
    assert history.verify() is None


def test_the_same_key_again_gets_the_same_receipt_and_does_nothing(town: Town, draft_id: UUID) -> None:
    first, second = send(town, submission(draft_id)), send(town, submission(draft_id))
    assert first == second
    assert submissions_in_history(draft_id) == 1


def test_the_same_key_with_other_content_is_refused(town: Town, draft_id: UUID) -> None:
    send(town, submission(draft_id))
    with pytest.raises(IdempotencyKeyReused):
        send(town, submission(draft_id, revision=1))


def test_the_same_key_of_somebody_else_is_another_key(town: Town, draft_id: UUID) -> None:
    send(town, submission(draft_id))
    with pytest.raises(NotFound):
        commands.submit([submission(draft_id)], by=town.stranger.actor, at=MONDAY)


def test_two_tabs_with_keys_of_their_own_get_one_receipt(town: Town, draft_id: UUID) -> None:
    first, second = send(town, submission(draft_id, "tab one")), send(town, submission(draft_id, "tab two"))
    assert first == second
    assert send(town, submission(draft_id, "tab two")) == second
    assert submissions_in_history(draft_id) == 1


def test_several_applications_are_submitted_together_or_not_at_all(town: Town, draft_id: UUID) -> None:
    by = town.wang_fang.actor
    unready = commands.start(thing_code=ITEM, answers={}, declined=(), by=by, at=MONDAY)
    with pytest.raises(commands.NotReady):
        send(town, submission(draft_id, "a"), submission(unready, "b"))
    assert set(Application.objects.values_list("state", flat=True)) == {"DRAFT"}
    assert send(town, submission(draft_id, "a"))[0].application_id == draft_id


def test_one_application_named_twice_in_a_batch_is_submitted_once(town: Town, draft_id: UUID) -> None:
    first, second = send(town, submission(draft_id, "a"), submission(draft_id, "b"))
    assert first == second
    assert submissions_in_history(draft_id) == 1
    assert send(town, submission(draft_id, "b")) == [first]


def test_one_key_for_two_applications_of_a_batch_is_refused(town: Town, draft_id: UUID) -> None:
    other = commands.start(thing_code=ITEM, answers={}, declined=(), by=town.wang_fang.actor, at=MONDAY)
    with pytest.raises(IdempotencyKeyReused):
        send(town, submission(draft_id, "a"), submission(other, "a"))
    assert Application.objects.get(id=draft_id).state == "DRAFT"


@pytest.mark.parametrize("key", ["", "x" * 201, "line\nbreak"])
def test_a_key_that_is_no_key_is_refused_in_words(town: Town, draft_id: UUID, key: str) -> None:
    with pytest.raises(IdempotencyKeyMissing):
        send(town, submission(draft_id, key))


def test_without_the_declaration_nothing_is_submitted(town: Town, draft_id: UUID) -> None:
    with pytest.raises(NotDeclared) as refused:
        send(town, submission(draft_id, declaration=False))
    assert refused.value.field == "declaration"


def test_what_was_checked_on_an_older_revision_is_not_submitted(town: Town, draft_id: UUID) -> None:
    checked = queries.get_draft(draft_id, by=town.wang_fang.actor, at=MONDAY).revision
    commands.save_draft(application_id=draft_id, values={"child.name": "李大满"}, by=town.wang_fang.actor, at=MONDAY)
    with pytest.raises(DraftChangedElsewhere):
        send(town, submission(draft_id, revision=checked))
    assert send(town, submission(draft_id, "again", revision=checked + 1))


def test_a_failed_submission_leaves_its_key_free(town: Town, draft_id: UUID) -> None:
    by = town.wang_fang.actor
    commands.save_draft(application_id=draft_id, values={"child.name": ""}, by=by, at=MONDAY)
    with pytest.raises(commands.NotReady) as refused:
        send(town, submission(draft_id))
    assert [problem.name for problem in refused.value.problems] == ["child.name"]
    commands.save_draft(application_id=draft_id, values={"child.name": "李小满"}, by=by, at=MONDAY)
    assert send(town, submission(draft_id))[0].number


def test_every_open_point_is_named_at_once(town: Town) -> None:
    by = town.wang_fang.actor
    draft_id = newborn.fill_in(by, MONDAY)
    wrong = {"child.name": "", "bank.account": "12", "child.birth_date": "2026-12-24", "mother.phone": "1"}
    commands.save_draft(application_id=draft_id, values=wrong, by=by, at=MONDAY)
    with pytest.raises(commands.NotReady) as refused:
        send(town, submission(draft_id))
    assert {problem.name for problem in refused.value.problems} >= set(wrong)


def test_the_receipt_says_what_went_to_whom(town: Town, draft_id: UUID) -> None:
    (receipt,) = send(town, submission(draft_id))
    view = queries.get_receipt(draft_id, by=town.wang_fang.actor)
    assert (view.number, view.submitted_at) == (receipt.number, MONDAY)
    assert len(view.items) == 10
    assert {department.zh for _, department in view.items} >= {"郑州市公安局金水分局", "金水区税务局"}
    assert all(how.zh and how.en for _, how in view.materials)


def test_nothing_is_split_before_the_event_is_delivered_and_all_of_it_after(town: Town, draft_id: UUID) -> None:
    send(town, submission(draft_id))
    assert not Case.objects.filter(application_id=draft_id).exists()
    newborn.deliver_events()
    assert Case.objects.filter(application_id=draft_id).count() == 10

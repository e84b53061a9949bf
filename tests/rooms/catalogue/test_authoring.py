"""A proposal from the first word to the published version: two people, nothing lost, and taken back again."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from yijianshi.catalogue import commands, queries
from yijianshi.catalogue.commands import authoring
from yijianshi.catalogue.queries import authoring as reading
from yijianshi.identity.logic.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Role
from yijianshi.kernel.errors import DomainError

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
LATER = date(2026, 4, 1)
PATH = "items/market/sign-filing.yaml"
OLD, NEW = "promise: {working_days: 4", "promise: {working_days: 1"


def staff(name: str, *roles: Role) -> Actor:
    return Actor(kind=ActorKind.STAFF, account_id=uuid4(), roles=frozenset(roles), name=name)


LIN, ZHAO = staff("林", Role.AUTHOR), staff("赵", Role.AUTHOR)
WATCHER, CLERK = staff("督", Role.SUPERVISOR), staff("窗", Role.CLERK)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(content: Path) -> None:
    commands.publish(content, by=SYSTEM, at=AT)


def opened(by: Actor = LIN) -> UUID:
    return authoring.open_proposal("招牌备案提速", "窗口反馈可以当天办完", by=by, at=AT)


def text_of(path: str = PATH, proposal: UUID | None = None) -> str:
    text = reading.get_file(path, proposal, by=LIN).text
    assert text is not None
    return text


def saved(proposal: UUID, old: str = OLD, new: str = NEW, by: Actor = LIN, path: str = PATH) -> authoring.Saved:
    file = reading.get_file(path, proposal, by=by)
    assert file.text is not None
    assert old in file.text
    return authoring.save_file(
        proposal, path, file.text.replace(old, new), revision=file.revision, base_sha=file.base_sha, by=by, at=AT
    )


def approved(proposal: UUID) -> None:
    authoring.submit(proposal, by=LIN, at=AT)
    authoring.approve(proposal, by=ZHAO, at=AT)


def promise_on(day: date) -> int:
    return queries.get_current("stall", day)[1].item("sign-filing").limits.promise.working_days or 0


def test_an_example_that_no_longer_holds_does_not_stand_in_the_way_of_looking() -> None:
    proposal = opened()
    example = "kind: example\nname: {zh: 摊, en: Stall}\nthing: stall\non: 2026-03-02\nexpect: {promise_working_days: 99}\n"
    found = authoring.save_file(proposal, "things/stall/examples/wrong.yaml", example, revision=0, by=LIN, at=AT).findings
    assert [one.code for one in found.errors] == ["C801"]
    assert reading.preview_thing(proposal, "stall", by=LIN).code == "stall"
    with pytest.raises(DomainError):
        authoring.submit(proposal, by=LIN, at=AT)


def test_two_people_change_a_promise_from_a_day_on() -> None:
    proposal = opened()
    done = saved(proposal)
    assert (done.revision, done.findings.errors) == (1, ())
    view = reading.get_proposal(proposal, by=WATCHER)
    assert [(file.path, file.change) for file in view.files] == [(PATH, "CHANGED")]
    assert set(view.changes) == {"stall", "item:sign-filing"}
    assert reading.preview_thing(proposal, "stall", by=LIN).item("sign-filing").limits.promise.working_days == 1
    assert promise_on(LATER) == 4  # nothing is in use yet
    approved(proposal)
    versions = authoring.publish(proposal, LATER, by=LIN, at=AT)
    assert {one.code for one in versions} == {"stall", "item:sign-filing"}
    assert (promise_on(TODAY), promise_on(LATER)) == (4, 1)
    view = reading.get_proposal(proposal, by=WATCHER)
    assert view.card.state == "PUBLISHED"
    assert view.actions == ()
    assert [line.entry.action for line in view.history] == ["open", "edit", "submit", "approve", "publish"]
    assert set(view.changes) == {"stall", "item:sign-filing"}


def test_publishing_again_changes_nothing() -> None:
    proposal = opened()
    saved(proposal)
    approved(proposal)
    first = authoring.publish(proposal, TODAY, by=LIN, at=AT)
    again = authoring.publish(proposal, LATER, by=ZHAO, at=AT)
    assert {one.version_id for one in again} == {one.version_id for one in first}
    assert promise_on(TODAY) == 1


def test_the_folder_published_again_leaves_what_was_changed_here(content: Path) -> None:
    proposal = opened()
    saved(proposal)
    approved(proposal)
    authoring.publish(proposal, TODAY, by=LIN, at=AT)
    assert not any(one.is_new for one in commands.publish(content, by=SYSTEM, at=AT))
    assert promise_on(TODAY) == 1


def test_whoever_wrote_it_does_not_approve_it() -> None:
    proposal = opened()
    saved(proposal)
    authoring.submit(proposal, by=LIN, at=AT)
    with pytest.raises(authoring.SecondPersonNeeded):
        authoring.approve(proposal, by=LIN, at=AT)
    assert [action.code for action in reading.get_proposal(proposal, by=LIN).actions] == ["edit", "send_back", "withdraw"]
    assert "approve" in [action.code for action in reading.get_proposal(proposal, by=ZHAO).actions]
    with pytest.raises(authoring.NotNow):
        authoring.publish(proposal, TODAY, by=ZHAO, at=AT)


def test_an_approval_never_covers_a_text_nobody_saw() -> None:
    proposal = opened()
    saved(proposal)
    approved(proposal)
    saved(proposal, NEW, "promise: {working_days: 2", by=ZHAO)
    assert reading.get_proposal(proposal, by=LIN).card.state == "DRAFT"
    authoring.submit(proposal, by=LIN, at=AT)
    with pytest.raises(authoring.SecondPersonNeeded):
        authoring.approve(proposal, by=ZHAO, at=AT)


def test_two_authors_in_one_file_get_both_texts() -> None:
    proposal = opened()
    start = text_of()
    saved(proposal)
    with pytest.raises(authoring.EditedMeanwhile) as met:
        authoring.save_file(proposal, PATH, start + "# 备注\n", revision=0, by=ZHAO, at=AT)
    material = met.value.material
    assert (material.base, material.theirs) == (start, text_of(proposal=proposal))
    assert not material.merged.conflicts
    authoring.save_file(proposal, PATH, material.merged.text, revision=material.revision, by=ZHAO, at=AT)
    assert NEW in text_of(proposal=proposal)
    assert text_of(proposal=proposal).endswith("# 备注\n")


def test_a_form_changes_single_values_and_keeps_the_rest_of_the_text() -> None:
    proposal = opened()
    place = "/limits/promise/working_days"
    text, findings = reading.check_values(proposal, PATH, {("limits", "promise", "working_days"): 40}, by=LIN)
    assert "C701" in findings.codes()
    assert "working_days: 40" in text
    done = authoring.put_values(proposal, PATH, authoring.Values({place: 1}), revision=0, by=LIN, at=AT)
    assert text_of(proposal=proposal) == text_of().replace(OLD, NEW)
    with pytest.raises(authoring.EditedMeanwhile) as met:
        authoring.put_values(proposal, PATH, authoring.Values({"/note/zh": "短"}), revision=0, by=ZHAO, at=AT)
    assert "短" in met.value.material.merged.text
    assert NEW in met.value.material.merged.text
    authoring.put_values(proposal, PATH, authoring.Values(remove=["/needs/0"]), revision=done.revision, by=ZHAO, at=AT)


@pytest.mark.parametrize("by", [ANONYMOUS, CLERK, WATCHER])
def test_only_authors_write(by: Actor) -> None:
    with pytest.raises(authoring.NotAnAuthor):
        authoring.open_proposal("x", "y", by=by, at=AT)
    with pytest.raises(authoring.NotAnAuthor):
        authoring.save_file(opened(), PATH, "kind: item\n", revision=0, by=by, at=AT)


@pytest.mark.parametrize("by", [ANONYMOUS, CLERK])
def test_others_read_nothing(by: Actor) -> None:
    proposal = opened()
    for read in (
        lambda: reading.list_files(by=by),
        lambda: reading.get_file(PATH, by=by),
        lambda: reading.list_proposals(by=by),
        lambda: reading.get_proposal(proposal, by=by),
        lambda: reading.preview_thing(proposal, "stall", by=by),
    ):
        with pytest.raises(reading.NotForYou):
            read()

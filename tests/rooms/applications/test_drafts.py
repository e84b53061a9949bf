"""Drafts: filled in on several devices, saved as they are, deleted with everything in them."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications import commands, queries
from yijianshi.applications.commands.draft import DraftChangedElsewhere
from yijianshi.applications.commands.start import DRAFT_DAYS
from yijianshi.applications.models import Application
from yijianshi.applications.queries.drafts import NotADraft
from yijianshi.foundation import files
from yijianshi.foundation.files.refusals import FileMissing
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Invalid, NotFound


@pytest.fixture
def draft_id(town: Town) -> UUID:
    answers = {"applicant.relation": "MOTHER", "child.birth_date": "2026-02-24"}
    return commands.start(thing_code="newborn", answers=answers, declined=(), by=town.wang_fang.actor, at=MONDAY)


def save(town: Town, draft_id: UUID, revision: int | None = None, **values: object) -> commands.SavedDraft:
    named = {name.replace("__", "."): value for name, value in values.items()}
    return commands.save_draft(application_id=draft_id, values=named, revision=revision, by=town.wang_fang.actor, at=MONDAY)


def facts(town: Town, draft_id: UUID) -> dict[str, object]:
    return dict(queries.get_draft(draft_id, by=town.wang_fang.actor, at=MONDAY).facts)


def test_a_draft_goes_on_where_it_was_left_on_another_device(town: Town, draft_id: UUID) -> None:
    save(town, draft_id, child__name="李小满")
    again = commands.start(
        thing_code="newborn", answers={"household.follows": "FATHER"}, declined=(), by=town.wang_fang.actor, at=MONDAY
    )
    assert again == draft_id
    known = facts(town, draft_id)
    assert (known["child.name"], known["household.follows"], known["applicant.relation"]) == ("李小满", "FATHER", "MOTHER")


def test_a_draft_that_is_continued_lives_on(town: Town, draft_id: UUID) -> None:
    later = MONDAY + timedelta(days=20)
    commands.start(thing_code="newborn", answers={}, declined=(), by=town.wang_fang.actor, at=later)
    assert Application.objects.get(id=draft_id).expires_on == (later + timedelta(days=DRAFT_DAYS)).date()


def test_a_page_that_is_behind_is_told_so_and_changes_nothing(town: Town, draft_id: UUID) -> None:
    on_the_phone = queries.get_draft(draft_id, by=town.wang_fang.actor, at=MONDAY).revision
    save(town, draft_id, on_the_phone, child__name="李小满")
    with pytest.raises(DraftChangedElsewhere):
        save(town, draft_id, on_the_phone, child__name="李大满")
    assert facts(town, draft_id)["child.name"] == "李小满"


def test_readable_values_are_kept_when_others_cannot_be_read(town: Town, draft_id: UUID) -> None:
    saved = save(town, draft_id, child__name="李小满", child__birth_date="2026-02-30", child__sex="BLUE", no__such="x")
    assert {problem.name for problem in saved.problems} == {"child.birth_date", "child.sex", "no.such"}
    assert all(problem.text.zh and problem.text.en for problem in saved.problems)
    known = facts(town, draft_id)
    assert known["child.name"] == "李小满"
    assert str(known["child.birth_date"]) == "2026-02-24"


@pytest.mark.parametrize("hostile", [{"a": 1}, [["x"]], float("nan"), 10**40, "\x00", "x" * 6000, True, [1, 2]])
def test_whatever_a_program_sends_is_a_problem_and_never_a_crash(town: Town, draft_id: UUID, hostile: object) -> None:
    saved = save(town, draft_id, child__name=hostile, child__birth_date=hostile, choice__services=hostile)
    assert {problem.name for problem in saved.problems} >= {"child.birth_date"}
    facts(town, draft_id)  # and the draft can still be read


def test_an_empty_value_clears_the_field(town: Town, draft_id: UUID) -> None:
    save(town, draft_id, child__name="李小满")
    save(town, draft_id, child__name="")
    assert "child.name" not in facts(town, draft_id)


def test_too_many_values_at_once_are_refused(town: Town, draft_id: UUID) -> None:
    many = {f"x.{number}": "1" for number in range(201)}
    with pytest.raises(Invalid):
        commands.save_draft(application_id=draft_id, values=many, by=town.wang_fang.actor, at=MONDAY)


def test_a_discarded_draft_is_gone_with_its_files(town: Town, draft_id: UUID) -> None:
    by = town.wang_fang.actor
    stored = files.store(newborn.one_pixel_png(), name="a.png", declared_type="image/png", by=by, at=MONDAY)
    commands.attach(application_id=draft_id, material="marriage-certificate", file_ids=[stored.id], by=by, at=MONDAY)
    commands.discard(application_id=draft_id, by=by, at=MONDAY)
    with pytest.raises(NotFound):
        queries.get_draft(draft_id, by=by, at=MONDAY)
    with pytest.raises(FileMissing):
        files.get_ref(stored.id)
    assert queries.list_applications(by=by) == []


def test_a_file_taken_off_a_draft_is_not_kept_in_secret(town: Town, draft_id: UUID) -> None:
    by = town.wang_fang.actor
    stored = files.store(newborn.one_pixel_png(), name="a.png", declared_type="image/png", by=by, at=MONDAY)
    commands.attach(application_id=draft_id, material="marriage-certificate", file_ids=[stored.id], by=by, at=MONDAY)
    commands.detach(application_id=draft_id, material="marriage-certificate", file_id=stored.id, by=by, at=MONDAY)
    with pytest.raises(FileMissing):
        files.get_ref(stored.id)


def test_a_draft_nobody_comes_back_to_is_deleted_the_day_after_its_last(town: Town, draft_id: UUID) -> None:
    assert commands.delete_expired_drafts(at=MONDAY + timedelta(days=DRAFT_DAYS)) == 0
    assert commands.delete_expired_drafts(at=MONDAY + timedelta(days=DRAFT_DAYS + 1)) == 1
    assert not Application.objects.filter(id=draft_id).exists()


def test_a_submitted_application_is_never_swept_or_discarded(town: Town) -> None:
    by = town.wang_fang.actor
    application_id = newborn.fill_in(by, MONDAY)
    newborn.submit(application_id, by, MONDAY)
    commands.discard(application_id=application_id, by=by, at=MONDAY)
    assert commands.delete_expired_drafts(at=timezone.now() + timedelta(days=4000)) == 0
    assert Application.objects.get(id=application_id).state == "SUBMITTED"
    with pytest.raises(NotADraft):
        save(town, application_id, child__name="别的")
    with pytest.raises(NotADraft):
        queries.get_draft(application_id, by=by, at=MONDAY)


def test_strangers_and_staff_find_nothing_at_all(town: Town, draft_id: UUID) -> None:
    tries: list[Callable[[Actor, UUID], object]] = [
        lambda by, one: queries.get_draft(one, by=by, at=MONDAY),
        lambda by, one: queries.get_application(one, by=by),
        lambda by, one: queries.get_receipt(one, by=by),
        lambda by, one: queries.all_facts(one, by=by),
        lambda by, one: commands.save_draft(application_id=one, values={"child.name": "x"}, by=by, at=MONDAY),
        lambda by, one: commands.attach(application_id=one, material="marriage-certificate", file_ids=[], by=by, at=MONDAY),
        lambda by, one: commands.detach(application_id=one, material="x", file_id=uuid4(), by=by, at=MONDAY),
        lambda by, one: commands.choose(application_id=one, material="x", satisfier="UPLOAD", by=by, at=MONDAY),
        lambda by, one: commands.commit_letter(application_id=one, letter="x", agreed=True, by=by, at=MONDAY),
        lambda by, one: commands.discard(application_id=one, by=by, at=MONDAY),
        lambda by, one: commands.amend(one, {}, by=by, at=MONDAY),
        lambda by, one: newborn.submit(one, by, MONDAY),
    ]
    for by in (town.stranger.actor, town.li_qiang.actor, town.staff["police"].actor):
        for attempt in tries:
            for one in (draft_id, uuid4()):
                with pytest.raises(NotFound):
                    attempt(by, one)
        assert queries.list_applications(by=by) == []
    assert Application.objects.filter(id=draft_id).exists()

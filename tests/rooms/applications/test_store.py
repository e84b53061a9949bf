"""The material store: used again with consent, while fresh, by whom it belongs to; originals make verified copies."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.test import override_settings

from tests.town import changed, newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications import commands, queries
from yijianshi.applications.commands.draft import TooManyFiles
from yijianshi.applications.commands.reuse import NotAgreedToReuse, NothingToCompare, TooOld
from yijianshi.applications.logic.freshness import fresh_of
from yijianshi.applications.models import Material
from yijianshi.cases import commands as cases
from yijianshi.cases.models import Case
from yijianshi.cases.queries import timeline
from yijianshi.catalogue import queries as things
from yijianshi.foundation import files, history
from yijianshi.kernel.errors import NotFound

CODE = "marriage-certificate"
ANSWERS = {"applicant.relation": "MOTHER", "parents.marital_status": "MARRIED", "birth_certificate.status": "NOT_YET"}
LATER = MONDAY + timedelta(days=30)


@pytest.fixture
def earlier(town: Town) -> UUID:
    return newborn.apply(town, MONDAY)


def draft(town: Town) -> UUID:
    return commands.start(thing_code="newborn", answers=ANSWERS, declined=(), by=town.wang_fang.actor, at=LATER)


def reuse(town: Town, draft_id: UUID, source: UUID, **changes: object) -> None:
    about = {"application_id": draft_id, "material": CODE, "source": source, "agreed": True, "by": town.wang_fang.actor}
    commands.reuse(**{**about, "at": LATER, **changes})


def test_what_was_handed_in_is_listed_with_origin_digest_and_term(town: Town, earlier: UUID) -> None:
    found = {one.code: one for one in queries.list_stored(by=town.wang_fang.actor, at=LATER)}
    one = found[CODE]
    assert (one.application_id, one.is_fresh, one.seen) == (earlier, True, None)
    assert one.fresh_until == date(2026, 3, 2) + timedelta(days=180)
    assert len(one.files[0].sha256) == 64
    assert queries.list_stored(by=town.stranger.actor, at=LATER) == []
    assert queries.list_stored(by=town.staff["police"].actor, at=LATER) == []
    assert queries.open_stored(earlier, CODE, one.files[0].id, by=town.wang_fang.actor, at=LATER)[1] == newborn.one_pixel_png()
    with pytest.raises(NotFound):
        queries.open_stored(earlier, CODE, one.files[0].id, by=town.stranger.actor, at=LATER)


def test_it_is_used_again_with_consent_and_leaves_its_trace(town: Town, earlier: UUID) -> None:
    draft_id = draft(town)
    with pytest.raises(NotAgreedToReuse):
        reuse(town, draft_id, earlier, agreed=False)
    reuse(town, draft_id, earlier)
    (entry,) = Material.objects.get(application_id=draft_id, code=CODE).files
    assert entry["from"]["application"] == str(earlier)
    assert entry["from"]["agreed_at"] == LATER.isoformat()
    assert "再次使用了以前交过的材料" in [line.text.zh for line in timeline.lines_for_application(draft_id, {})]
    assert history.verify() is None
    view = queries.get_draft(draft_id, by=town.wang_fang.actor, at=LATER)
    (material,) = [one for one in view.materials if one.planned.code == CODE]
    assert material.problem is None


def test_taking_it_out_of_the_draft_leaves_the_first_one(town: Town, earlier: UUID) -> None:
    draft_id, by = draft(town), town.wang_fang.actor
    reuse(town, draft_id, earlier)
    (entry,) = Material.objects.get(application_id=draft_id, code=CODE).files
    commands.detach(application_id=draft_id, material=CODE, file_id=UUID(entry["id"]), by=by, at=LATER)
    (first,) = [one for one in queries.list_stored(by=by, at=LATER) if one.code == CODE]
    assert files.open_file(first.files[0].id)[1] == newborn.one_pixel_png()


def test_strangers_drafts_and_other_peoples_papers_are_out_of_reach(town: Town, earlier: UUID) -> None:
    with pytest.raises(NotFound):
        reuse(town, draft(town), earlier, by=town.stranger.actor)
    his = commands.start(thing_code="newborn", answers=ANSWERS, declined=(), by=town.li_qiang.actor, at=LATER)
    with pytest.raises(NotFound):
        reuse(town, his, earlier, by=town.li_qiang.actor)
    with pytest.raises(NotFound):
        reuse(town, draft(town), earlier, material="no-such-paper")


def test_what_is_too_old_is_neither_offered_nor_taken(town: Town, earlier: UUID) -> None:
    draft_id, by = draft(town), town.wang_fang.actor
    thing = things.get_current("newborn", date(2026, 4, 1))[1]
    much_later = MONDAY + timedelta(days=181)
    assert CODE in queries.reusable(thing, [CODE], by=by, at=MONDAY + timedelta(days=180))
    assert queries.reusable(thing, [CODE], by=by, at=much_later) == {}
    with pytest.raises(TooOld):
        reuse(town, draft_id, earlier, at=much_later)
    with override_settings(MATERIAL_FRESH_DAYS=0), pytest.raises(TooOld):
        reuse(town, draft_id, earlier)


def test_using_it_again_does_not_make_it_younger(town: Town, earlier: UUID) -> None:
    second = newborn.fill_in(town.wang_fang.actor, LATER)
    row = Material.objects.get(application_id=second, code=CODE)
    commands.detach(application_id=second, material=CODE, file_id=UUID(row.files[0]["id"]), by=town.wang_fang.actor, at=LATER)
    reuse(town, second, earlier)
    newborn.submit(second, town.wang_fang.actor, LATER)
    ages = {one.handed_in_at for one in queries.list_stored(by=town.wang_fang.actor, at=LATER) if one.code == CODE}
    assert ages == {MONDAY}


def test_the_content_says_how_long(town: Town, tmp_path: Path) -> None:
    freshness = "freshness: {days: 7, confidence: D}\nsource:"
    changed.publish(tmp_path, {f"materials/{CODE}.yaml": ("source:", freshness)}, MONDAY)
    thing = things.get_current("newborn", date(2026, 3, 2))[1]
    fresh = fresh_of(thing.materials_by_code[CODE], date(2026, 3, 2), 180)
    assert fresh.until == date(2026, 3, 9)
    assert fresh.holds(date(2026, 3, 9))
    assert not fresh.holds(date(2026, 3, 10))


def test_not_more_files_than_the_material_takes(town: Town, earlier: UUID) -> None:
    draft_id = draft(town)
    limit = max(one.max_files for one in things.get_current("newborn", date(2026, 3, 2))[1].materials_by_code[CODE].satisfiers)
    for _ in range(limit):
        reuse(town, draft_id, earlier)
    with pytest.raises(TooManyFiles):
        reuse(town, draft_id, earlier)


def case_with(town: Town, application_id: UUID) -> Case:
    for case in Case.objects.filter(application_id=application_id).order_by("position"):
        uses = things.get_version(case.version_id).item(case.item_code).materials
        if CODE in {use.material for use in uses}:
            return case
    raise AssertionError(CODE)


def test_an_original_at_the_counter_makes_a_verified_copy(town: Town, earlier: UUID) -> None:
    case = case_with(town, earlier)
    cases.confirm_original(case.id, CODE, by=newborn.officer_of(town, case), at=LATER)
    (one,) = [one for one in queries.list_stored(by=town.wang_fang.actor, at=LATER) if one.code == CODE]
    assert one.seen is not None
    assert one.seen.at == LATER
    draft_id = draft(town)
    reuse(town, draft_id, earlier)
    (entry,) = Material.objects.get(application_id=draft_id, code=CODE).files
    assert entry["seen"]["organisation"]["zh"] == one.seen.organisation.zh
    assert "核对了原件" in [line.text.zh for line in timeline.lines_for_application(earlier, {})]


def test_only_the_desk_that_needs_it_says_so(town: Town, earlier: UUID) -> None:
    case = case_with(town, earlier)
    for by in (town.staff["police-luoyang"].actor, town.wang_fang.actor):
        with pytest.raises(NotFound):
            cases.confirm_original(case.id, CODE, by=by, at=LATER)
    with pytest.raises(NotFound):
        cases.confirm_original(case.id, "no-such-paper", by=newborn.officer_of(town, case), at=LATER)
    Material.objects.filter(application_id=earlier, code=CODE).update(files=[])
    with pytest.raises(NothingToCompare):
        cases.confirm_original(case.id, CODE, by=newborn.officer_of(town, case), at=LATER)

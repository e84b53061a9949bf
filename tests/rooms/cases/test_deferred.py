"""Papers accepted to follow (容缺后补): asked for until they come, handed in once submitted, by the owner only."""

from datetime import date
from uuid import UUID

import pytest

from tests.rooms.cases.acts import later
from tests.town import newborn, restaurant
from tests.town.people import MONDAY, Town
from yijianshi.applications import queries as applications
from yijianshi.applications.commands.draft import TooManyFiles
from yijianshi.cases import commands, queries
from yijianshi.cases.commands.supply import NoFileGiven, NothingToSupply
from yijianshi.cases.logic.outcome import Overall
from yijianshi.cases.models import Case
from yijianshi.cases.queries.views import Progress
from yijianshi.foundation import calendars, files, history
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound

PAPER, LICENCE = "staff-health-certificates", "food-business-licence"


@pytest.fixture
def application_id(town: Town) -> UUID:
    return restaurant.apply(town, MONDAY, "small-noodle-shop")


def supply(by: Actor, application_id: UUID, material: str = PAPER, count: int = 1, days: int = 1) -> None:
    at, png = later(days), newborn.one_pixel_png()
    ids = [files.store(png, name=f"{n}.png", declared_type="image/png", by=by, at=at).id for n in range(count)]
    commands.supply_deferred(application_id=application_id, material=material, file_ids=ids, by=by, at=at)


def seen(town: Town, application_id: UUID, days: int = 0) -> Progress:
    return queries.progress(application_id, by=restaurant.company(town), at=later(days))


def test_the_progress_asks_for_the_paper_until_its_day(town: Town, application_id: UUID) -> None:
    progress = seen(town, application_id)
    (paper,) = progress.deferred
    assert (paper.code, paper.uploaded, list(paper.files)) == (PAPER, False, [])
    assert paper.due_on == calendars.national().try_add_working_days(MONDAY.date(), 5)
    assert "不需要做任何事" not in progress.next_step.zh
    assert paper.name.zh in progress.next_step.zh
    assert f"{paper.due_on.month}月{paper.due_on.day}日" in progress.next_step.zh
    assert paper.name.en in progress.next_step.en
    assert "原定" in seen(town, application_id, days=30).next_step.zh


def test_a_paper_handed_in_is_no_longer_asked_for_and_stays_known_as_deferred(town: Town, application_id: UUID) -> None:
    supply(restaurant.company(town), application_id)
    progress = seen(town, application_id, days=1)
    assert [paper.uploaded for paper in progress.deferred] == [True]
    assert "不需要做任何事" in progress.next_step.zh
    handed_in = next(one for one in applications.materials_of(application_id) if one.code == PAPER)
    assert (handed_in.satisfier, len(handed_in.files)) == ("DEFERRED", 1)
    entry = [line.entry for line in history.list_for("application", application_id)][-1]
    assert (entry.action, entry.payload["material"]) == ("supply", PAPER)
    assert "补交了后补的材料" in {line.text.zh for line in progress.history}
    assert history.verify() is None


def test_the_department_sees_that_it_is_missing_and_then_the_file(town: Town, application_id: UUID) -> None:
    case = Case.objects.get(application_id=application_id, item_code=LICENCE)
    officer = newborn.officer_of(town, case)

    def handed_in() -> int:
        rows = queries.get_case(case.id, by=officer, at=MONDAY).materials
        return next(len(row.files) for row in rows if row.code == PAPER and row.satisfier == "DEFERRED")

    assert handed_in() == 0
    supply(restaurant.company(town), application_id, count=2)
    assert handed_in() == 2


def test_a_late_paper_is_taken_and_is_still_asked_for_when_all_is_granted(town: Town, application_id: UUID) -> None:
    while ready := Case.objects.filter(application_id=application_id, state="RECEIVED").first():
        newborn.approve(town, application_id, ready.item_code, MONDAY)
    progress = seen(town, application_id, days=30)
    assert progress.overall is Overall.COMPLETED
    assert "补交" in progress.next_step.zh
    supply(restaurant.company(town), application_id, days=30)
    assert "补交" not in seen(town, application_id, days=30).next_step.zh


def test_nothing_is_asked_for_an_item_that_was_withdrawn(town: Town, application_id: UUID) -> None:
    by = restaurant.company(town)
    commands.withdraw(application_id, [], by=by, at=MONDAY)
    assert seen(town, application_id).deferred == ()
    with pytest.raises(NothingToSupply):
        supply(by, application_id)


@pytest.mark.parametrize("material", ["food-layout-and-flow", "no-such-paper"])
def test_only_a_deferred_paper_can_be_supplied(town: Town, application_id: UUID, material: str) -> None:
    with pytest.raises(NothingToSupply):
        supply(restaurant.company(town), application_id, material)


def test_a_draft_is_filled_in_elsewhere(town: Town) -> None:
    draft_id = restaurant.fill_in(town, MONDAY, "small-noodle-shop")
    with pytest.raises(NothingToSupply):
        supply(restaurant.company(town), draft_id)


def test_files_are_needed_and_limited(town: Town, application_id: UUID) -> None:
    by = restaurant.company(town)
    with pytest.raises(NoFileGiven):
        supply(by, application_id, count=0)
    with pytest.raises(TooManyFiles):
        supply(by, application_id, count=21)


def test_only_the_owner_supplies(town: Town, application_id: UUID) -> None:
    for by in (town.stranger.actor, town.wang_fang.actor):
        with pytest.raises(NotFound):
            supply(by, application_id)


def test_the_day_leaves_out_the_long_holiday(town: Town) -> None:
    """Five working days from 24 September 2026: 25 September and 1 to 7 October are off (国办 notice)."""
    at = MONDAY.replace(month=9, day=24)
    application_id = restaurant.apply(town, at, "small-noodle-shop")
    (paper,) = queries.progress(application_id, by=restaurant.company(town), at=at).deferred
    assert paper.due_on == date(2026, 10, 9)

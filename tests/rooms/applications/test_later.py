"""What may be applied for only later is not submitted before its day, alone or with the rest, and is on its day."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.town import changed, newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications import queries
from yijianshi.applications.commands.ripen import ripen
from yijianshi.applications.commands.submit import NotEligibleYet
from yijianshi.applications.models import Application
from yijianshi.catalogue.logic.plan import ItemStatus
from yijianshi.exchange.notices import queries as notices
from yijianshi.identity.logic.actor import SYSTEM

ITEM = "parenting-guidance"
LATER = (
    'eligible: {on: "child.birth_date + 30", text: {zh: 孩子满三十天以后。, en: Once thirty days old.}, confidence: D}\nlimits:'
)
FIRST = MONDAY + timedelta(days=24)  # the child is six days old on Monday


@pytest.fixture(autouse=True)
def content(town: Town, tmp_path: Path) -> None:
    changed.publish(tmp_path, {f"items/health/{ITEM}.yaml": ("limits:", LATER)}, MONDAY)


def send(town: Town, draft_id: UUID, at: datetime) -> None:
    newborn.submit(draft_id, town.wang_fang.actor, at)


def test_the_rest_is_submitted_without_it(town: Town) -> None:
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    planned = queries.get_draft(draft_id, by=town.wang_fang.actor, at=MONDAY).plan.item(ITEM)
    assert (planned.status, planned.eligible_on) == (ItemStatus.LATER, FIRST.date())
    send(town, draft_id, MONDAY)
    assert ITEM not in {one["code"] for one in Application.objects.get(id=draft_id).resolved}


def test_alone_it_is_refused_on_the_day_before_and_taken_on_the_day(town: Town) -> None:
    born = (MONDAY - timedelta(days=6)).date().isoformat()
    draft_id = newborn.fill_in(town.wang_fang.actor, FIRST, thing=f"item:{ITEM}", **{"child.birth_date": born})
    with pytest.raises(NotEligibleYet) as refused:
        send(town, draft_id, FIRST - timedelta(days=1))
    assert refused.value.status == 409
    assert "从2026年3月26日（周四）起可以申请" in refused.value.text.zh
    send(town, draft_id, FIRST)
    assert [one["code"] for one in Application.objects.get(id=draft_id).resolved] == [ITEM]


def ripe(town: Town, at: datetime) -> list[str]:
    return [one.item_code for one in queries.list_ripe(by=town.wang_fang.actor, at=at)]


def test_on_its_day_it_is_told_that_it_can_be_applied_for_now(town: Town) -> None:
    send(town, newborn.fill_in(town.wang_fang.actor, MONDAY), MONDAY)
    assert ripe(town, FIRST - timedelta(days=1)) == []
    assert ripe(town, FIRST) == [ITEM]
    assert ripe(town, FIRST + timedelta(days=200)) == [ITEM]
    assert queries.list_ripe(by=town.wang_fang.actor, at=FIRST)[0].since == FIRST.date()
    assert queries.list_ripe(by=town.stranger.actor, at=FIRST) == []


def test_once_it_is_begun_it_is_told_no_longer(town: Town) -> None:
    send(town, newborn.fill_in(town.wang_fang.actor, MONDAY), MONDAY)
    born = (MONDAY - timedelta(days=6)).date().isoformat()
    newborn.fill_in(town.wang_fang.actor, FIRST, thing=f"item:{ITEM}", **{"child.birth_date": born})
    assert ripe(town, FIRST) == []


def test_what_went_along_with_the_rest_is_not_told_again(town: Town) -> None:
    late = FIRST + timedelta(days=10)
    born = (MONDAY - timedelta(days=6)).date().isoformat()
    send(town, newborn.fill_in(town.wang_fang.actor, late, **{"child.birth_date": born}), late)
    assert ripe(town, late + timedelta(days=30)) == []


def test_people_are_told_on_its_day_and_once(town: Town) -> None:
    send(town, newborn.fill_in(town.wang_fang.actor, MONDAY), MONDAY)
    told = lambda: [one.title.zh for one in notices.list_notices(by=town.wang_fang.actor) if "现在可以办" in one.title.zh]  # noqa: E731
    for at in (FIRST - timedelta(days=1), FIRST, FIRST + timedelta(days=1), FIRST + timedelta(days=30)):
        assert ripen(by=SYSTEM, at=at) is None
        newborn.deliver_events()
        assert len(told()) == (at >= FIRST)
    assert ripen(by=town.wang_fang.actor, at=FIRST) is None

"""A forecast from recordings: variants, suggested officers, and what cannot be simulated."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from tests.town.people import MONDAY, Town
from yijianshi.catalogue import queries as catalogue
from yijianshi.identity.logic.actor import SYSTEM, Actor, ActorKind, Role
from yijianshi.insight import commands, queries
from yijianshi.insight.logic.assumptions import Assumptions
from yijianshi.insight.logic.outlook import TooMuchToSimulate
from yijianshi.insight.queries.forecasts import NobodyLeft

AUTHOR = Actor(ActorKind.STAFF, account_id=uuid4(), roles=frozenset({Role.AUTHOR}), name="作者")
SOON = Assumptions(date(2026, 3, 2), weeks=4, warm_up=1, runs=3)


@pytest.fixture
def samples(town: Town) -> UUID:
    return commands.seed_samples("restaurant", 40, 5, by=SYSTEM, at=MONDAY)


def test_today_the_changed_version_and_one_officer_fewer(samples: UUID) -> None:
    _, thing = catalogue.get_current("restaurant", MONDAY.date())
    busy = Assumptions(
        SOON.start, weeks=4, warm_up=1, runs=3, per_week=60, officers=(("market-regulation", 2),), fewer="market-regulation"
    )
    found = queries.forecast(samples, busy, new=thing, by=AUTHOR)
    today, changed, fewer = (variant.outcome for variant in found.variants)
    assert today == changed  # the same content
    assert today.applications == fewer.applications > 0
    loads = [next(load for load in one.loads if load.department == "market-regulation") for one in (today, fewer)]
    assert [load.officers for load in loads] == [2, 1]
    assert loads[1].utilisation.mean > loads[0].utilisation.mean * 1.3
    assert found.per_week == 60
    assert queries.forecast(samples, busy, new=thing, by=AUTHOR) == found


def test_suggested_officers_keep_the_load_comfortable(samples: UUID) -> None:
    desks = queries.list_desks(samples, Assumptions(SOON.start, per_week=500), by=AUTHOR)
    assert max(desk.officers for desk in desks) > 1
    assert {desk.minutes for desk in desks} == {20}
    entered = queries.list_desks(samples, Assumptions(SOON.start, officers=(("fire", 7),), minutes=(("fire", 45),)), by=AUTHOR)
    assert [(desk.officers, desk.minutes) for desk in entered if desk.code == "fire"] == [(7, 45)]


def test_nobody_left_and_too_much_are_said(samples: UUID) -> None:
    with pytest.raises(NobodyLeft) as alone:
        queries.forecast(samples, Assumptions(SOON.start, officers=(("fire", 1),), fewer="fire"), by=AUTHOR)
    assert "消防" in alone.value.text.zh
    with pytest.raises(TooMuchToSimulate):
        queries.forecast(samples, Assumptions(SOON.start, weeks=26, runs=30, per_week=5_000), by=AUTHOR)
    with pytest.raises(queries.NoRecordings):
        queries.forecast(uuid4(), SOON, by=AUTHOR)

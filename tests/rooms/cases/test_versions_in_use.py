"""How many applications stand on each version: drafts, under way, finished; three queries however many there are."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.town import changed, newborn
from tests.town.people import MONDAY, Town
from yijianshi.cases import queries
from yijianshi.cases.models import Case
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.errors import Forbidden

TODAY = MONDAY.date()


def newborns() -> queries.ThingInUse:
    return next(one for one in queries.list_versions_in_use(by=SYSTEM, on=TODAY) if one.code == "newborn")


def test_each_application_counts_where_it_stands(town: Town, tmp_path: Path) -> None:
    finished, _ = newborn.apply(town, MONDAY), newborn.apply(town, MONDAY)
    Case.objects.filter(application_id=finished).update(is_open=False, ended_at=MONDAY)
    newborn.fill_in(town.wang_fang.actor, MONDAY)
    changed.publish(tmp_path, {"dictionary/card.yaml": ('en: "Bank of the card"', 'en: "Which bank"')}, MONDAY)
    found = newborns()
    assert [(one.card.version, one.is_current, one.drafts, one.under_way, one.finished) for one in found.versions] == [
        (2, True, 0, 0, 0),
        (1, False, 1, 1, 1),
    ]
    assert found.to_move == 1


def test_one_closed_case_does_not_finish_the_whole(town: Town) -> None:
    newborn.apply(town, MONDAY)
    one = Case.objects.first()
    assert one is not None
    Case.objects.filter(id=one.id).update(is_open=False, ended_at=MONDAY)
    assert newborns().versions[0].under_way == 1


def test_a_version_to_come_is_no_place_to_move_to(town: Town, tmp_path: Path) -> None:
    newborn.fill_in(town.wang_fang.actor, MONDAY)
    later = ("effective_on: 2026-01-01", "effective_on: 2026-07-01")
    changed.publish(tmp_path, {"things/newborn/thing.yaml": later}, MONDAY)
    found = newborns()
    assert [(one.card.version, one.is_current, one.is_coming) for one in found.versions] == [(2, False, True), (1, True, False)]
    assert found.to_move == 0


def test_single_items_are_shown_once_somebody_applied(town: Town) -> None:
    codes = {one.code for one in queries.list_versions_in_use(by=SYSTEM, on=TODAY)}
    assert "restaurant" in codes
    assert not any(code.startswith("item:") for code in codes)
    newborn.fill_in(town.wang_fang.actor, MONDAY, thing="item:vaccination-record")
    assert "item:vaccination-record" in {one.code for one in queries.list_versions_in_use(by=SYSTEM, on=TODAY)}


def test_three_queries_however_many(town: Town) -> None:
    newborn.apply(town, MONDAY)
    with CaptureQueriesContext(connection) as spent:
        queries.list_versions_in_use(by=SYSTEM, on=TODAY)
    assert len(spent) <= 3


def test_nobody_else_may_look(town: Town) -> None:
    for by in (town.wang_fang.actor, next(iter(town.staff.values())).actor):
        with pytest.raises(Forbidden):
            queries.list_versions_in_use(by=by, on=TODAY)

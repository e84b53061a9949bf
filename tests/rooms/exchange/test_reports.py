"""Flow-back and cascade: the levels that want to know hear how each case stands, no names, once per step, in order."""

from typing import Any

import pytest

from tests.rooms.exchange import acts
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.cases import queries as cases
from yijianshi.cases.models import Case
from yijianshi.cases.queries.connected import NotYourFigure
from yijianshi.exchange import commands, queries
from yijianshi.exchange.models import Outgoing
from yijianshi.foundation import clock
from yijianshi.identity.logic.actor import SYSTEM

BIRTH = "birth-certificate-first-issue"


def level(code: str, **reports: Any) -> dict[str, Any]:
    """Return a neighbour that serves nothing and wants reports."""
    return {**acts.POLICE, "code": code, "serves": [], "mapping": {}, "reports": reports}


def enter(*neighbours: dict[str, Any]) -> None:
    commands.apply_neighbours({"neighbours": [acts.POLICE, *neighbours]}, by=SYSTEM, at=MONDAY)
    queries.forget_neighbours()


def reported(code: str, case: Case) -> list[dict[str, Any]]:
    rows = Outgoing.objects.filter(neighbour=code, kind="matter.reported", about=case.number).order_by("sequence")
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    return [acts.body_of(row) for row in rows]


def decided(town: Town) -> Case:
    """Return the birth certificate's case, accepted and decided."""
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    newborn.submit(draft, town.wang_fang.actor, MONDAY)
    newborn.deliver_events()
    newborn.approve(town, draft, BIRTH, MONDAY)
    newborn.deliver_events()
    return newborn.case_of(draft, BIRTH)


def test_every_step_flows_back_without_a_name(town: Town) -> None:
    enter(level("national", level="UP", region="41"))
    case = decided(town)
    told = reported("national", case)
    assert told[0]["state"] == "RECEIVED"
    assert told[-1]["state"] == case.state
    assert told[-1]["decision"]["outcome"] == "APPROVED"
    assert told[-1]["certificates"]
    assert told[-1]["organisation"]
    text = str(told)
    assert not [word for word in ("王", "李", "410105199", "138") if word in text]


def test_a_city_hears_of_its_own_cases_only_and_only_what_it_asked_for(town: Town) -> None:
    enter(
        level("jinshui", level="DOWN", region="410105", results=False),
        level("luoyang", level="DOWN", region="4103"),
        level("restaurants", level="DOWN", region="41", things=["restaurant"]),
    )
    case = decided(town)
    assert reported("jinshui", case)
    assert "decision" not in reported("jinshui", case)[-1]
    assert "certificates" not in reported("jinshui", case)[-1]
    assert reported("luoyang", case) == []
    assert reported("restaurants", case) == []


def test_where_nobody_asks_nothing_is_written(town: Town) -> None:
    decided(town)
    assert not Outgoing.objects.filter(kind="matter.reported").exists()


@pytest.mark.parametrize("reports", [{"level": "SIDEWAYS"}, {"region": "Henan"}, {"names": True}])
def test_a_wish_nobody_understands_is_refused(town: Town, reports: dict[str, Any]) -> None:
    with pytest.raises(commands.NeighbourFileWrong):
        enter(level("national", **reports))


def test_what_is_only_entered_is_not_called_connected(town: Town) -> None:
    at, today = clock.now(), clock.today(clock.now())
    before = cases.connected_share(by=SYSTEM, at=at, on=today)
    assert before.listed > before.entered > 0
    assert before.works == 0
    decided(town)
    Outgoing.objects.filter(kind="case.handed_over").update(delivered_at=at)
    Case.objects.update(created_at=at)
    after = cases.connected_share(by=SYSTEM, at=at, on=today)
    assert [one.code for one in after.items if one.works] == ["household-registration-birth"]
    with pytest.raises(NotYourFigure):
        cases.connected_share(by=town.wang_fang.actor, at=at, on=today)

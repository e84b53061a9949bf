"""A whole case at a ministry's system: forwarded with a receipt, asked after in its codes, its result comes back."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from neighbours import entry_file
from neighbours.engine.running import House, Running
from neighbours.engine.server import up
from neighbours.systems import SYSTEMS
from tests.rooms.exchange.test_courier import Quiet
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.cases.models import Case
from yijianshi.exchange import commands, courier, keys, queries
from yijianshi.exchange.models import Outgoing, Received
from yijianshi.foundation import clock, history
from yijianshi.identity.logic.actor import SYSTEM


@pytest.fixture
def ministry(town: Town, tmp_path: Path) -> Iterator[Running]:
    """Let the police's system be one for the whole country."""
    police = SYSTEMS["police"]
    easy = tuple(replace(one, lacks=lambda _desk, _row: []) for one in police.businesses)  # corrections are not the subject here
    system = replace(police, transport="vertical", businesses=easy)
    with up([system], tmp_path, House("", keys.own().public), pace=0.05) as (running,):
        entry = {**entry_file.entry(running), "registers": {}}  # this test is about cases alone
        commands.apply_neighbours({"neighbours": [entry]}, by=SYSTEM, at=MONDAY)
        yield running


UNTAKEN = "SELECT 1 FROM _outgoing WHERE state <> 'TAKEN'"  # what they said stays theirs to say until we confirm it


def carried_until_over(case: Case, ministry: Running, seconds: float = 40) -> None:
    card = queries.get_neighbour("police")
    connector = queries.connect(card)
    give_up = time.monotonic() + seconds
    try:
        while (case.is_open or ministry.store.rows(UNTAKEN)) and time.monotonic() < give_up:
            courier.carry_out(card, connector, 50)
            courier.carry_in(card, connector, 50)
            newborn.deliver_events()
            case.refresh_from_db()
            time.sleep(0.1)
    finally:
        connector.close()


def test_its_result_comes_back_and_ends_the_case(ministry: Running, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "connection", Quiet())
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(hours=1))
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    newborn.submit(draft_id, town.wang_fang.actor, MONDAY)
    newborn.deliver_events()
    newborn.approve(town, draft_id, "birth-certificate-first-issue", MONDAY)
    newborn.deliver_events()
    case = Case.objects.get(application_id=draft_id, item_code="household-registration-birth")
    carried_until_over(case, ministry)
    assert case.state == "COMPLETED", list(Received.objects.values_list("kind", "error"))
    own = [line.entry.action for line in history.list_for("case", case.id) if line.entry.actor["kind"] == "NEIGHBOUR"]
    assert own == ["accept", "approve"]
    assert not Outgoing.objects.filter(about=case.number, delivered_at=None).exists()
    (granted,) = ministry.store.rows("SELECT body FROM _outgoing WHERE kind = 'case.approved'")
    assert json.loads(granted["body"])["results"]
    assert not ministry.store.rows(UNTAKEN)

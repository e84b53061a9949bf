"""Both sides are compared over the wire, with a running system of another level, and what it lost is sent again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from neighbours import entry_file
from neighbours.engine.running import House, Running
from neighbours.engine.server import up
from neighbours.systems import SYSTEMS
from tests.rooms.exchange.test_courier import Quiet
from tests.rooms.exchange.test_reports import submitted
from tests.town.people import MONDAY, Town
from yijianshi.exchange import commands, courier, keys, queries
from yijianshi.exchange.connectors.port import Connector
from yijianshi.exchange.models import Outgoing
from yijianshi.foundation import clock
from yijianshi.identity.logic.actor import SYSTEM

NIGHT = MONDAY + timedelta(hours=12)


@pytest.fixture
def national(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """Let the country's platform run beside a town whose cases it is told of."""
    monkeypatch.setattr(courier, "connection", Quiet())
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(hours=1))
    with up([SYSTEMS["national"]], tmp_path, House("", keys.own().public), pace=0.05) as (running,):
        commands.apply_neighbours({"neighbours": [entry_file.entry(running)]}, by=SYSTEM, at=MONDAY)
        submitted(town)
        yield running


@pytest.fixture
def wire(national: Running) -> Iterator[Connector]:
    """Connect with it as the courier does."""
    connector = queries.connect(queries.get_neighbour("national"))
    yield connector
    connector.close()


def carry(wire: Connector) -> None:
    courier.carry_out(queries.get_neighbour("national"), wire, 100)
    assert not Outgoing.objects.filter(neighbour="national", delivered_at=None).exists()


def threads_told() -> set[str]:
    return set(Outgoing.objects.filter(neighbour="national").values_list("about", flat=True))


def test_a_comparison_comes_to_its_end_and_finds_both_sides_alike(wire: Connector) -> None:
    carry(wire)
    found = commands.reconcile("national", wire, at=NIGHT)
    assert threads_told()
    assert (found.error, found.compared, found.sent_again, found.asked_again) == ("", len(threads_told()), 0, 0)


def test_what_the_other_side_lost_is_sent_again_and_stands_there_once(
    national: Running, wire: Connector, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry(wire)
    steps = national.store.rows("SELECT count(*) AS n FROM BJ_GCXX")[0]["n"]
    lost = sorted(threads_told())[0]
    with national.store.writing() as db:
        db.execute("DELETE FROM _received WHERE about = ?", (lost,))
        db.execute("DELETE FROM _thread WHERE about = ?", (lost,))
        db.execute("DELETE FROM BJ_GCXX WHERE BJBH = ?", (lost.partition(":")[0],))
    assert commands.reconcile("national", wire, at=NIGHT).sent_again == Outgoing.objects.filter(about=lost).count()
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    carry(wire)
    assert national.store.rows("SELECT count(*) AS n FROM BJ_GCXX")[0]["n"] == steps
    assert commands.reconcile("national", wire, at=NIGHT).sent_again == 0


def test_a_thread_that_no_comparison_could_name_is_never_begun() -> None:
    with pytest.raises(ValueError, match="thread"):
        commands.Parcel("national", "report.state", "C-1/states", {})

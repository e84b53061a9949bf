"""The neighbour file is taken whole or not at all, and says what is wrong."""

from typing import Any

import pytest

from tests.rooms.exchange import acts
from tests.town.people import MONDAY, Town
from yijianshi.exchange import commands, queries
from yijianshi.exchange.models import Neighbour
from yijianshi.identity.logic.actor import SYSTEM


def test_entering_again_changes_nothing_and_leaving_out_switches_off(town: Town) -> None:
    assert acts.enter_police() == []
    assert commands.apply_neighbours({"neighbours": []}, by=SYSTEM, at=MONDAY) == ["police"]
    assert not Neighbour.objects.get(code="police").is_enabled
    assert acts.enter_police() == ["police"]


def test_nobody_but_the_operator_enters_neighbours(town: Town) -> None:
    with pytest.raises(commands.NotYourNeighbours):
        commands.apply_neighbours({"neighbours": []}, by=town.wang_fang.actor, at=MONDAY)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"code": "Police!"}, "neighbours.0.code"),
        ({"connector": "carrier_pigeon"}, "police.connector"),
        ({"options": {"address": "ftp://somewhere"}}, "police.options.address"),
        ({"options": {"address": "http://127.0.0.1:9", "retries": 3}}, "police.options.retries"),
        ({"public_key": "abc"}, "neighbours.0.public_key"),
        ({"serves": [{"department": "police", "region": "henan"}]}, "neighbours.0.serves.0.region"),
        ({"limits": {"batch": 0}}, "neighbours.0.limits.batch"),
        ({"password": "x"}, "neighbours.0.password"),
        ({"name": {"zh": "公安"}}, "neighbours.0.name.en"),
    ],
)
def test_a_slip_of_the_pen_is_named_and_nothing_is_taken_over(town: Town, changes: dict[str, Any], place: str) -> None:
    before = Neighbour.objects.get(code="police").entry
    with pytest.raises(commands.NeighbourFileWrong) as caught:
        acts.enter_police(**changes)
    assert caught.value.params["place"] == place
    assert Neighbour.objects.get(code="police").entry == before


def test_a_code_that_comes_twice_is_refused(town: Town) -> None:
    with pytest.raises(commands.NeighbourFileWrong):
        commands.apply_neighbours({"neighbours": [acts.POLICE, acts.POLICE]}, by=SYSTEM, at=MONDAY)


def test_who_serves_follows_department_region_and_item(town: Town) -> None:
    police = town.organisations["police"]
    assert queries.find_serving(police, "household-registration-birth") is not None
    assert queries.find_serving(town.organisations["tax"], "household-registration-birth") is None
    acts.enter_police(serves=[{"department": "police", "region": "41", "items": ["seal-cancellation"]}])
    assert queries.find_serving(police, "household-registration-birth") is None
    acts.enter_police(serves=[{"department": "police", "region": "32"}])
    assert queries.find_serving(police, "household-registration-birth") is None

"""Luoyang fetches the template from Zhengzhou over the line, as a city does from its province: news, a proposal, once."""

import psycopg
import pytest

from tests.journeys.deployed.conftest import TwoCities

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]
PROPOSALS = """
SELECT state, (SELECT array_agg(path) FROM catalogue_proposalfile f WHERE f.proposal_id = p.id) FROM catalogue_proposal p
"""


def test_news_of_the_level_above_wait_for_two_people(cities: TwoCities) -> None:
    for _ in range(2):
        printed = cities.luoyang.run("neighbours", "pull", "zhengzhou")
        assert "things/retirement/thing.yaml" in printed
    with psycopg.connect(cities.luoyang.url) as database:
        assert database.execute(PROPOSALS).fetchall() == [("DRAFT", ["things/retirement/thing.yaml"])]


def test_who_is_not_named_gets_nothing(cities: TwoCities) -> None:
    with pytest.raises(AssertionError, match="content: TAKE"):
        cities.zhengzhou.run("neighbours", "pull", "luoyang")

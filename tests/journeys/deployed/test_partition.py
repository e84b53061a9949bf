"""The line between two regions is cut while applications travel both ways: nothing is lost, nothing happens twice."""

import time

import psycopg
import pytest

from tests.journeys.deployed.cities import City, outstanding, until
from tests.journeys.deployed.conftest import TwoCities
from tests.journeys.deployed.people import RETIREMENT, fill_in, is_offered, journey, reaches, submit, work_everything
from yijianshi.config.demo.client import Client

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]
OFFICERS = ("social-security", "medical-insurance")
PEOPLE = ("wangfang", "liqiang", "zhaojianguo", "chenming")


def test_cut_for_an_hour_nothing_is_lost_and_nothing_happens_twice(cities: TwoCities) -> None:
    until(lambda: is_offered(cities.zhengzhou, "retirement@luoyang"), "Luoyang's things did not come")
    people = {name: Client.enter(cities.zhengzhou.address, name) for name in PEOPLE}
    under_way = {}
    for name, person in list(people.items())[:2]:
        under_way[name] = fill_in(person, "retirement@luoyang", RETIREMENT, "410303")
        submit(person, under_way[name])
        reaches(person, under_way[name], "ARRIVED_AT_HOME")
    cities.there.cut()
    cities.back.cut()
    for name, person in list(people.items())[2:]:  # sent into the gap
        under_way[name] = fill_in(person, "retirement@luoyang", RETIREMENT, "410303")
        submit(person, under_way[name])
    for _ in range(6):  # decided in the gap
        work_everything(cities.luoyang, OFFICERS)
        time.sleep(1.5)
    before = {name: journey(people[name], draft)["stage"] for name, draft in under_way.items()}
    assert list(before.values()) == ["ARRIVED_AT_HOME", "ARRIVED_AT_HOME", "SENT", "SENT"]
    an_hour_passes(cities.zhengzhou)
    an_hour_passes(cities.luoyang)
    time.sleep(4)  # all is tried once more in vain, and would now rest for a quarter of an hour
    cities.there.join()
    cities.back.join()

    def over() -> bool:
        work_everything(cities.luoyang, OFFICERS)
        return {journey(people[name], draft)["stage"] for name, draft in under_way.items()} == {"HANDED_OVER"}

    until(over, "not everything was finished after the cut", 300)
    for name, draft in under_way.items():
        results = [one["file_id"] for one in journey(people[name], draft)["results"]]
        assert len(results) == len(set(results)) > 0
    # The last files are there before their acknowledgements are home; a message that never arrives fails here.
    until(lambda: not any(map(outstanding, cities.both)), lambda: f"under way: {[*map(outstanding, cities.both)]}")
    check_once(cities)
    for city in cities.both:  # while it serves
        assert "the database fits the log" in city.run("log", "verify")


def an_hour_passes(city: City) -> None:
    """Move every waiting moment an hour back, as if the cut had lasted that long, back-off at its longest."""
    with psycopg.connect(city.url, autocommit=True) as admin:
        admin.execute("UPDATE exchange_outgoing SET attempts = attempts + 12, created_at = created_at - interval '1 hour'")
        admin.execute("UPDATE crossregion_file SET attempts = attempts + 12 WHERE file_id IS NULL")
        admin.execute("UPDATE exchange_outgoing SET next_at = now() WHERE delivered_at IS NULL")
        admin.execute("UPDATE crossregion_file SET next_at = now() WHERE file_id IS NULL")
        admin.execute("UPDATE exchange_health SET open_until = now()")


def check_once(cities: TwoCities) -> None:
    """Compare both sides: every passage on both, one application each, every message applied, in order, once."""
    passages = "SELECT about, stage FROM crossregion_passage WHERE side = %s AND stage <> 'RECEIVED_AT_ORIGIN' ORDER BY about"
    with psycopg.connect(cities.zhengzhou.url) as origin, psycopg.connect(cities.luoyang.url) as home:
        mine = origin.execute(passages, ["ORIGIN"]).fetchall()
        theirs = home.execute(passages, ["HOME"]).fetchall()
        assert {row[0] for row in mine} == {row[0] for row in theirs}
        made = "SELECT count(*), count(DISTINCT application_id) FROM crossregion_passage WHERE side = 'HOME'"
        assert home.execute(made).fetchone() == (len(theirs), len(theirs))
        own = "SELECT count(*) FROM applications_application WHERE channel = 'crossregion'"
        assert home.execute(own).fetchone() == (len(theirs),)
        for side in (origin, home):
            assert side.execute("SELECT count(*) FROM exchange_received WHERE error <> ''").fetchone() == (0,)
        lost = "SELECT about, max(sequence) - count(*) FROM exchange_received GROUP BY about HAVING max(sequence) <> count(*)"
        assert origin.execute(lost).fetchall() == []
        assert home.execute(lost).fetchall() == []
        once = "SELECT subject_id, action FROM foundation_history WHERE subject_kind = 'passage' AND action = ANY(%s) "
        for side in (origin, home):
            twice = once + "GROUP BY subject_id, action HAVING count(*) > 1"
            assert side.execute(twice, [["sent", "handed_over"]]).fetchall() == []  # type: ignore[arg-type]

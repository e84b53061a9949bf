"""A child is born in Zhengzhou, its household is in Luoyang: one application, two cities, each decides its part."""

import psycopg
import pytest

from tests.journeys.deployed.cities import until
from tests.journeys.deployed.conftest import TwoCities
from tests.journeys.deployed.people import fill_in, submit, work_everything
from yijianshi.config.demo import answers
from yijianshi.config.demo.client import Client

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]
HOUSEHOLD = "household-registration-birth"
ISSUED = "SELECT identifier FROM certificates_certificate WHERE type_code = 'household-register-newborn' ORDER BY issued_at"


def test_one_application_two_cities_each_decides_its_part(cities: TwoCities) -> None:
    wang_fang = Client.enter(cities.zhengzhou.address, "wangfang")
    known = {**answers.GUIDE, "choice.services": ["PARENTING_GUIDANCE"]}
    draft = fill_in(wang_fang, "newborn", known, "410105")
    moved = {"values": {"household.region": "410303"}, "revision": draft["revision"]}
    wang_fang.patch(f"/applications/{draft['id']}/draft", moved)
    submit(wang_fang, wang_fang.get(f"/applications/{draft['id']}/draft"))

    def registered() -> bool:
        work_everything(cities.zhengzhou, ("hospital",))
        work_everything(cities.luoyang, ("police",))
        stations = wang_fang.get(f"/applications/{draft['id']}/progress")["stations"]
        return {one["item_code"]: one["state"] for one in stations}.get(HOUSEHOLD) == "COMPLETED"

    until(registered, "Luoyang did not register the child", 240)
    with psycopg.connect(cities.zhengzhou.url) as here, psycopg.connect(cities.luoyang.url) as there:
        mine, theirs = here.execute(ISSUED).fetchall(), there.execute(ISSUED).fetchall()
        assert len(theirs) == 1
        assert mine == theirs  # one certificate, the same in both cities
        assert there.execute("SELECT count(*) FROM crossregion_passage WHERE mode = 'JOINT'").fetchone() == (1,)

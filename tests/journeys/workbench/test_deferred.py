"""The case page says of a paper that was to follow whether it has come."""

from tests.journeys.conftest import LogIn
from tests.town import newborn, restaurant
from tests.town.people import MONDAY, Town
from yijianshi.cases import commands as cases
from yijianshi.foundation import files


def test_the_case_page_says_whether_the_paper_has_come(town: Town, log_in: LogIn) -> None:
    application = restaurant.apply(town, MONDAY, "small-noodle-shop")
    case = newborn.case_of(application, "food-business-licence")
    browser, by = log_in("market-regulation-officer"), restaurant.company(town)
    address = f"/workbench/cases/{case.id}/"
    assert "容缺后补，还没有交" in browser.get(address).content.decode()
    stored = files.store(newborn.one_pixel_png(), name="健康证.png", declared_type="image/png", by=by, at=MONDAY)
    cases.supply_deferred(
        application_id=application, material="staff-health-certificates", file_ids=[stored.id], by=by, at=MONDAY
    )
    page = browser.get(address).content.decode()
    assert "还没有交" not in page
    assert "健康证.png" in page

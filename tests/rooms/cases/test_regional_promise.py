"""A case runs by the promise of its own region: the county's binding, else the template."""

import pytest

from tests.town import newborn, restaurant
from tests.town.people import MONDAY, Town
from yijianshi.cases import commands
from yijianshi.cases.queries.items import limits_of, thing_of
from yijianshi.foundation import calendars

FOOD = "food-business-licence"


@pytest.mark.django_db
@pytest.mark.parametrize(("region", "days"), [("410105", 3), ("410102", 5), ("411302", 7), ("", 7)])
def test_the_nearest_word_counts(town: Town, region: str, days: int) -> None:
    case = newborn.case_of(restaurant.apply(town, MONDAY), FOOD)
    assert limits_of(case.version_id, FOOD, region).promised_working_days == days
    assert limits_of(case.version_id, FOOD, region).legal_working_days == 10  # the law is the same everywhere


@pytest.mark.django_db
def test_an_accepted_case_is_promised_by_its_region(town: Town) -> None:
    application = restaurant.apply(town, MONDAY)
    newborn.approve(town, application, "business-licence-verification", MONDAY)
    case = newborn.case_of(application, FOOD)
    commands.accept([case.id], by=newborn.officer_of(town, case), at=MONDAY)
    case.refresh_from_db()
    days = thing_of(case.version_id).item_in(FOOD, case.region).item.limits.promise.as_working_days
    assert (case.region, days) == ("410105", 3)
    assert case.promised_on == calendars.national().add_working_days(MONDAY.date(), 3)

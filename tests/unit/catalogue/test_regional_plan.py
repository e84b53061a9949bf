"""The plan promises what the clock will run by: the words of the place where an item will be handled, the template elsewhere."""

from datetime import date

import pytest

from tests.unit.insight.content import CALENDAR, library, thing
from yijianshi.catalogue.logic.examples import plan_example
from yijianshi.catalogue.logic.paths import Paths, path_of
from yijianshi.catalogue.logic.plan import Plan, ReductionKind
from yijianshi.catalogue.logic.planning import plan
from yijianshi.catalogue.logic.promise import promise_dates
from yijianshi.kernel.rules import Environment

ON = date(2026, 3, 2)  # a Monday
FOOD = "food-business-licence"


def planned(**facts: object) -> Plan:
    known = {name.replace("__", "."): value for name, value in facts.items()}
    return plan(thing("restaurant"), known, env=Environment(ON, CALENDAR))


def days_of(found: Plan, code: str) -> int:
    return next(item.promised_working_days for item in found.items if item.code == code)


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        ({}, "template"),  # not answered yet: the province's promise, which nobody may exceed
        ({"shop__region": "410300"}, "template"),  # a city that says nothing for itself
        ({"shop__region": "410100"}, 5),
        ({"shop__region": "410103"}, 5),  # a district of that city
        ({"shop__region": "410105"}, 3),  # the district's word over the city's
    ],
)
def test_the_place_decides_the_promise_of_an_item(facts: dict[str, object], days: int | str) -> None:
    template = thing("restaurant").item(FOOD).limits.promise.as_working_days
    assert template > 5
    assert days_of(planned(**facts), FOOD) == (template if days == "template" else days)


def noodle_shop(region: str) -> Plan:
    (example,) = (one.model for one in library().examples if one.path.endswith("small-noodle-shop.yaml"))
    return plan_example(
        thing("restaurant"), example.model_copy(update={"answers": {**example.answers, "shop.region": region}}), CALENDAR
    )


def test_the_shorter_promise_reaches_dates_path_and_reductions() -> None:
    far, near = noodle_shop("410300"), noodle_shop("410105")
    assert near.promise.finish[FOOD] - near.promise.start[FOOD] == 3
    assert near.promise.working_days < far.promise.working_days
    for_food = [promise_dates(one.promise, ON, CALENDAR)[FOOD] for one in (far, near)]
    assert for_food == [date(2026, 3, 11), date(2026, 3, 5)]
    together = [next(one.after for one in found.reductions if one.kind is ReductionKind.DAYS) for found in (far, near)]
    assert together == [far.promise.working_days, near.promise.working_days]


@pytest.mark.parametrize("region", [None, "410300", "410100", "410105"])
def test_the_quick_path_knows_it_too(region: str | None) -> None:
    facts = {"shop.region": region} if region else {}
    paths = Paths(thing("restaurant"), CALENDAR)
    paths.of({"shop.region": "410105"}, on=ON)  # what is remembered of one place says nothing about another
    assert paths.of(facts, on=ON) == path_of(plan(thing("restaurant"), facts, env=Environment(ON, CALENDAR)))

"""Every example of opening a restaurant, from its answers to the last certificate."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.town import newborn, restaurant
from tests.town.people import MONDAY, Town
from yijianshi.applications import queries as drafts
from yijianshi.applications.commands.submit import HandledSingly
from yijianshi.cases import queries
from yijianshi.cases.logic.outcome import Overall
from yijianshi.cases.models import Case
from yijianshi.foundation import history

BUNDLES = [path.stem for path in restaurant.EXAMPLES if restaurant.example(path.stem)["expect"]["route"] == "BUNDLE"]
SINGLES = [path.stem for path in restaurant.EXAMPLES if path.stem not in BUNDLES]


@pytest.mark.parametrize("name", BUNDLES)
def test_a_company_gets_every_result_of_its_example(town: Town, name: str) -> None:
    expected: Mapping[str, Any] = restaurant.example(name)["expect"]
    application_id = restaurant.apply(town, MONDAY, name)
    open_cases = list(Case.objects.filter(application_id=application_id).order_by("position").values_list("item_code", flat=True))
    assert sorted(open_cases) == sorted(expected["items"])
    while ready := Case.objects.filter(application_id=application_id, state="RECEIVED").first():
        newborn.approve(town, application_id, ready.item_code, MONDAY)
    seen = queries.progress(application_id, by=restaurant.company(town), at=MONDAY)
    assert seen.overall is Overall.COMPLETED
    assert all(station.certificate_ids for station in seen.stations)
    assert history.verify() is None


@pytest.mark.parametrize("name", SINGLES)
def test_a_shop_that_does_not_fit_is_told_what_comes_first_and_keeps_its_draft(town: Town, name: str) -> None:
    draft_id = restaurant.fill_in(town, MONDAY, name)
    view = drafts.get_draft(draft_id, by=restaurant.company(town), at=MONDAY)
    assert list(view.plan.included()) == restaurant.example(name)["expect"]["items"]
    assert view.plan.route_reasons
    with pytest.raises(HandledSingly):
        newborn.submit(draft_id, restaurant.company(town), MONDAY)

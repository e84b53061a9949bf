"""What is only entered is not called connected."""

import pytest

from tests.rooms.exchange import acts
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.cases import queries as cases
from yijianshi.cases.models import Case
from yijianshi.cases.queries.connected import NotYourFigure
from yijianshi.exchange import queries
from yijianshi.exchange.models import Outgoing
from yijianshi.foundation import clock
from yijianshi.identity.logic.actor import SYSTEM


def test_an_item_counts_once_one_of_its_cases_really_went_there(town: Town) -> None:
    acts.enter_police()
    at, today = clock.now(), clock.today(clock.now())
    before = cases.connected_share(by=SYSTEM, at=at, on=today)
    assert before.listed > before.entered > 0
    assert before.works == 0
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    newborn.submit(draft, town.wang_fang.actor, MONDAY)
    newborn.deliver_events()
    newborn.approve(town, draft, "birth-certificate-first-issue", MONDAY)
    newborn.deliver_events()
    Outgoing.objects.filter(kind="case.handed_over").update(delivered_at=at)
    Case.objects.update(created_at=at)
    after = cases.connected_share(by=SYSTEM, at=at, on=today)
    assert [one.code for one in after.items if one.works] == ["household-registration-birth"]
    with pytest.raises(NotYourFigure):
        cases.connected_share(by=town.wang_fang.actor, at=at, on=today)
    queries.forget_neighbours()

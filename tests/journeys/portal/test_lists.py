"""What waits for the citizen is said on the first page and first in the list; dates that are estimates are called so."""

import re

import pytest

from tests.journeys.conftest import LogIn
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.cases import commands as cases
from yijianshi.cases.logic.corrections import CorrectionEntry

FERTILITY = "fertility-registration"


def test_an_application_that_waits_for_me_stands_first_and_leads_to_the_corrections(town: Town, log_in: LogIn) -> None:
    older = newborn.apply(town, MONDAY)
    newborn.apply(town, MONDAY)
    case = newborn.case_of(older, FERTILITY)
    entries = (CorrectionEntry("field", "applicant.phone", "号码少了一位。"),)
    request = cases.CorrectionRequest(case_id=case.id, entries=entries)
    cases.request_corrections([request], by=newborn.officer_of(town, case), at=MONDAY)
    mother = log_in("wangfang")
    rows = mother.get("/applications/").context["submitted"]
    assert [row.waits for row in rows] == [True, False]
    assert rows[0].card.id == older
    assert "有 1 件事等您补正或补交" in mother.get("/").content.decode()
    assert f"/applications/{older}/corrections/" in mother.get("/").content.decode()


def test_nothing_waits_for_somebody_without_applications(town: Town, log_in: LogIn) -> None:
    old_man = log_in("zhaojianguo")
    assert "等您补正" not in old_man.get("/").content.decode()
    assert "还没有办过的事" in old_man.get("/applications/").content.decode()


@pytest.mark.parametrize(("accepted", "word"), [(False, "预计"), (True, "最晚")])
def test_a_date_is_only_promised_once_the_item_is_accepted(town: Town, log_in: LogIn, accepted: bool, word: str) -> None:
    application = newborn.apply(town, MONDAY)
    case = newborn.case_of(application, FERTILITY)
    if accepted:
        cases.accept([case.id], by=newborn.officer_of(town, case), at=MONDAY)
    shown = log_in("wangfang").get(f"/applications/{application}/").content.decode()
    found = re.search(r"<h3>生育登记</h3>.*?</strong> · (\S+) ", shown, re.DOTALL)
    assert found is not None
    assert found[1] == word
    assert "全部办好：预计" in shown, "other items still wait, so the whole is an estimate"


def test_what_comes_by_itself_offers_no_other_way(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    cards = log_in("wangfang").get(f"/applications/{draft}/materials/").context["cards"]
    by_itself = [card for card in cards if card.planned.status == "FROM_RESULT"]
    assert by_itself
    assert all(card.alternatives == [] for card in by_itself)

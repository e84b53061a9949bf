"""Operators make and end seals through the front door; nobody else does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.journeys.conftest import LogIn
from tests.journeys.workbench.test_exchange import enter, text_of
from tests.town.people import Town
from yijianshi.certificates import queries
from yijianshi.channels.workbench import sealing
from yijianshi.identity.logic.actor import Role

PAGE = "/workbench/seals/"


def form(town: Town, **changed: str) -> dict[str, str]:
    given = {"organisation": str(town.organisations["police"]), "custodian": "赵保管", "by_rule": "yes", "basis": "规定第 3 条"}
    return {**given, **changed}


def test_an_operator_makes_and_ends_a_seal(town: Town, log_in: LogIn) -> None:
    operator = enter(log_in, Role.OPERATOR)
    assert "还没有电子印章" in text_of(operator.get(PAGE).content)
    page = text_of(operator.post(f"{PAGE}make/", form(town), follow=True).content)
    assert "制好了" in page
    assert "规定第 3 条" in page
    (card,) = queries.list_seals()
    refused = operator.post(f"{PAGE}{card.id}/end/", {"reason": " "})
    assert (refused.status_code, "要写明停用的理由" in text_of(refused.content)) == (422, True)
    page = text_of(operator.post(f"{PAGE}{card.id}/end/", {"reason": "机构改革"}, follow=True).content)
    assert "已停用，并列入吊销列表" in page
    assert "机构改革" in page
    assert operator.post(f"{PAGE}{card.id}/end/", {"reason": "再来一次"}).status_code == 404


def test_a_seal_that_runs_out_says_so_in_its_row(town: Town, log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    operator = enter(log_in, Role.OPERATOR)
    operator.post(f"{PAGE}make/", form(town))
    assert "天到期" not in text_of(operator.get(PAGE).content)
    (card,) = queries.list_seals()
    rows = sealing.rows
    monkeypatch.setattr(sealing, "rows", lambda seals, at: rows(seals, card.valid_to - timedelta(days=12, hours=1)))
    assert "还有 12 天到期" in text_of(operator.get(PAGE).content)


def test_what_is_lacking_is_said_and_what_was_typed_stays(town: Town, log_in: LogIn) -> None:
    operator = enter(log_in, Role.OPERATOR)
    for changed, status in (({"basis": ""}, 422), ({"custodian": ""}, 422), ({"organisation": "x"}, 404)):
        answer = operator.post(f"{PAGE}make/", form(town, **changed))
        assert answer.status_code == status
        assert 'role="alert"' in answer.content.decode()
    assert "赵保管" in answer.content.decode()
    assert operator.post(f"{PAGE}make/", form(town)).status_code == 302
    again = operator.post(f"{PAGE}make/", form(town))
    assert (again.status_code, "已经有一枚在用的电子印章" in text_of(again.content)) == (409, True)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.OFFICER, Role.AUTHOR])
def test_nobody_else_comes_in(town: Town, log_in: LogIn, client: Client, role: Role) -> None:
    browser = enter(log_in, role)
    assert browser.get(PAGE).status_code in (403, 404)
    assert browser.post(f"{PAGE}make/", form(town)).status_code in (403, 404)
    assert client.get(PAGE).status_code == 302
    assert queries.list_seals() == []


def queries_of(browser: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        browser.get(PAGE)
    return len(asked)


def test_the_list_costs_the_same_however_many_there_are(town: Town, log_in: LogIn) -> None:
    operator = enter(log_in, Role.OPERATOR)
    counts = []
    for kind in ("police", "hospital", "tax"):
        operator.post(f"{PAGE}make/", form(town, organisation=str(town.organisations[kind])))
        counts.append(min(queries_of(operator) for _ in range(3)))  # now and then one reads the directory of organisations anew
    assert len(set(counts)) == 1
    assert counts[0] <= 12

"""The desk for neighbour systems through the front door."""

import re

from django.db import transaction
from django.test import Client

from tests.journeys.conftest import LogIn
from tests.journeys.workbench.conftest import Now
from tests.rooms.exchange import acts
from tests.town import newborn
from tests.town.people import JINSHUI, Town, add_staff
from yijianshi.exchange import commands, queries
from yijianshi.exchange.models import Outgoing, Reconciliation
from yijianshi.identity.logic.actor import Role

DESK = "/workbench/exchange/"


def enter(log_in: LogIn, role: Role) -> Client:
    add_staff(f"government-service-{JINSHUI}", f"x-{role.lower()}", frozenset({role}))
    return log_in(f"x-{role.lower()}")


def text_of(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def refused(now: Now) -> Outgoing:
    acts.enter_police()
    with transaction.atomic():
        commands.send([commands.Parcel("police", "case.handed_over", "HN-1", {})], at=now.at)
    Outgoing.objects.update(refused="UNKNOWN_ITEM", error="we do not do this")
    return Outgoing.objects.get()


def test_an_operator_sees_why_tries_again_and_hands_over(town: Town, log_in: LogIn, now: Now) -> None:
    row = refused(now)
    operator = enter(log_in, Role.OPERATOR)
    page = text_of(operator.get(DESK).content)
    assert "公安户政系统" in page
    assert "对方不收（UNKNOWN_ITEM）" in page
    told = operator.post(f"{DESK}out/{row.id}/retry/", follow=True)
    assert "已安排重试" in text_of(told.content)
    Outgoing.objects.update(refused="UNKNOWN_ITEM")
    assert "请写明转给谁" in text_of(operator.post(f"{DESK}out/{row.id}/hand/", {"note": " "}, follow=True).content)
    page = text_of(operator.post(f"{DESK}out/{row.id}/hand/", {"note": "改由窗口办理"}, follow=True).content)
    assert "已转人工" in page
    assert "没有卡住的消息" in page
    queries.forget_neighbours()


def test_a_supervisor_looks_and_cannot_act_and_a_clerk_does_not_enter(town: Town, log_in: LogIn, now: Now) -> None:
    row = refused(now)
    supervisor = enter(log_in, Role.SUPERVISOR)
    assert "再试一次" not in supervisor.get(DESK).content.decode()
    assert supervisor.post(f"{DESK}out/{row.id}/retry/").status_code == 403
    assert enter(log_in, Role.CLERK).get(DESK).status_code == 403
    assert Client().get(DESK).status_code == 302
    queries.forget_neighbours()


def test_a_clerk_reads_that_the_case_is_with_the_departments_own_system(town: Town, log_in: LogIn, now: Now) -> None:
    acts.enter_police(serves=[{"department": "health", "region": "41"}])
    application_id = newborn.apply(town, now.at)
    newborn.deliver_events()
    case = newborn.case_of(application_id, "fertility-registration")
    page = text_of(log_in("health-officer").get(f"/workbench/cases/{case.id}/").content)
    assert "已交给“公安户政系统”办理" in page
    acts.enter_police(enabled=False)
    page = text_of(log_in("health-officer").get(f"/workbench/cases/{case.id}/").content)
    assert "已交给" not in page
    queries.forget_neighbours()


def test_without_neighbours_the_desk_says_how_to_enter_them(town: Town, log_in: LogIn, now: Now) -> None:
    queries.forget_neighbours()
    assert "还没有登记外部系统" in text_of(enter(log_in, Role.OPERATOR).get(DESK).content)


def test_a_system_that_is_switched_off_is_shown_so(town: Town, log_in: LogIn, now: Now) -> None:
    acts.enter_police(enabled=False)
    answer = enter(log_in, Role.OPERATOR).get(DESK)
    assert answer.status_code == 200
    assert text_of(answer.content).count("停用") == 2  # its state, and its comparison
    queries.forget_neighbours()


def test_the_desk_shows_the_last_comparison(town: Town, log_in: LogIn, now: Now) -> None:
    acts.enter_police()
    supervisor = enter(log_in, Role.SUPERVISOR)
    assert "还没有对过账" in text_of(supervisor.get(DESK).content)
    last = Reconciliation.objects.create(neighbour="police", at=now.at, compared=12)
    assert "两边一致" in text_of(supervisor.get(DESK).content)
    Reconciliation.objects.filter(id=last.id).update(sent_again=3)
    assert "有出入，已安排补齐" in text_of(supervisor.get(DESK).content)
    now.pass_days(2)
    supervisor = log_in("x-supervisor")
    assert "超过一天半没有对账" in text_of(supervisor.get(DESK).content)
    commands.note_not_compared("police", "ValueError", at=now.at)
    page = text_of(supervisor.get(DESK).content)
    assert "没有比完" in page
    assert "ValueError" in page
    assert "上次比完" in page
    queries.forget_neighbours()


def test_supervisors_see_which_items_are_really_connected(town: Town, log_in: LogIn, now: Now) -> None:
    acts.enter_police()
    page = text_of(enter(log_in, Role.SUPERVISOR).get(f"{DESK}share/").content)
    assert "登记了系统，三十天内没有往来" in page
    assert "没有登记系统，在工作台办" in page
    assert log_in("wangfang").get(f"{DESK}share/").status_code == 403
    queries.forget_neighbours()

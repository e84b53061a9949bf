"""People hear at each change what happened and whether something is expected of them."""

from datetime import timedelta

import pytest

from tests.rooms.cases import acts
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications.commands import tell_outcomes
from yijianshi.cases import commands as cases
from yijianshi.cases import handlers
from yijianshi.cases.events import CaseAccepted, CaseDecided, CaseEnded
from yijianshi.cases.models import Case
from yijianshi.certificates import commands as certificates
from yijianshi.certificates import queries as issued
from yijianshi.exchange.notices import queries
from yijianshi.exchange.notices.models import Delivery, Notice
from yijianshi.exchange.notices.queries import NoticeCard
from yijianshi.foundation import outbox
from yijianshi.identity import commands as identity
from yijianshi.identity.logic.actor import PrincipalKind
from yijianshi.identity.logic.mandates import MandateKind, Wish

pytestmark = pytest.mark.django_db


def told(town: Town) -> list[NoticeCard]:
    outbox.deliver_pending()
    assert outbox.list_stuck() == []
    return queries.list_notices(by=town.wang_fang.actor)


def titles(town: Town) -> list[str]:
    return [card.title.zh for card in told(town)]


def test_submitting_and_accepting_is_told_with_the_promised_day(town: Town) -> None:
    application_id = newborn.apply(town, MONDAY)
    submitted = told(town)[0]
    assert (submitted.title.zh, submitted.needs_action) == ("“新生儿出生”已提交", False)
    case = newborn.case_of(application_id, acts.BIRTH)
    cases.accept([case.id], by=newborn.officer_of(town, case), at=MONDAY)
    accepted = told(town)[0]
    assert "受理了" in accepted.title.zh
    assert accepted.expected.zh == "不用您做什么"
    day = newborn.case_of(application_id, acts.BIRTH).promised_on
    assert day is not None
    assert f"{day.month}月{day.day}日" in accepted.body.zh
    assert accepted.path == f"/applications/{application_id}/"


def test_a_correction_says_what_is_expected_and_until_when(town: Town) -> None:
    application_id = newborn.apply(town, MONDAY)
    case = newborn.case_of(application_id, acts.BIRTH)
    acts.ask(town, case, ("field", "child.name"))
    card = told(town)[0]
    assert card.needs_action
    assert card.act_by == newborn.case_of(application_id, acts.BIRTH).act_by
    assert "有 1 处要补正" in card.title.zh
    assert card.path.endswith("/corrections/")


def test_what_is_answered_before_the_news_arrives_is_not_asked_for(town: Town) -> None:
    application_id = newborn.apply(town, MONDAY)
    acts.ask(town, newborn.case_of(application_id, acts.BIRTH), ("field", "child.name"))
    acts.answer(town, application_id, MONDAY, child__name="王小明")
    assert not any(card.needs_action for card in told(town))


def test_refusing_ends_what_depends_on_it_and_tells_each_once(town: Town) -> None:
    application_id = newborn.apply(town, MONDAY)
    case = newborn.case_of(application_id, acts.BIRTH)
    officer = newborn.officer_of(town, case)
    cases.accept([case.id], by=officer, at=MONDAY)
    cases.refuse([cases.Refusal(case_id=case.id, reason="材料不实", basis="")], by=officer, at=MONDAY)
    found = titles(town)
    assert sum("没有批准" in title for title in found) == 1
    assert any("办不下去" in title for title in found)
    before = Notice.objects.count()
    ids = (str(case.id), str(application_id))
    handlers.when_case_decided_tell([CaseDecided(*ids, "REFUSED")] * 2, MONDAY)
    handlers.when_case_ended_tell([CaseEnded(*ids, "REFUSED")], MONDAY)
    handlers.when_case_accepted_tell([CaseAccepted(*ids)], MONDAY)
    assert Notice.objects.count() == before


def test_withdrawing_everything_is_told_but_not_called_finished(town: Town) -> None:
    application_id = newborn.apply(town, MONDAY)
    cases.withdraw(application_id=application_id, by=town.wang_fang.actor, at=MONDAY)
    found = titles(town)
    assert any("已撤回" in title for title in found)
    assert not any("全部办完" in title for title in found)


def test_the_end_of_all_is_told_once(town: Town) -> None:
    application_id = newborn.apply(town, MONDAY)
    while found := Case.objects.filter(application_id=application_id, state__in=["RECEIVED", "ACCEPTED"]).order_by("position"):
        for case in found:
            newborn.approve(town, application_id, case.item_code, MONDAY)
    for case in Case.objects.filter(application_id=application_id, state="DECIDED"):
        cases.deliver([case.id], by=newborn.officer_of(town, case), at=MONDAY + timedelta(hours=2))
    found_titles = titles(town)
    assert sum("全部办完" in title for title in found_titles) == 1
    assert sum("批准了" in title for title in found_titles) == Case.objects.filter(application_id=application_id).count()


def test_both_sides_of_a_mandate_hear_of_it_under_a_masked_name(town: Town) -> None:
    wish = Wish(
        kind=MandateKind.AGENT,
        principal_kind=PrincipalKind.PERSON,
        principal_id=town.wang_fang.person_id,
        agent_person_id=town.li_qiang.person_id,
        scope=("newborn",),
        valid_to=(MONDAY + timedelta(days=30)).date(),
    )
    mandate = identity.grant_mandate(wish, by=town.wang_fang.actor, at=MONDAY)
    given = told(town)[0]
    assert "授权" in given.title.zh
    assert "马上取消" in given.body.zh
    received = queries.list_notices(by=town.li_qiang.actor)[0]
    assert received.title.zh == "王*授权您代办"
    identity.revoke_mandate(mandate, by=town.wang_fang.actor, at=MONDAY)
    assert told(town)[0].title.zh == "授权结束了"


def test_strangers_and_gone_applications_hear_nothing(town: Town) -> None:
    assert tell_outcomes.tell_submitted([], at=MONDAY) == 0
    assert tell_outcomes.tell_mandates("identity.mandate_given", [town.wang_fang.person_id], at=MONDAY) == 0
    assert queries.list_notices(by=town.staff["hospital"].actor) == []
    assert Delivery.objects.count() == 0


def test_a_holder_hears_what_became_of_a_certificate_once_each_time(town: Town) -> None:
    application_id = newborn.apply(town, MONDAY)
    newborn.approve(town, application_id, acts.BIRTH, MONDAY)
    case = newborn.case_of(application_id, acts.BIRTH)
    (certificate_id,) = issued.ids_by_case([case.id])[case.id]
    before = len(told(town))
    by = newborn.officer_of(town, case)
    certificates.suspend([certificate_id], "核查来源", by=by, at=MONDAY)
    card = told(town)[0]
    assert card.title.zh == "“出生医学证明”被暂扣"
    assert card.path == f"/certificates/{certificate_id}/"
    assert "核查来源" not in card.body.zh
    certificates.restore([certificate_id], "核查完毕", by=by, at=MONDAY)
    certificates.suspend([certificate_id], "再核查", by=by, at=MONDAY)
    certificates.revoke([certificate_id], "骗取", by=by, at=MONDAY)
    found = titles(town)
    assert len(found) == before + 4
    assert sorted(found[:3]) == sorted(["“出生医学证明”恢复有效", "“出生医学证明”被暂扣", "“出生医学证明”被撤销"])

"""A desk looks at what it issued: suspends and restores it, changes it, seals it by hand; others' do not exist here."""

from datetime import date
from uuid import UUID

import pytest

from tests.journeys.conftest import LogIn
from tests.rooms.certificates.conftest import marriage_of
from tests.town.people import MONDAY, Town
from yijianshi.certificates import commands, queries
from yijianshi.identity.logic.actor import SYSTEM


@pytest.fixture
def certificate_id(town: Town) -> UUID:
    return commands.issue([marriage_of(town, town.wang_fang, "李强")], by=SYSTEM, at=MONDAY)[0]


def test_suspended_restored_and_changed(town: Town, certificate_id: UUID, log_in: LogIn) -> None:
    head = log_in(town.heads["government-service"].username)
    place = f"/workbench/certificates/{certificate_id}/"
    assert "结婚证" in head.get("/workbench/certificates/").content.decode()
    assert head.post(f"{place}suspend/", {"reason": ""}).status_code == 422
    assert "已暂扣" in head.post(f"{place}suspend/", {"reason": "核查"}, follow=True).content.decode()
    assert head.post(f"{place}suspend/", {"reason": "核查"}).status_code == 409
    assert "已恢复" in head.post(f"{place}restore/", {"reason": "核查完毕"}, follow=True).content.decode()
    form = {
        "was.marriage.spouse_name": "李强",
        "line.marriage.spouse_name": "李大强",
        "was.marriage.holder_name": "王芳",
        "line.marriage.holder_name": "王芳",
        "reason": "更正姓名",
    }
    shown = head.post(f"{place}reissue/", form, follow=True)
    assert "这是新证" in shown.content.decode()
    assert "新的一份" in head.get(place).content.decode()
    (new,) = [one for one in queries.list_held(town.wang_fang.person_id, town.wang_fang.actor) if one.state == "VALID"]
    assert "李大强" in [line.value.zh for line in new.fields]
    assert head.post(f"{place}reissue/", {"reason": "x", "valid_to": "not a day"}).status_code == 422
    assert head.post(f"{place}eat/", {"reason": "x"}).status_code == 404


def test_other_desks_and_citizens_find_nothing(town: Town, certificate_id: UUID, log_in: LogIn) -> None:
    place = f"/workbench/certificates/{certificate_id}/"
    police = log_in(town.heads["police"].username)
    assert police.get(place).status_code == 404
    assert police.post(f"{place}revoke/", {"reason": "x"}).status_code == 404
    assert "还没有签发过证照" in police.get("/workbench/certificates/").content.decode()
    assert log_in("wangfang").get(place).status_code == 403


def test_whoever_is_on_the_seals_list_seals_by_hand(town: Town, certificate_id: UUID, log_in: LogIn) -> None:
    head = town.heads["government-service"]
    new = commands.NewSeal(
        organisation_id=town.organisations["government-service"], custodian="赵保管", signers=[head.account_id]
    )
    commands.make_seal(new, by=SYSTEM, at=MONDAY)
    browser = log_in(head.username)
    place = f"/workbench/certificates/{certificate_id}/"
    assert "用章人名单" in browser.get(place).content.decode()
    assert "盖好了" in browser.post(f"{place}seal/", follow=True).content.decode()
    assert "用章人名单" not in browser.get(place).content.decode()
    clerk = log_in(town.staff["government-service"].username)
    assert "用章人名单" not in clerk.get(place).content.decode()
    assert date(2023, 5, 20) == queries.get_certificate(certificate_id, SYSTEM).valid_from

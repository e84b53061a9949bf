"""王芳 hears what happened and whether something is expected of her, and says how she wishes to be told."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.journeys.conftest import LogIn
from tests.rooms.cases import acts
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.exchange.notices import queries
from yijianshi.exchange.notices.models import Notice

pytestmark = pytest.mark.django_db
SETTINGS = "/me/notices/"
CHOSEN = {
    "sms": "yes",
    "email": "yes",
    "email_address": "wangfang@example.cn",
    "rhythm": "daily",
    "quiet_from": "22:30",
    "quiet_to": "07:00",
    "language": "en",
}


@pytest.fixture
def asked(town: Town) -> str:
    """王芳's application with one point to correct; everything told."""
    application_id = newborn.apply(town, MONDAY)
    acts.ask(town, newborn.case_of(application_id, acts.BIRTH), ("field", "child.name"))
    newborn.deliver_events()
    return str(application_id)


def test_she_sees_what_is_expected_and_goes_there(town: Town, log_in: LogIn, asked: str) -> None:
    browser = log_in("wangfang")
    page = browser.get("/notices/").content.decode()
    assert "有 1 处要补正" in page
    assert "需要您办，" in page
    assert "不用您做什么" in page
    unread = queries.count_unread(by=town.wang_fang.actor)
    assert f'<span class="count">{unread}<' in browser.get("/").content.decode()
    notice = Notice.objects.get(key__startswith="correction:")
    answer = browser.post(f"/notices/{notice.id}/open/")
    assert answer.headers["Location"] == f"/applications/{asked}/corrections/"
    assert browser.get(answer.headers["Location"]).status_code == 200
    assert queries.count_unread(by=town.wang_fang.actor) == unread - 1
    browser.post("/notices/read/")
    assert 'class="count"' not in browser.get("/notices/").content.decode()


def test_nobody_opens_or_sees_anothers(town: Town, log_in: LogIn, asked: str) -> None:
    browser = log_in("zhaojianguo")
    assert "还没有消息" in browser.get("/notices/").content.decode()
    notice = Notice.objects.get(key__startswith="correction:")
    assert browser.post(f"/notices/{notice.id}/open/").status_code == 404
    assert browser.post(f"/notices/{uuid4()}/open/").status_code == 404
    assert browser.get(f"/notices/{notice.id}/open/").status_code == 405
    assert queries.count_unread(by=town.wang_fang.actor) > 0
    assert Client().get("/notices/").status_code == 302
    assert log_in("wangfang").get("/notices/?before=rubbish'--").status_code == 200


def test_what_she_chooses_is_kept_and_shown(town: Town, log_in: LogIn) -> None:
    browser = log_in("wangfang")
    first = browser.get(SETTINGS).content.decode()
    assert "138****0001" in first
    assert 'value="21:00"' in first
    assert browser.post(SETTINGS, CHOSEN).headers["Location"] == f"{SETTINGS}?done"
    page = browser.get(f"{SETTINGS}?done").content.decode()
    assert "已保存" in page
    for shown in ('value="22:30"', 'value="wangfang@example.cn"', 'value="daily" checked', 'value="en" checked'):
        assert shown in page
    kept = queries.get_preference(by=town.wang_fang.actor)
    assert (kept.is_daily, kept.language, kept.sms, kept.email) == (True, "en", True, True)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"email_address": ""}, "这个邮箱地址看不懂"),
        ({"email_address": "a@b\r\nBcc: all@example.cn"}, "这个邮箱地址看不懂"),
        ({"email_address": "王芳@example.cn"}, "这个邮箱地址看不懂"),
        ({"email_address": "a" * 300 + "@example.cn"}, "这个邮箱地址看不懂"),
        ({"email_address": "<script>@example.cn"}, "这个邮箱地址看不懂"),
        ({"quiet_from": "24:00"}, "免打扰的时间看不懂"),
        ({"quiet_to": "٠٨:٠٠"}, "免打扰的时间看不懂"),
        ({"quiet_to": ""}, "免打扰的时间看不懂"),
        ({"language": "de"}, "只能选中文或英文"),
    ],
)
def test_hostile_or_mistyped_wishes_are_refused_in_words(town: Town, log_in: LogIn, changed: dict[str, str], says: str) -> None:
    answer = log_in("wangfang").post(SETTINGS, CHOSEN | changed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "<script>@" not in page
    assert queries.get_preference(by=town.wang_fang.actor).email_address == ""


def test_the_api_says_the_same(town: Town, log_in: LogIn, asked: str) -> None:
    browser = log_in("wangfang")
    found = browser.get("/api/v1/notices").json()
    assert found["unread"] == len(found["notices"])
    assert found["notices"][0]["needs_action"] is True
    wanted = {"sms": False, "email": False, "quiet_from": "00:00", "quiet_to": "00:00"}
    assert browser.get("/api/v1/notices/preferences").json()["phone"] == "138****0001"
    kept = browser.put("/api/v1/notices/preferences", wanted, content_type="application/json").json()
    assert (kept["sms"], kept["quiet_from"], kept["quiet_to"]) == (False, "00:00:00", "00:00:00")
    refused = browser.put("/api/v1/notices/preferences", wanted | {"who": "me"}, content_type="application/json")
    assert refused.status_code == 422
    assert browser.post(f"/api/v1/notices/{found['notices'][0]['id']}/read").status_code == 204
    assert browser.get("/api/v1/notices").json()["unread"] == found["unread"] - 1
    assert browser.post(f"/api/v1/notices/{uuid4()}/read").status_code == 404
    assert browser.post("/api/v1/notices/read").status_code == 204
    assert browser.get("/api/v1/notices").json()["unread"] == 0

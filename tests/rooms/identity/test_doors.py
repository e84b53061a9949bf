"""Sessions, tokens and doors, seen from a browser and from a program."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_POST

from tests.town.people import MONDAY, PASSWORD, Town
from yijianshi.identity import commands, entrance
from yijianshi.identity.entrance import CITIZEN, DEMO, PUBLIC, STAFF, entry, entry_of
from yijianshi.identity.logic.actor import Role
from yijianshi.identity.logic.entry import Entry


@entry(PUBLIC)
def who(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    return HttpResponse(f"{actor.kind}:{actor.name}:{actor.principal.name if actor.principal else ''}:{request.mandate_ended}")


@entry(CITIZEN)
def mine(request: HttpRequest) -> HttpResponse:
    return HttpResponse("mine")


@entry(STAFF, roles={Role.HEAD})
def heads(request: HttpRequest) -> HttpResponse:
    return HttpResponse("heads")


@entry(DEMO)
def demo(request: HttpRequest) -> HttpResponse:
    return HttpResponse("demo")


@entry(PUBLIC)
def enter(request: HttpRequest) -> HttpResponse:
    request.session["guide"] = request.session.get("guide", "answers")
    entrance.open_session(request, request.POST["username"], PASSWORD)
    return HttpResponse(request.session.get("guide", "nothing"))


@entry(PUBLIC)
def switch(request: HttpRequest) -> HttpResponse:
    entrance.act_for(request, request.GET.get("mandate"))
    return HttpResponse("switched")


@entry(PUBLIC)
def leave(request: HttpRequest) -> HttpResponse:
    entrance.close_session(request)
    return HttpResponse("left")


urlpatterns = [
    path("who/", who),
    path("mine/", mine),
    path("heads/", heads),
    path("demo/", demo),
    path("enter/", enter),
    path("switch/", switch),
    path("leave/", leave),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def browser(town: Town) -> Iterator[Client]:
    """Return a browser at nine o'clock on Monday."""
    with time_machine.travel(MONDAY, tick=False):
        yield Client()


def log_in(browser: Client, username: str = "wangfang") -> str:
    return browser.post("/enter/", {"username": username}).content.decode()


def shown(browser: Client) -> str:
    return browser.get("/who/").content.decode()


def test_logging_in_and_out(browser: Client) -> None:
    assert shown(browser) == "ANONYMOUS:::False"
    log_in(browser)
    assert shown(browser) == "PERSON:王芳::False"
    browser.post("/leave/")
    assert shown(browser) == "ANONYMOUS:::False"


def test_a_log_in_changes_the_session_key_and_keeps_the_answers(browser: Client) -> None:
    planted = SessionStore()
    planted["guide"] = "my own answers"
    planted.create()
    browser.cookies["sessionid"] = planted.session_key

    assert log_in(browser) == "my own answers"

    assert browser.cookies["sessionid"].value != planted.session_key
    assert not SessionStore().exists(planted.session_key)


def test_nothing_of_one_person_is_left_for_the_next(browser: Client) -> None:
    log_in(browser)
    session = browser.session
    session["guide"] = "王芳's answers"
    session.save()
    assert log_in(browser, "liqiang") == "nothing"
    assert shown(browser) == "PERSON:李强::False"


@pytest.mark.parametrize(("username", "minutes"), [("wangfang", 120), ("police-officer", 30)])
def test_idleness_ends_a_session(town: Town, username: str, minutes: int) -> None:
    browser = Client()
    with time_machine.travel(MONDAY, tick=False) as clock:
        log_in(browser, username)
        clock.shift(timedelta(minutes=minutes))
        assert not shown(browser).startswith("ANONYMOUS")
        clock.shift(timedelta(minutes=minutes, seconds=1))
        assert shown(browser).startswith("ANONYMOUS")


def test_no_session_lasts_longer_than_twelve_hours(town: Town) -> None:
    browser = Client()
    with time_machine.travel(MONDAY, tick=False) as clock:
        log_in(browser)
        for _ in range(12):
            assert shown(browser).startswith("PERSON")
            clock.shift(timedelta(hours=1))
        clock.shift(timedelta(seconds=1))
        assert shown(browser).startswith("ANONYMOUS")


def test_a_new_password_ends_the_other_sessions(town: Town, browser: Client) -> None:
    log_in(browser)
    commands.change_password(PASSWORD, "four-quiet-rivers", by=town.wang_fang.actor, at=MONDAY)
    assert shown(browser).startswith("ANONYMOUS")


def test_acting_for_a_principal_ends_with_the_mandate(town: Town, browser: Client) -> None:
    log_in(browser)
    browser.get("/switch/", {"mandate": str(town.spouse_mandate_id)})
    assert shown(browser) == "PERSON:王芳:李强:False"

    commands.revoke_mandate(town.spouse_mandate_id, by=town.li_qiang.actor, at=MONDAY)

    assert browser.post("/mine/").status_code == 403  # not silently in her own name
    log_in(browser)
    session = browser.session
    session["acting_for"] = str(town.spouse_mandate_id)
    session.save()
    assert shown(browser) == "PERSON:王芳::True"
    assert shown(browser) == "PERSON:王芳::False"


def test_nobody_switches_to_a_principal_without_a_mandate(town: Town, browser: Client) -> None:
    assert browser.get("/switch/", {"mandate": str(town.spouse_mandate_id)}).status_code == 401
    log_in(browser, "zhaojianguo")
    assert browser.get("/switch/", {"mandate": str(town.spouse_mandate_id)}).status_code == 403
    assert browser.get("/switch/", {"mandate": str(uuid4())}).status_code == 403
    assert shown(browser) == "PERSON:赵建国::False"


def test_who_is_not_logged_in_is_sent_to_log_in_and_back(browser: Client) -> None:
    response = browser.get("/mine/", {"page": "2"})
    assert (response.status_code, response["Location"]) == (302, "/login/?next=%2Fmine%2F%3Fpage%3D2")
    assert browser.post("/mine/", {"secret": "1"})["Location"] == "/login/?next=%2Fmine%2F"


@pytest.mark.parametrize(
    ("username", "mine", "heads"),
    [("wangfang", 200, 403), ("police-officer", 403, 403), ("police-head", 403, 200)],
)
def test_doors_of_pages(browser: Client, username: str, mine: int, heads: int) -> None:
    log_in(browser, username)
    assert browser.get("/mine/").status_code == mine
    assert browser.get("/heads/").status_code == heads
    assert browser.get("/demo/").status_code == 404


def test_the_demo_door_opens_in_a_demonstration(browser: Client, settings: Any) -> None:
    settings.DEMO = True
    assert browser.get("/demo/").status_code == 200


def test_personal_pages_stay_out_of_caches(browser: Client) -> None:
    assert "no-store" not in browser.get("/who/").headers.get("Cache-Control", "")
    log_in(browser)
    assert browser.get("/mine/").headers["Cache-Control"] == "private, no-store"


def test_every_door_can_be_read(browser: Client) -> None:
    assert entry_of(mine) == Entry(CITIZEN)
    assert entry_of(heads) == Entry(STAFF, frozenset({Role.HEAD}))
    assert entry_of(require_POST(mine)) == Entry(CITIZEN)
    assert entry_of(lambda request: HttpResponse()) is None

"""Changing one's own password: by the rules, everywhere else logged out, no place to guess."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.town.people import MONDAY, PASSWORD, Town
from yijianshi.foundation import history
from yijianshi.identity import commands
from yijianshi.identity.commands.passwords import NoPassword, OldPasswordWrong, PasswordTooShort, PasswordUnchanged
from yijianshi.identity.commands.throttle import TryAgainLater
from yijianshi.identity.models import Account

NEW = "four-quiet-rivers"
PAGES = {"wangfang": "/me/password/", "police-officer": "/workbench/account/"}


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def browser(username: str, password: str = PASSWORD) -> Client:
    client = Client()
    assert client.post("/login/", {"username": username, "password": password}).status_code == 302
    return client


def send(client: Client, page: str, old: str = PASSWORD, new: str = NEW, again: str | None = None) -> Any:
    return client.post(page, {"old_password": old, "password": new, "password_again": new if again is None else again})


@pytest.mark.parametrize("username", PAGES)
def test_the_page_changes_it_stays_open_here_and_closes_every_other_device(town: Town, username: str) -> None:
    here, elsewhere, page = browser(username), browser(username), PAGES[username]
    assert 'autocomplete="new-password"' in here.get(page).content.decode()
    done = send(here, page)
    assert (done.status_code, done["Location"]) == (302, f"{page}?done")
    assert "密码已修改" in here.get(done["Location"]).content.decode()
    assert elsewhere.get(page).status_code == 302
    assert Client().post("/login/", {"username": username, "password": PASSWORD}).status_code == 401
    browser(username, NEW)
    account = Account.objects.get(username=username)
    assert "change-password" in [line.entry.action for line in history.list_for("account", account.pk)]


@pytest.mark.parametrize(
    ("old", "new", "again", "status", "field"),
    [
        ("not-the-password", NEW, NEW, 403, "old_password"),
        (PASSWORD, "short", "short", 422, "password"),
        (PASSWORD, PASSWORD, PASSWORD, 422, "password"),
        (PASSWORD, NEW, "four-quiet-river", 422, "password_again"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_changes(
    town: Town, old: str, new: str, again: str, status: int, field: str
) -> None:
    answer = send(browser("police-officer"), PAGES["police-officer"], old, new, again)
    assert answer.status_code == status
    assert f'href="#f-{field}"' in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    browser("police-officer")


def test_an_open_session_is_no_place_to_guess_the_password(town: Town) -> None:
    by = town.wang_fang.actor
    for _ in range(4):
        with pytest.raises(OldPasswordWrong):
            commands.change_password("a-wrong-guess", NEW, by=by, at=MONDAY)
    with pytest.raises(PasswordTooShort):  # the present one was right, so this is no guess
        commands.change_password(PASSWORD, "short", by=by, at=MONDAY)
    with pytest.raises(OldPasswordWrong):
        commands.change_password("a-wrong-guess", NEW, by=by, at=MONDAY)
    with pytest.raises(TryAgainLater):
        commands.change_password(PASSWORD, NEW, by=by, at=MONDAY)
    browser("wangfang")  # logging in is another door


def test_the_same_password_again_and_an_account_without_one_are_refused(town: Town) -> None:
    by = town.wang_fang.actor
    with pytest.raises(PasswordUnchanged):
        commands.change_password(PASSWORD, PASSWORD, by=by, at=MONDAY)
    Account.objects.filter(pk=by.account_id).update(password="!")
    with pytest.raises(NoPassword):
        commands.change_password(PASSWORD, NEW, by=by, at=MONDAY)


def test_a_program_changes_it_too_and_its_token_ends(town: Town) -> None:
    program = Client()
    opened = program.post("/api/v1/login", {"username": "wangfang", "password": PASSWORD}, content_type="application/json")
    headers = {"Authorization": f"Bearer {opened.json()['token']}"}
    body = {"old_password": PASSWORD, "password": NEW}
    assert program.post("/api/v1/password", body, content_type="application/json").status_code == 401
    assert program.post("/api/v1/password", body, content_type="application/json", headers=headers).status_code == 204
    assert program.get("/api/v1/me", headers=headers).status_code == 401
    browser("wangfang", NEW)


@pytest.mark.parametrize(("username", "page"), [("wangfang", PAGES["police-officer"]), ("police-officer", PAGES["wangfang"])])
def test_each_channel_has_its_own_page(town: Town, username: str, page: str) -> None:
    assert browser(username).get(page).status_code == 403

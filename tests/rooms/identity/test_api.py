"""Log-in, tokens and mandates through the public API."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver

from tests.town.people import MONDAY, PASSWORD, ZHAO_JIANGUO, Town
from yijianshi.identity import commands
from yijianshi.identity.entrance import entry_of
from yijianshi.identity.models import AccessToken


@pytest.fixture
def program(town: Town) -> Iterator[Client]:
    """Return a program that calls on Monday at nine."""
    with time_machine.travel(MONDAY, tick=False):
        yield Client(enforce_csrf_checks=True)


def token(program: Client, username: str = "wangfang") -> dict[str, str]:
    body = {"username": username, "password": PASSWORD}
    response = program.post("/api/v1/login", body, content_type="application/json")
    assert response.status_code == 200, response.content
    return {"Authorization": f"Bearer {response.json()['token']}"}


def test_a_token_opens_and_is_shown_once(program: Client, town: Town) -> None:
    headers = token(program)
    me = program.get("/api/v1/me", headers=headers).json()
    assert (me["name"], me["kind"], me["roles"]) == ("王芳", "PERSON", ["CITIZEN"])
    assert me["id_number"].count("*") == 8
    assert me["phone"] == "138****0001"
    stored = AccessToken.objects.get()
    assert headers["Authorization"].removeprefix("Bearer ").encode() not in bytes(stored.token_hash)


def test_a_wrong_password_and_no_token_are_answered_in_words(program: Client) -> None:
    body = {"username": "wangfang", "password": "wrong"}
    response = program.post("/api/v1/login", body, content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")
    assert "用户名或密码不对" in response.json()["detail"]
    assert program.get("/api/v1/me").status_code == 401
    assert program.get("/api/v1/me", headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_a_shut_door_says_when_to_come_back(program: Client) -> None:
    body = {"username": "wangfang", "password": "wrong"}
    for _ in range(5):
        program.post("/api/v1/login", body, content_type="application/json")
    response = program.post("/api/v1/login", body, content_type="application/json")
    assert (response.status_code, response["Retry-After"]) == (429, "900")


def test_logging_out_ends_the_token(program: Client) -> None:
    headers = token(program)
    assert program.post("/api/v1/logout", headers=headers).status_code == 204
    assert program.get("/api/v1/me", headers=headers).status_code == 401


def test_a_token_ends_by_itself_and_with_a_new_password(program: Client, town: Town) -> None:
    headers = token(program)
    with time_machine.travel(MONDAY + timedelta(hours=2), tick=False):
        assert program.get("/api/v1/me", headers=headers).status_code == 401
    commands.change_password(PASSWORD, "four-quiet-rivers", by=town.wang_fang.actor, at=MONDAY)
    assert program.get("/api/v1/me", headers=headers).status_code == 401


def test_acting_for_a_principal_by_header(program: Client, town: Town) -> None:
    headers = {**token(program), "Acting-For": str(town.spouse_mandate_id)}
    assert program.get("/api/v1/me", headers=headers).json()["principal"]["name"] == "李强"
    commands.revoke_mandate(town.spouse_mandate_id, by=town.li_qiang.actor, at=MONDAY)
    assert program.get("/api/v1/me", headers=headers).json()["principal"] is None
    assert program.delete(f"/api/v1/mandates/{town.spouse_mandate_id}", headers=headers).status_code == 403
    nonsense = {**headers, "Acting-For": "nonsense"}
    assert program.post("/api/v1/mandates", {}, content_type="application/json", headers=nonsense).status_code in {403, 422}


def test_mandates_are_given_listed_and_ended(program: Client) -> None:
    headers = token(program)
    wanted = {"agent_name": "赵建国", "agent_id_number": ZHAO_JIANGUO.id_number, "scope": ["newborn"], "valid_to": "2026-12-31"}
    made = program.post("/api/v1/mandates", wanted, content_type="application/json", headers=headers)
    assert made.status_code == 201

    theirs = program.get("/api/v1/mandates", headers=token(program, "zhaojianguo")).json()
    assert [(card["principal_name"], card["is_received"]) for card in theirs] == [("王芳", True)]
    assert ZHAO_JIANGUO.id_number not in str(theirs)

    assert program.delete(f"/api/v1/mandates/{made.json()['id']}", headers=headers).status_code == 204
    states = {card["state"] for card in program.get("/api/v1/mandates", headers=headers).json() if not card["is_received"]}
    assert states == {"REVOKED"}


def test_staff_have_no_mandates(program: Client) -> None:
    headers = token(program, "police-officer")
    assert program.get("/api/v1/mandates", headers=headers).status_code == 403
    assert program.get("/api/v1/me", headers=headers).json()["roles"] == ["CLERK", "OFFICER"]


def test_unknown_fields_are_refused(program: Client) -> None:
    body = {"username": "wangfang", "password": PASSWORD, "remember": True}
    assert program.post("/api/v1/login", body, content_type="application/json").status_code == 422


def test_the_demo_log_in_exists_in_a_demonstration_only(program: Client, settings: Any) -> None:
    body = {"username": "wangfang"}
    assert program.post("/api/v1/demo/login", body, content_type="application/json").status_code == 404
    settings.DEMO = True
    assert program.post("/api/v1/demo/login", body, content_type="application/json").status_code == 404  # not a demo account


def test_a_session_cookie_changes_nothing_without_the_sites_own_token(program: Client, town: Town) -> None:
    with time_machine.travel(MONDAY, tick=False):
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

        from yijianshi.identity.models import Account

        account = Account.objects.get(username="wangfang")
        session = program.session
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session["opened_at"] = session["seen_at"] = MONDAY.isoformat()
        session.save()
        assert program.get("/api/v1/me").status_code == 200
        assert program.delete(f"/api/v1/mandates/{town.spouse_mandate_id}").status_code == 403


def test_every_operation_of_this_room_has_a_door() -> None:
    (root,) = [root for root in get_resolver().url_patterns if str(root.pattern) == "api/v1/"]
    doors = {str(pattern.pattern): entry_of(pattern.callback) for pattern in root.url_patterns}
    for path in ("login", "logout", "me", "mandates", "mandates/<uuidstr:mandate_id>", "demo/login", "openapi.json"):
        assert doors[path] is not None, path

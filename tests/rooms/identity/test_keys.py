"""Keys for programs: shown once, ended at will, no key makes another, a sandbox's key opens nothing elsewhere."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings

from tests.town.people import MONDAY, Town
from yijianshi.foundation import clock
from yijianshi.identity import commands, queries
from yijianshi.identity.commands.tokens import find_account_by_token
from yijianshi.identity.models import AccessToken
from yijianshi.kernel.errors import NotFound


def test_a_key_opens_what_its_owner_may_open_until_it_ends(town: Town) -> None:
    key_id, key, until = commands.issue_key(" 记账  程序 ", 30, by=town.wang_fang.actor, at=MONDAY)
    assert until == MONDAY + timedelta(days=30)
    found = find_account_by_token(key, MONDAY + timedelta(days=29))
    assert found is not None
    assert found.pk == town.wang_fang.account_id
    assert find_account_by_token(key, until) is None
    (card,) = queries.list_keys(by=town.wang_fang.actor, at=MONDAY)
    assert (card.id, card.name, card.last_used_on) == (key_id, "记账 程序", clock.today(MONDAY + timedelta(days=29)))
    assert key not in str(list(AccessToken.objects.values()))
    assert queries.list_keys(by=town.stranger.actor, at=MONDAY) == []


def test_a_key_is_ended_by_its_owner_only(town: Town) -> None:
    key_id, key, _ = commands.issue_key("x", 1, by=town.wang_fang.actor, at=MONDAY)
    with pytest.raises(NotFound):
        commands.revoke_key(key_id, by=town.stranger.actor, at=MONDAY)
    commands.revoke_key(key_id, by=town.wang_fang.actor, at=MONDAY)
    assert find_account_by_token(key, MONDAY) is None
    with pytest.raises(NotFound):
        commands.revoke_key(key_id, by=town.wang_fang.actor, at=MONDAY)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_key_has_a_name(town: Town, name: str) -> None:
    with pytest.raises(commands.BadKeyName):
        commands.issue_key(name, 1, by=town.wang_fang.actor, at=MONDAY)


def test_there_are_not_too_many_keys(town: Town) -> None:
    for _ in range(10):
        commands.issue_key("x", 1, by=town.wang_fang.actor, at=MONDAY)
    with pytest.raises(commands.TooManyKeys):
        commands.issue_key("x", 1, by=town.wang_fang.actor, at=MONDAY)


def test_a_sandbox_key_says_so_and_opens_nothing_elsewhere(town: Town) -> None:
    with override_settings(DEMO=True):
        _, key, _ = commands.issue_key("x", 1, by=town.wang_fang.actor, at=MONDAY)
        assert key.startswith("yjs_test_")
        assert find_account_by_token(key, MONDAY) is not None
    assert find_account_by_token(key, MONDAY) is None


def test_a_key_makes_no_other_key(town: Town) -> None:
    _, key, _ = commands.issue_key("x", 1, by=town.wang_fang.actor, at=clock.now())
    token, _ = commands.issue_token(by=town.wang_fang.actor, at=clock.now())
    asked = {"name": "another", "days": 3}
    refused = Client(headers={"Authorization": f"Bearer {key}"}).post("/api/v1/keys", asked, content_type="application/json")
    made = Client(headers={"Authorization": f"Bearer {token}"}).post("/api/v1/keys", asked, content_type="application/json")
    assert (refused.status_code, made.status_code) == (403, 201)
    opened = Client(headers={"Authorization": f"Bearer {made.json()['key']}"}).get("/api/v1/me")
    assert opened.status_code == 200

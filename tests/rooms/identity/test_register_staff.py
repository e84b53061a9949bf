"""Staff get their accounts at the terminal; the password never stands on the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests.town.people import JINSHUI, MONDAY, PASSWORD, Town
from yijianshi.identity import commands
from yijianshi.identity.logic.actor import Role


def register(monkeypatch: pytest.MonkeyPatch, password: str, organisation: str = f"police-{JINSHUI}") -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    options = ["newclerk", "--name", "张三", "--organisation", organisation, "--roles", "CLERK", "OFFICER"]
    call_command("register_staff", *options, stdout=io.StringIO())


def test_a_registered_clerk_can_log_in(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch, PASSWORD)
    assert commands.log_in("newclerk", PASSWORD, "127.0.0.1", MONDAY).actor.roles == {Role.CLERK, Role.OFFICER}


def test_what_is_wrong_is_said_in_both_languages(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match=r"密码至少要 12 位[\s\S]*at least 12 characters"):
        register(monkeypatch, "short")
    with pytest.raises(CommandError, match="部门目录里没有"):
        register(monkeypatch, PASSWORD, "police-nowhere")

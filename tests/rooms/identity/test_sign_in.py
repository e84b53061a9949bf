"""Logging in: constant cost, throttled doors, nothing told to a guesser."""

from datetime import timedelta

import pytest
from django.contrib.auth import hashers
from django.test.utils import override_settings

from tests.town.people import JINSHUI, MONDAY, OFFICER, PASSWORD, Town, add_staff
from yijianshi.foundation import history
from yijianshi.identity import commands
from yijianshi.identity.commands import sign_in
from yijianshi.identity.commands.passwords import PasswordTooEasy, PasswordTooShort
from yijianshi.identity.commands.register import (
    AlreadyRegistered,
    NewAccount,
    NewPerson,
    NewStaff,
    UnknownOrganisation,
    UnknownRoles,
)
from yijianshi.identity.commands.sign_in import WrongCredentials
from yijianshi.identity.commands.throttle import TryAgainLater
from yijianshi.identity.logic.actor import ANONYMOUS, SYSTEM, Role
from yijianshi.identity.models import Account, Throttle
from yijianshi.kernel.errors import Forbidden, NotFound
from yijianshi.kernel.identifiers.problem import BadIdentifier

HOME = "203.0.113.7"


def fail(username: str, at=MONDAY, ip: str = HOME) -> None:
    with pytest.raises(WrongCredentials):
        commands.log_in(username, "not the password", ip, at)


def test_the_right_password_opens(town: Town) -> None:
    logged_in = commands.log_in(" WangFang ", PASSWORD, HOME, MONDAY)
    assert logged_in.actor == town.wang_fang.actor
    actions = [line.entry.action for line in history.list_for("account", logged_in.account_id)]
    assert actions[-1] == "log-in"


def test_five_wrong_passwords_shut_the_door_even_for_the_right_one(town: Town) -> None:
    for _ in range(5):
        fail("wangfang")
    with pytest.raises(TryAgainLater) as shut:
        commands.log_in("wangfang", PASSWORD, HOME, MONDAY + timedelta(minutes=1))
    assert shut.value.status == 429
    assert "14" in shut.value.text.zh
    assert "09:15" in shut.value.text.en

    later = MONDAY + timedelta(minutes=15)
    assert commands.log_in("wangfang", PASSWORD, HOME, later).actor == town.wang_fang.actor
    fail("wangfang", later)  # the good log-in wiped the slate: one mistake shuts nothing


def test_the_fifth_attempt_may_still_succeed(town: Town) -> None:
    for _ in range(4):
        fail("wangfang")
    assert commands.log_in("wangfang", PASSWORD, HOME, MONDAY).actor == town.wang_fang.actor


def test_an_unknown_name_is_treated_like_a_known_one(town: Town) -> None:
    for _ in range(5):
        fail("nobody-here")
    with pytest.raises(TryAgainLater):
        commands.log_in("nobody-here", PASSWORD, HOME, MONDAY)


def test_one_address_trying_many_names_is_shut_out_and_others_are_not(town: Town) -> None:
    for number in range(30):
        fail(f"name-{number}")
    with pytest.raises(TryAgainLater):
        commands.log_in("wangfang", PASSWORD, HOME, MONDAY)
    assert commands.log_in("wangfang", PASSWORD, "198.51.100.1", MONDAY).actor == town.wang_fang.actor


def test_many_good_log_ins_from_one_hall_shut_nothing(town: Town) -> None:
    for _ in range(40):
        commands.log_in("wangfang", PASSWORD, HOME, MONDAY)


def test_unknown_names_cost_one_hash_as_known_ones_do(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(sign_in, "make_password", lambda raw: hashed.append("made") or hashers.make_password(raw))
    monkeypatch.setattr(
        sign_in, "check_password", lambda raw, stored: hashed.append("checked") or hashers.check_password(raw, stored)
    )

    fail("wangfang")
    fail("nobody-here")
    with pytest.raises(WrongCredentials):
        commands.log_in("wangfang", "x" * 1_000_000, HOME, MONDAY)

    assert hashed == ["checked", "made", "made"]


def test_an_account_switched_off_answers_like_a_wrong_password(town: Town) -> None:
    Account.objects.filter(username="wangfang").update(is_active=False)
    with pytest.raises(WrongCredentials):
        commands.log_in("wangfang", PASSWORD, HOME, MONDAY)


def test_the_throttle_table_names_nobody(town: Town) -> None:
    fail("wangfang")
    for row in Throttle.objects.all():
        assert b"wangfang" not in bytes(row.key)
        assert len(bytes(row.key)) == 32


def test_a_demonstration_account_cannot_be_made_outside_demo_mode(town: Town) -> None:
    new = NewPerson("演示", "11010519491231002X", JINSHUI, account=NewAccount("demo", "demo", is_demo=True))
    with pytest.raises(Forbidden):
        commands.register_person(new, by=SYSTEM, at=MONDAY)


def test_demo_doors_exist_in_demo_mode_only(town: Town) -> None:
    new = NewPerson("演示", "11010519491231002X", JINSHUI, account=NewAccount("demo", "demo", is_demo=True))
    with override_settings(DEMO=True):
        commands.register_person(new, by=SYSTEM, at=MONDAY)
        assert commands.enter_demo("demo", MONDAY).actor.name == "演示"
        assert commands.log_in("demo", "demo", HOME, MONDAY).actor.name == "演示"
        with pytest.raises(NotFound):
            commands.enter_demo("wangfang", MONDAY)  # a real account has no demo door, not even in demo mode
    with pytest.raises(NotFound):
        commands.enter_demo("demo", MONDAY)
    with pytest.raises(WrongCredentials):
        commands.log_in("demo", "demo", HOME, MONDAY)


def test_staff_passwords_are_long_and_not_plain(town: Town) -> None:
    def register(password: str, *, organisation: str = f"police-{JINSHUI}", roles: frozenset[Role] = OFFICER) -> None:
        commands.register_staff(NewStaff("张三", organisation, roles, NewAccount("zhangsan", password)), by=SYSTEM, at=MONDAY)

    with pytest.raises(PasswordTooShort):
        register("eleven-char")
    with pytest.raises(PasswordTooEasy):
        register("aaaaaaaaaaaaaa")
    with pytest.raises(PasswordTooEasy):
        register("zhangsan-zhangsan")
    with pytest.raises(UnknownOrganisation):
        register(PASSWORD, organisation="police-nowhere")
    with pytest.raises(UnknownRoles):
        register(PASSWORD, roles=frozenset({Role.SYSTEM}))
    register(PASSWORD)


def test_common_passwords_are_refused_for_citizens(town: Town) -> None:
    new = NewPerson("张三", "11010519491231002X", JINSHUI, account=NewAccount("zhangsan", "iloveyou1"))
    with pytest.raises(PasswordTooEasy):
        commands.register_person(new, by=SYSTEM, at=MONDAY)


def test_nobody_but_the_house_registers(town: Town) -> None:
    new = NewPerson("张三", "11010519491231002X", JINSHUI)
    for by in (ANONYMOUS, town.wang_fang.actor, town.heads["police"].actor):
        with pytest.raises(Forbidden):
            commands.register_person(new, by=by, at=MONDAY)


def test_doubles_and_impossible_numbers_are_refused(town: Town) -> None:
    with pytest.raises(BadIdentifier):
        commands.register_person(NewPerson("张三", "110105194912310021", JINSHUI), by=SYSTEM, at=MONDAY)
    again = NewPerson("张三", "11010519491231002X", JINSHUI, account=NewAccount("WangFang", PASSWORD))
    with pytest.raises(AlreadyRegistered):
        commands.register_person(again, by=SYSTEM, at=MONDAY)
    with pytest.raises(AlreadyRegistered):
        add_staff(f"police-{JINSHUI}", "police-officer", OFFICER)

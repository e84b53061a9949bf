"""Actors, mandates, places, doors, addresses and passwords: values in, values out."""

from datetime import date
from uuid import UUID

import pytest

from yijianshi.identity.logic import addresses, passwords, regions
from yijianshi.identity.logic.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Principal, PrincipalKind, Role
from yijianshi.identity.logic.entry import Entry, EntryKind, entry_for
from yijianshi.identity.logic.mandates import MandateKind, MandateState, Term, clean_scope, fits_principal

ONE, TWO = UUID(int=1), UUID(int=2)
WANG = Actor(ActorKind.PERSON, account_id=ONE, person_id=ONE, name="王芳", roles=frozenset({Role.CITIZEN}))
LI = Principal(PrincipalKind.PERSON, TWO, "李强", mandate_id=ONE, scope=frozenset({"newborn"}))
OFFICER = Actor(ActorKind.STAFF, account_id=TWO, organisation_id=ONE, roles=frozenset({Role.OFFICER}))


def test_a_name_never_shows_in_repr() -> None:
    assert "王芳" not in repr(WANG)
    assert "李强" not in repr(WANG.acting_for(LI))


def test_whose_matter_it_is() -> None:
    assert WANG.subject_id == ONE
    assert WANG.acting_for(LI).subject_id == TWO
    assert WANG.acting_for(LI).acting_for(None) == WANG
    assert OFFICER.subject_id is None


def test_history_keeps_who_acted() -> None:
    assert WANG.to_record() == {"kind": "PERSON", "id": str(ONE), "name": "王芳", "organisation": None}
    assert SYSTEM.to_record()["kind"] == "SYSTEM"


def test_a_principal_covers_what_the_mandate_names() -> None:
    assert LI.covers("newborn")
    assert not LI.covers("restaurant")


@pytest.mark.parametrize(
    ("kind", "roles", "admitted"),
    [
        (EntryKind.PUBLIC, (), {"anonymous", "wang", "officer"}),
        (EntryKind.CITIZEN, (), {"wang"}),
        (EntryKind.STAFF, (), {"officer"}),
        (EntryKind.STAFF, (Role.OFFICER,), {"officer"}),
        (EntryKind.STAFF, (Role.HEAD,), set()),
    ],
)
def test_doors_admit(kind: EntryKind, roles: tuple[Role, ...], admitted: set[str]) -> None:
    door = entry_for(kind, roles)
    people = {"anonymous": ANONYMOUS, "wang": WANG, "officer": OFFICER}
    assert {name for name, actor in people.items() if door.admits(actor)} == admitted


def test_roles_at_a_door_that_ignores_them_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="STAFF"):
        entry_for(EntryKind.CITIZEN, [Role.HEAD])
    assert entry_for(EntryKind.PUBLIC) == Entry(EntryKind.PUBLIC)


@pytest.mark.parametrize(
    ("on", "holds"),
    [(date(2026, 2, 28), False), (date(2026, 3, 1), True), (date(2026, 3, 31), True), (date(2026, 4, 1), False)],
)
def test_both_days_of_a_term_are_included(on: date, holds: bool) -> None:
    term = Term(MandateState.ACTIVE, date(2026, 3, 1), date(2026, 3, 31), frozenset({"*"}))
    assert term.holds(on) is holds


def test_a_revoked_mandate_holds_never() -> None:
    assert not Term(MandateState.REVOKED, date(2026, 3, 1), None, frozenset({"*"})).holds(date(2026, 3, 2))


def test_a_mandate_for_one_thing_does_not_cover_an_unnamed_purpose() -> None:
    term = Term(MandateState.ACTIVE, date(2026, 3, 1), None, frozenset({"newborn"}))
    assert term.covers("newborn")
    assert not term.covers("")


def test_scopes_are_cleaned() -> None:
    assert clean_scope([" b ", "a", "b", ""]) == ("a", "b")
    assert clean_scope(["a", "*"]) == ("*",)


def test_nobody_is_guardian_of_an_enterprise() -> None:
    assert not fits_principal(MandateKind.GUARDIAN, PrincipalKind.ENTERPRISE)
    assert not fits_principal(MandateKind.LEGAL_REPRESENTATIVE, PrincipalKind.PERSON)
    assert fits_principal(MandateKind.AGENT, PrincipalKind.ENTERPRISE)


@pytest.mark.parametrize(
    ("outer", "inner", "contains"),
    [
        ("410000", "410105", True),
        ("410100", "410105", True),
        ("410105", "410105", True),
        ("000000", "410105", True),
        ("410105", "410100", False),
        ("410300", "410105", False),
        ("410000", "419001", True),
        ("", "410105", False),
        ("410105", "", False),
    ],
)
def test_places_contain_places(outer: str, inner: str, contains: bool) -> None:
    assert regions.covers(outer, inner) is contains


def test_the_places_around_a_district() -> None:
    assert regions.chain("410105") == ("410105", "410100", "410000", "000000")
    assert regions.chain("410000") == ("410000", "000000")


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("unix:", "unknown"),
        ("", "unknown"),
    ],
)
def test_an_ipv6_household_is_one_address(address: str, key: str) -> None:
    assert addresses.network_key(address) == key


@pytest.mark.parametrize(("password", "plain"), [("aaaaaaaaaaaa", True), ("123456789", True), ("three-quiet-rivers", False)])
def test_plain_passwords(password: str, plain: bool) -> None:
    assert passwords.is_too_plain(password) is plain


def test_passwords_must_not_hold_ones_own_words() -> None:
    assert passwords.contains_personal("WangFang-2026", ["wangfang"])
    assert not passwords.contains_personal("three-quiet-rivers", ["wangfang", "abc"])
    assert (passwords.shortest(is_staff=True), passwords.shortest(is_staff=False)) == (12, 8)

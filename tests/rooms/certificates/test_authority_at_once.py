"""Several change keys and make seals in the same moment: one change each, and every seal verifies."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from pytest_django import DjangoDbBlocker

from tests.rooms.certificates.test_seals import new_seal
from tests.town.at_once import at_once
from tests.town.people import MONDAY, Town
from tests.town.standing import committed_town
from yijianshi.certificates import commands, queries
from yijianshi.certificates.models import Seal
from yijianshi.certificates.rendering.note import render_note
from yijianshi.foundation import history, signing
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.pki import certificates, chain
from yijianshi.kernel.seals import structures
from yijianshi.kernel.text import Text


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The run's database, committed to (the plugin looks for this name to make the database)."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def town(db: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """The town as every connection sees it."""
    with committed_town(django_db_blocker) as found:
        yield found


def make(town: Town, code: str) -> UUID:
    return commands.make_seal(new_seal(town, organisation_id=town.organisations[code]), by=SYSTEM, at=MONDAY)


def check_all_certified() -> None:
    trusted = queries.trusted(at=MONDAY)
    for key in (*signing.list_keys("maker"), *signing.list_keys("seal")):
        chain.check(certificates.parse(key.certificate), trusted, at=MONDAY)
    for der in Seal.objects.values_list("der", flat=True):
        chain.check(certificates.parse(structures.parse_seal(bytes(der)).certificate), trusted, at=MONDAY)
    assert len({root.subject for root in trusted.roots}) == len(trusted.roots)
    assert history.verify() is None


def test_workers_that_renew_at_once_renew_once(town: Town) -> None:
    commands.ensure_authority(at=MONDAY)
    at = MONDAY + timedelta(days=11 * 365)
    done = at_once(*[lambda: commands.renew_authority(by=SYSTEM, at=at)] * 4)
    assert sorted(done) == [[], [], [], ["root", "maker"]]
    assert [len(signing.list_keys(purpose)) for purpose in ("root", "maker")] == [2, 2]


def test_seals_made_while_the_root_changes_all_verify(town: Town) -> None:
    commands.ensure_authority(at=MONDAY)
    done = at_once(
        lambda: make(town, "police"),
        lambda: commands.rotate_root(by=SYSTEM, at=MONDAY),
        lambda: commands.rotate_maker(by=SYSTEM, at=MONDAY),
        lambda: commands.rotate_root(by=SYSTEM, at=MONDAY),
        lambda: make(town, "government-service"),
    )
    assert [one for one in done if isinstance(one, Exception)] == []
    assert [len(signing.list_keys(purpose)) for purpose in ("root", "maker", "seal")] == [3, 4, 2]
    check_all_certified()


def test_the_first_keys_are_made_once(town: Town) -> None:
    done = at_once(lambda: make(town, "police"), lambda: make(town, "government-service"))
    assert [one for one in done if isinstance(one, Exception)] == []
    assert [len(signing.list_keys(purpose)) for purpose in ("root", "maker", "seal")] == [1, 1, 2]
    check_all_certified()


def test_first_signatures_made_at_once_share_one_key(town: Town) -> None:
    commands.ensure_authority(at=MONDAY)
    document = render_note(Text("合同", "Contract"), [], "X1", at=MONDAY)
    made = at_once(*[lambda: commands.sign(document, {}, by=town.wang_fang.actor, at=MONDAY)] * 4)
    assert len({one.es_id for one in made}) == 1
    drawing = commands.Drawing(b"\x89PNG", 42, 42)
    drawn = at_once(*[lambda: commands.seal_drawing(document, {}, drawing, by=town.wang_fang.actor, at=MONDAY)] * 4)
    assert all(isinstance(one, commands.Signed) for one in drawn)
    assert [len(signing.list_keys(purpose)) for purpose in ("person", "witness")] == [1, 1]

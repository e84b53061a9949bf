"""Renewing and changing: a successor under the next version, each naming the other, by the issuer only and with a reason."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.rooms.certificates.conftest import IssueTo
from tests.town.people import MONDAY, Town
from yijianshi.certificates import commands, queries
from yijianshi.certificates.commands.change import ReasonNeeded
from yijianshi.certificates.commands.issue import AlreadyReplaced
from yijianshi.certificates.commands.reissue import NothingChanges, NotOnItsFace, TermOver
from yijianshi.foundation import clock, history
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.errors import Forbidden, NotFound

LATER = MONDAY + timedelta(days=40)


def reissue(certificate_id: UUID, **changes: object) -> UUID:
    about = {"certificate_id": certificate_id, "reason": "姓名有误", **changes}
    return commands.reissue(commands.Reissue(**about), by=SYSTEM, at=LATER)


def view(town: Town, certificate_id: UUID) -> queries.CertificateView:
    return queries.get_certificate(certificate_id, SYSTEM)


def test_a_change_makes_a_successor_and_both_name_each_other(town: Town, issue_to: IssueTo) -> None:
    old = issue_to(town.wang_fang, "李强")
    new = reissue(old, changes={"marriage.spouse_name": "李大强"})
    before, after = view(town, old), view(town, new)
    assert (before.state, after.state) == ("CANCELLED", "VALID")
    assert after.version == before.version + 1
    assert after.number == before.number
    assert [line.value.zh for line in after.fields][:2] == ["王芳", "李大强"]
    desk = town.heads["government-service"].actor
    assert queries.get_issued(old, by=desk).next_id == new
    assert queries.get_issued(new, by=desk).previous_id == old
    assert [line.entry.action for line in history.list_for("certificate", old)] == ["issue", "reissue"]
    assert history.verify() is None


def test_a_holders_new_name_is_the_holders_name(town: Town, issue_to: IssueTo) -> None:
    new = reissue(issue_to(town.wang_fang), changes={"marriage.holder_name": "王方"})
    assert view(town, new).holder_name == "王方"
    assert new in [one.id for one in queries.list_held(town.wang_fang.person_id, town.wang_fang.actor)]


def test_a_renewal_changes_the_term_only(town: Town, issue_to: IssueTo) -> None:
    until = clock.today(LATER) + timedelta(days=365)
    old = issue_to(town.wang_fang, valid_to=clock.today(LATER))
    new = view(town, reissue(old, valid_to=until))
    assert (new.valid_from, new.valid_to) == (clock.today(LATER), until)
    assert [line.value.zh for line in new.fields] == [line.value.zh for line in view(town, old).fields]


def test_what_cannot_stand_there_is_refused(town: Town, issue_to: IssueTo) -> None:
    old = issue_to(town.wang_fang)
    for changes in ({"no.such_line": "x"}, {"marriage.registered_on": "昨天"}, {"marriage.spouse_name": "长" * 201}):
        with pytest.raises(NotOnItsFace):
            reissue(old, changes=changes)
    with pytest.raises(NothingChanges):
        reissue(old)
    with pytest.raises(TermOver):
        reissue(old, valid_to=clock.today(MONDAY))
    with pytest.raises(ReasonNeeded):
        reissue(old, changes={"marriage.spouse_name": "某"}, reason=" ")
    assert view(town, old).state == "VALID"


def test_once_only_and_by_the_issuer_only(town: Town, issue_to: IssueTo) -> None:
    old = issue_to(town.wang_fang)
    wish = commands.Reissue(certificate_id=old, changes={"marriage.spouse_name": "某"}, reason="更正")
    for by in (town.staff["police"].actor, town.wang_fang.actor):
        with pytest.raises((NotFound, Forbidden)):
            commands.reissue(wish, by=by, at=LATER)
    commands.reissue(wish, by=SYSTEM, at=LATER)
    with pytest.raises(AlreadyReplaced):
        commands.reissue(wish, by=SYSTEM, at=LATER)


def test_the_desk_lists_its_own_and_finds_by_number_and_code(town: Town, issue_to: IssueTo) -> None:
    old = issue_to(town.wang_fang)
    own, other = town.heads["government-service"].actor, town.heads["police"].actor
    (card,) = queries.list_issued(by=own)
    assert (card.id, card.holder) == (old, "王*")
    code = view(town, old).verification_code
    assert queries.list_issued(by=own, search=card.identifier.lower()) == [card]
    assert queries.list_issued(by=own, search=f"{code[:4]} {code[4:].lower()}") == [card]
    assert queries.list_issued(by=own, search="nothing") == []
    assert queries.list_issued(by=other) == []
    assert queries.list_issued(by=town.wang_fang.actor) == []
    with pytest.raises(NotFound):
        queries.get_issued(old, by=other)

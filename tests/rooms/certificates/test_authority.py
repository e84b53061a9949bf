"""The installation's authority outlives its keys: what an earlier root issued keeps verifying, and ends when it is ended."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.rooms.certificates.conftest import IssueTo
from tests.rooms.certificates.test_seals import new_seal, sealed
from tests.town.people import MONDAY, Town
from yijianshi.certificates import commands, queries, tasks
from yijianshi.certificates.commands import authority
from yijianshi.certificates.logic import ended, offline, terms
from yijianshi.foundation import history, signing
from yijianshi.foundation.models import SigningKey
from yijianshi.foundation.transparency import checking, sequencer
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.pki import authority as pki
from yijianshi.kernel.pki import certificates
from yijianshi.kernel.pki.certificates import Certificate

HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
ROTATED = MONDAY + DAY


def bundle(at: datetime) -> dict[str, list[str]]:
    """Return what a stranger fetches at *at* to verify with."""
    return {
        "roots": [der.hex() for der in queries.root_certificates()],
        "lists": [der.hex() for der in queries.revocation_lists(at=at)],
    }


def judge(content: bytes, kept: dict[str, list[str]], at: datetime) -> offline.FileVerdict:
    return offline.check(content, offline.read_trust(kept), at=at)


def answers(verdict: offline.FileVerdict) -> list[bool]:
    return [holds for holds, _ in verdict.answers]


def why(verdict: offline.FileVerdict) -> str:
    assert verdict.why is not None
    return verdict.why.zh


def parsed(key: signing.Key) -> Certificate:
    return certificates.parse(key.certificate)


def lines(key_id: UUID) -> list[history.Entry]:
    return [line.entry for line in history.list_for("signing_key", key_id)]


@pytest.fixture
def files(town: Town, issue_to: IssueTo) -> tuple[bytes, bytes]:
    """Return a certificate sealed under the first root, and one of the same office sealed under the second."""
    _, old = sealed(town, issue_to)
    commands.rotate_root(by=SYSTEM, at=ROTATED, reason="演练")
    commands.end_seal(queries.list_seals()[0].id, "换章", by=SYSTEM, at=ROTATED + HOUR)
    commands.make_seal(new_seal(town), by=SYSTEM, at=ROTATED + HOUR)
    certificate_id = issue_to(town.li_qiang)
    return old, commands.get_file(certificate_id, "PDF", by=town.li_qiang.actor, at=ROTATED + 2 * HOUR)


def test_what_was_sealed_under_the_old_root_keeps_verifying(town: Town, issue_to: IssueTo) -> None:
    certificate_id, old = sealed(town, issue_to)
    commands.rotate_root(by=SYSTEM, at=ROTATED)
    later = ROTATED + 3 * YEAR
    assert answers(judge(old, bundle(later), later)) == [True, True, True]
    ofd = commands.get_file(certificate_id, "OFD", by=town.wang_fang.actor, at=later)
    assert answers(judge(ofd, bundle(later), later)) == [True, True, True]
    other = issue_to(town.li_qiang)  # the seal made under the old root goes on sealing
    more = commands.get_file(other, "PDF", by=town.li_qiang.actor, at=later)
    assert answers(judge(more, bundle(later), later)) == [True, True, True]


def test_new_seals_go_under_the_new_root(files: tuple[bytes, bytes]) -> None:
    now = ROTATED + 3 * HOUR
    new_root, old_root = (certificates.parse(der) for der in queries.root_certificates())
    assert new_root.not_before > old_root.not_before
    assert new_root.subject != old_root.subject
    seal_key = signing.get(SigningKey.objects.get(purpose="seal", retired_at__isnull=True).pk)
    maker = signing.current("maker", at=now)
    for key in (seal_key, maker):
        assert parsed(key).issuer == new_root.subject
        assert parsed(key).is_signed_by(new_root)
    assert answers(judge(files[1], bundle(now), now)) == [True, True, True]


def test_a_seal_ended_under_the_old_root_is_on_that_roots_list(files: tuple[bytes, bytes]) -> None:
    now = ROTATED + 3 * HOUR
    kept = bundle(now)
    trusted = offline.read_trust(kept)
    new_root, old_root = trusted.roots
    assert [len(trusted.lists[root.fingerprint].revoked) for root in (new_root, old_root)] == [0, 1]
    assert trusted.lists[old_root.fingerprint].next_at > now
    verdict = judge(files[0], kept, now)
    assert answers(verdict) == [True, True, False]
    assert "吊销" in why(verdict)
    commands.end_seal(next(card.id for card in queries.list_seals() if not card.ended_at), "停用", by=SYSTEM, at=now)
    trusted = offline.read_trust(bundle(now))
    assert [len(trusted.lists[root.fingerprint].revoked) for root in (new_root, old_root)] == [1, 1]
    assert answers(judge(files[1], bundle(now), now + HOUR)) == [True, True, False]
    assert queries.trusted(at=now).lists == trusted.lists


def test_a_bundle_of_before_says_that_it_may_be_old(town: Town, issue_to: IssueTo) -> None:
    sealed(town, issue_to)
    before = bundle(ROTATED)
    commands.rotate_root(by=SYSTEM, at=ROTATED)
    commands.make_seal(new_seal(town, organisation_id=town.organisations["police"]), by=SYSTEM, at=ROTATED)
    wanted = issue_to(town.li_qiang, issuer_organisation_id=town.organisations["police"])
    content = commands.get_file(wanted, "PDF", by=town.li_qiang.actor, at=ROTATED + HOUR)
    verdict = judge(content, before, ROTATED + HOUR)
    assert answers(verdict) == [True, False, False]  # unchanged: it is the bundle that does not know
    assert "不在可信名单里" in why(verdict)
    assert "重新取得" in why(verdict)
    listed = queries.ended_list(at=ROTATED + HOUR)
    with pytest.raises(ended.EndedListUnreadable, match="log/trust"):
        ended.read(listed, offline.read_trust(before))
    assert ended.read(listed, offline.read_trust(bundle(ROTATED + HOUR))).states == {}


def test_an_expired_root_is_named(town: Town, issue_to: IssueTo) -> None:
    _, content = sealed(town, issue_to)
    root = signing.current("root", at=MONDAY)
    wanted = pki.Wanted(parsed(root).subject, root.public, MONDAY, MONDAY + YEAR, 1, True)
    short = {"roots": [pki.make_root(wanted, root.signer).der.hex()]}
    verdict = judge(content, short, MONDAY + 2 * YEAR)
    assert answers(verdict) == [True, True, False]
    assert "根证书" in why(verdict)
    assert "已经过期" in why(verdict)


def test_the_last_list_of_a_root_stands(files: tuple[bytes, bytes]) -> None:
    now = MONDAY + 21 * YEAR
    commands.renew_authority(by=SYSTEM, at=now)
    trusted = offline.read_trust(bundle(now))
    first = trusted.lists[trusted.roots[-1].fingerprint]
    assert (first.issued_at, first.next_at, len(first.revoked)) == (trusted.roots[-1].not_after, trusted.roots[-1].not_after, 1)
    verdict = judge(files[0], bundle(now), now)
    assert answers(verdict) == [True, True, False]


def test_no_certificate_outlives_its_issuers(town: Town) -> None:
    root, maker = commands.ensure_authority(at=MONDAY)
    assert maker.valid_to == MONDAY + authority.MAKER_TERM
    late = root.valid_to - 3 * YEAR
    maker = commands.rotate_maker(by=SYSTEM, at=late)
    assert (maker.valid_to, parsed(maker).not_after) == (root.valid_to, parsed(root).not_after)
    commands.make_seal(new_seal(town), by=SYSTEM, at=late)
    (card,) = queries.list_seals()
    seal_key = signing.current("seal", card.organisation_id, at=late)
    assert (card.valid_to, seal_key.valid_to, parsed(seal_key).not_after) == (root.valid_to,) * 2 + (parsed(root).not_after,)


def test_a_seal_holds_no_longer_than_its_makers_certificate(town: Town) -> None:
    _, maker = commands.ensure_authority(at=MONDAY)
    commands.make_seal(new_seal(town), by=SYSTEM, at=maker.valid_to - 2 * YEAR)
    assert queries.list_seals()[0].valid_to == maker.valid_to


def test_keys_are_changed_by_themselves_in_time(town: Town) -> None:
    assert commands.renew_authority(by=SYSTEM, at=MONDAY) == []  # no authority yet
    root, maker = commands.ensure_authority(at=MONDAY)
    for at, expected in (
        (maker.valid_to - YEAR, []),
        (maker.valid_to - YEAR + HOUR, ["maker"]),
        (maker.valid_to - YEAR + HOUR, []),
        (root.valid_to - authority.MAKER_TERM, []),
        (root.valid_to - authority.MAKER_TERM + HOUR, ["root", "maker"]),
        (root.valid_to - authority.MAKER_TERM + 2 * HOUR, []),
        (root.valid_to + 50 * YEAR, ["root", "maker"]),  # long switched off: mended all the same
    ):
        assert commands.renew_authority(by=SYSTEM, at=at) == expected, at
    assert [len(signing.list_keys(purpose)) for purpose in ("root", "maker")] == [3, 4]
    assert len(queries.root_certificates()) == 3
    assert len({certificates.parse(der).subject for der in queries.root_certificates()}) == 3


def test_the_nightly_task_renews(town: Town) -> None:
    commands.ensure_authority(at=MONDAY)
    assert tasks.renew_authority.func(int(MONDAY.timestamp())) == []
    assert tasks.renew_authority.func(int((MONDAY + 19 * YEAR).timestamp())) == ["root", "maker"]


def test_every_change_is_in_the_history_and_on_the_log(town: Town) -> None:
    root, maker = commands.ensure_authority(at=MONDAY)
    new = commands.rotate_root(by=SYSTEM, at=ROTATED, reason="根密钥改由密码机保管")
    (line,) = lines(new.id)
    assert (line.action, line.reason, line.payload["before"]) == ("rotate", "根密钥改由密码机保管", str(root.id))
    (line,) = lines(signing.current("maker", at=ROTATED).id)
    assert (line.payload["purpose"], line.payload["before"]) == ("maker", str(maker.id))
    commands.renew_authority(by=SYSTEM, at=ROTATED + authority.MAKER_TERM - YEAR + HOUR)
    (line,) = lines(signing.current("maker", at=ROTATED + authority.MAKER_TERM).id)
    assert line.reason == authority.BEFORE_THE_END
    while sequencer.append():
        pass
    assert checking.check().findings == []


def test_only_operators_change_keys(town: Town) -> None:
    for by in (town.wang_fang.actor, town.staff["government-service"].actor):
        for change in (commands.rotate_root, commands.rotate_maker, commands.renew_authority):
            with pytest.raises(Forbidden):
                change(by=by, at=MONDAY)
    assert not SigningKey.objects.exists()
    commands.rotate_root(by=SYSTEM, at=MONDAY)  # the first ones, too
    assert [len(signing.list_keys(purpose)) for purpose in ("root", "maker")] == [1, 1]


def test_a_seal_that_runs_out_soon_says_so(town: Town) -> None:
    commands.make_seal(new_seal(town), by=SYSTEM, at=MONDAY)
    (card,) = queries.list_seals()
    assert card.warning(card.valid_to - 31 * DAY) is None
    soon = card.warning(card.valid_to - 30 * DAY)
    assert soon is not None
    assert "还有 30 天到期" in soon.zh
    assert "in 30 days" in soon.en
    assert card.warning(card.valid_to - HOUR) == terms.TODAY_OVER
    assert card.warning(card.valid_to) == terms.OVER
    commands.end_seal(card.id, "换章", by=SYSTEM, at=MONDAY)
    assert queries.list_seals()[0].warning(card.valid_to) is None

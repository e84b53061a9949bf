"""Seals of organisations: who makes and uses them, what a sealed certificate proves, and what anybody can do to it in vain."""

import io
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import ofdkit
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tests.rooms.certificates.conftest import IssueTo
from tests.town.people import MONDAY, Town
from yijianshi.certificates import commands, queries
from yijianshi.certificates.commands.sealing import NoSealInUse, NotSealed
from yijianshi.certificates.commands.seals import SealExists, SealIncomplete
from yijianshi.certificates.logic import offline, pdf_seal
from yijianshi.certificates.models import Certificate, Seal, SealedFile
from yijianshi.certificates.rendering import seal_picture
from yijianshi.foundation import history
from yijianshi.foundation.transparency import checking, sequencer
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.errors import DomainError, Forbidden, NotFound
from yijianshi.kernel.ofd import package, signatures
from yijianshi.kernel.pki import chain

LATER = MONDAY + timedelta(hours=1)


def new_seal(town: Town, **more: object) -> commands.NewSeal:
    wanted = commands.NewSeal(
        organisation_id=town.organisations["government-service"],
        custodian="赵保管",
        rule_types=("*",),
        rule_basis="自动用章规则第 1 号（示例）",
    )
    return replace(wanted, **more)  # type: ignore[arg-type]


def sealed(town: Town, issue_to: IssueTo) -> tuple[UUID, bytes]:
    commands.make_seal(new_seal(town), by=SYSTEM, at=MONDAY)
    certificate_id = issue_to(town.wang_fang)
    return certificate_id, commands.get_file(certificate_id, "PDF", by=town.wang_fang.actor, at=LATER)


def check(content: bytes, after: timedelta = timedelta(hours=2)) -> offline.FileVerdict:
    return offline.check(content, queries.trusted(at=MONDAY + after), at=MONDAY + after)


def test_a_certificate_is_sealed_by_rule_and_proves_itself(town: Town, issue_to: IssueTo) -> None:
    certificate_id, content = sealed(town, issue_to)
    verdict = check(content)
    assert [holds for holds, _ in verdict.answers] == [True, True, True]
    assert [step.passed for step in verdict.seal.steps] == [True] * 8
    assert verdict.says["证照名称"] == "结婚证"
    assert verdict.says["持证主体"] == "王芳"
    certificate = queries.get_certificate(certificate_id, town.wang_fang.actor)
    assert verdict.says["证照标识"] == certificate.identifier
    assert verdict.seal.seal_name.endswith("电子专用章")
    assert verdict.seal.sealed_at == LATER.replace(microsecond=0)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "未加盖电子印章" not in text
    assert commands.get_file(certificate_id, "PDF", by=town.wang_fang.actor, at=LATER) == content  # sealed once
    use = SealedFile.objects.get(kind="PDF")
    assert (use.account_id, use.certificate_id) == (None, certificate_id)
    last = next(one.entry for one in history.list_for("certificate", certificate_id) if one.entry.payload.get("kind") == "PDF")
    assert (last.action, last.basis, last.payload["sha256"]) == ("seal", "自动用章规则第 1 号（示例）", verdict.sha256)


def test_the_ofd_says_the_same_and_a_foreign_reader_finds_its_words(town: Town, issue_to: IssueTo) -> None:
    certificate_id, pdf = sealed(town, issue_to)
    content = commands.get_file(certificate_id, "OFD", by=town.wang_fang.actor, at=LATER)
    verdict = check(content)
    assert [holds for holds, _ in verdict.answers] == [True, True, True]
    assert dict(verdict.says) == dict(check(pdf).says)
    words = ofdkit.extract_text(content)
    for expected in ("结婚证", "王芳", "2023年5月20日", verdict.says["证照标识"]):
        assert expected in words
    files = package.unpack(content)
    page = "Doc_0/Pages/Page_0/Content.xml"
    bent = package.pack({**files, page: files[page].replace("王芳".encode(), "王芬".encode())})
    again = check(bent)
    assert [holds for holds, _ in again.answers] == [False, False, False]
    assert again.altered == (page,)
    assert again.why is not None
    assert page in again.why.zh
    with pytest.raises(signatures.NoSignature):
        check(package.pack({name: part for name, part in files.items() if "Signs" not in name}))
    commands.revoke([certificate_id], "依法撤销", by=SYSTEM, at=LATER)
    with pytest.raises(NotSealed):
        commands.get_file(certificate_id, "OFD", by=town.wang_fang.actor, at=LATER)


def test_sealing_in_the_background_takes_what_the_rule_covers(town: Town, issue_to: IssueTo) -> None:
    first = issue_to(town.wang_fang)
    assert commands.seal_due(at=LATER) == 0  # nobody has a seal
    commands.make_seal(new_seal(town, rule_types=("other-type",)), by=SYSTEM, at=MONDAY)
    assert commands.seal_due(at=LATER) == 0
    Seal.objects.update(rule_types=["marriage-certificate"])
    issue_to(town.li_qiang)
    assert [commands.seal_due(1, at=LATER), commands.seal_due(5, at=LATER), commands.seal_due(at=LATER)] == [1, 1, 0]
    assert commands.seal([first], by=SYSTEM, at=LATER) == 0


def test_what_no_rule_covers_holds_nothing_up(town: Town, issue_to: IssueTo) -> None:
    first = issue_to(town.wang_fang)
    other = issue_to(town.li_qiang)
    Certificate.objects.filter(pk=first).update(type_code="not-covered")
    commands.make_seal(new_seal(town, rule_types=("marriage-certificate",)), by=SYSTEM, at=MONDAY)
    assert commands.seal_due(1, at=LATER) == 1
    assert set(SealedFile.objects.values_list("certificate_id", flat=True)) == {other}


def test_a_seal_that_has_run_out_seals_nothing(town: Town, issue_to: IssueTo) -> None:
    commands.make_seal(new_seal(town, term=timedelta(minutes=30)), by=SYSTEM, at=MONDAY)
    certificate_id = issue_to(town.wang_fang)
    assert commands.seal_due(at=LATER) == 0
    with pytest.raises(NoSealInUse):
        commands.seal([certificate_id], by=SYSTEM, at=LATER)
    content = commands.get_file(certificate_id, "PDF", by=town.wang_fang.actor, at=LATER)
    with pytest.raises(pdf_seal.NoSeal):
        check(content)


def test_looking_for_work_costs_two_queries(town: Town, issue_to: IssueTo) -> None:
    sealed(town, issue_to)
    with CaptureQueriesContext(connection) as asked:
        assert commands.seal_due(at=LATER) == 0
    assert len([one for one in asked if "SELECT" in one["sql"]]) == 2


def test_without_a_seal_or_a_rule_the_file_says_it_is_not_sealed(town: Town, issue_to: IssueTo) -> None:
    certificate_id = issue_to(town.wang_fang)
    with pytest.raises(NoSealInUse, match="has no electronic seal"):
        commands.seal([certificate_id], by=SYSTEM, at=LATER)
    for _ in range(2):
        content = commands.get_file(certificate_id, "PDF", by=town.wang_fang.actor, at=LATER)
        assert "未加盖电子印章" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        with pytest.raises(pdf_seal.NoSeal):
            check(content)
        if not Seal.objects.exists():
            commands.make_seal(new_seal(town, rule_types=(), rule_basis=""), by=SYSTEM, at=MONDAY)


def test_by_hand_only_who_is_on_the_seals_list(town: Town, issue_to: IssueTo) -> None:
    officer = town.staff["government-service"].actor
    certificate_id = issue_to(town.wang_fang)
    commands.make_seal(new_seal(town, rule_types=(), rule_basis=""), by=SYSTEM, at=MONDAY)
    for stranger in (officer, town.staff["police"].actor, town.wang_fang.actor, SYSTEM):
        with pytest.raises(Forbidden):
            commands.seal([certificate_id], by=stranger, at=LATER)
    Seal.objects.update(signers=[str(officer.account_id)])
    assert commands.seal([certificate_id], by=officer, at=LATER) == 1
    assert {one.account_id for one in SealedFile.objects.all()} == {officer.account_id}


def test_seals_are_made_by_operators_once_and_whole(town: Town) -> None:
    for by in (town.wang_fang.actor, town.staff["government-service"].actor):
        with pytest.raises(Forbidden):
            commands.make_seal(new_seal(town), by=by, at=MONDAY)
    for lacking in ({"custodian": " "}, {"rule_basis": ""}):
        with pytest.raises(SealIncomplete):
            commands.make_seal(new_seal(town, **lacking), by=SYSTEM, at=MONDAY)
    seal_id = commands.make_seal(new_seal(town), by=SYSTEM, at=MONDAY)
    with pytest.raises(SealExists):
        commands.make_seal(new_seal(town), by=SYSTEM, at=MONDAY)
    (card,) = queries.list_seals()
    assert (card.id, card.custodian, card.uses, card.ended_at) == (seal_id, "赵保管", 0, None)
    with pytest.raises(SealIncomplete):
        commands.end_seal(seal_id, "", by=SYSTEM, at=MONDAY)
    with pytest.raises(NotFound):
        commands.end_seal(uuid4(), "x", by=SYSTEM, at=MONDAY)


def test_an_ended_seal_held_then_but_no_longer_now(town: Town, issue_to: IssueTo) -> None:
    _, content = sealed(town, issue_to)
    seal_id = queries.list_seals()[0].id
    commands.end_seal(seal_id, "机构改革", by=SYSTEM, at=MONDAY + timedelta(hours=3))
    verdict = check(content, timedelta(hours=4))
    assert [holds for holds, _ in verdict.answers] == [True, True, False]
    assert verdict.why is not None
    assert "吊销" in verdict.why.zh
    again = commands.make_seal(new_seal(town), by=SYSTEM, at=MONDAY + timedelta(hours=5))
    assert again != seal_id
    assert [holds for holds, _ in check(content, timedelta(hours=6)).answers] == [True, True, False]


def test_a_revoked_certificate_is_set_anew_without_a_seal(town: Town, issue_to: IssueTo) -> None:
    certificate_id, _ = sealed(town, issue_to)
    commands.revoke([certificate_id], "依法撤销", by=SYSTEM, at=LATER)
    content = commands.get_file(certificate_id, "PDF", by=town.wang_fang.actor, at=LATER)
    assert "已被发证机关撤销" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_others_get_no_file(town: Town, issue_to: IssueTo) -> None:
    certificate_id, _ = sealed(town, issue_to)
    with pytest.raises(NotFound):
        commands.get_file(certificate_id, "PDF", by=town.staff["police"].actor, at=LATER)


def test_every_flipped_byte_is_found(town: Town, issue_to: IssueTo) -> None:
    _, content = sealed(town, issue_to)
    trusted = queries.trusted(at=LATER)
    for at in (*range(0, len(content), 997), len(content) - 1, content.index(b"/Contents <") + 50):
        bent = bytearray(content)
        bent[at] ^= 1
        try:
            verdict = offline.check(bytes(bent), trusted, at=LATER)
        except DomainError:
            continue
        assert not verdict.seal.entitled, at
        assert verdict.why is not None


def test_what_is_added_or_torn_off_is_named(town: Town, issue_to: IssueTo) -> None:
    _, content = sealed(town, issue_to)
    contents = content.index(b"/Contents <") + len(b"/Contents <")
    for bent, error in (
        (content + b"\n%more\n", pdf_seal.SealTornOff),
        (content[:-20], pdf_seal.SealTornOff),
        (content[:contents] + b"zz" + content[contents + 2 :], pdf_seal.SealTornOff),
        (content[:contents] + b"00" + content[contents + 2 :], pdf_seal.SealTornOff),
        (content.replace(b"/ByteRange", b"/ByteRangf"), pdf_seal.NoSeal),
        (content.replace(b"/ByteRange [ 0 ", b"/ByteRange [ 9 "), pdf_seal.SealTornOff),
        (b"PK\x03\x04", package.NotAPackage),
        (b"\x89PNG", offline.NotACertificateFile),
        (b"", offline.NotACertificateFile),
        (b"%PDF-" + b"0" * (17 << 20), offline.NotACertificateFile),
    ):
        with pytest.raises(error):
            check(bent)


def test_strangers_roots_trust_nothing(town: Town, issue_to: IssueTo) -> None:
    _, content = sealed(town, issue_to)
    verdict = offline.check(content, chain.Trusted([]), at=LATER)
    assert [holds for holds, _ in verdict.answers] == [True, False, False]


@pytest.mark.parametrize("content", [None, {}, {"roots": "zz"}, {"roots": ["00"]}, {"roots": [], "lists": ["00"]}, {"roots": 5}])
def test_a_trust_file_that_is_none_is_refused(content: object) -> None:
    with pytest.raises(offline.TrustUnreadable):
        offline.read_trust(content)


def test_evidence_of_sealing_only_grows(town: Town, issue_to: IssueTo) -> None:
    sealed(town, issue_to)
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM certificates_sealedfile")
    while sequencer.append():
        pass
    assert checking.check().findings == []


@pytest.mark.parametrize(
    "name", ["信阳市公安局", "郑州市金水区行政审批和政务信息管理局不动产登记服务中心第一分中心", "A", "<b>&"]
)
def test_every_name_gets_its_picture(name: str) -> None:
    picture = seal_picture.draw(name)
    assert picture.count("<text") == len(name) + 1
    assert seal_picture.to_png(picture).startswith(b"\x89PNG")

"""Signing before submission: one document, in turn, released by a second factor, void after any change."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.test import override_settings

from neighbours.post.running import Post, up
from tests.town import changed, newborn, signing
from tests.town.people import LI_QIANG, MONDAY, PASSWORD, WANG_FANG, Town
from yijianshi.applications import commands, queries
from yijianshi.applications.commands.parties import MustSign
from yijianshi.applications.commands.signing import DocumentChanged, NoDrawing, NotYourTurn, SignedAlready
from yijianshi.applications.commands.submit import NotReady
from yijianshi.applications.logic.parties import PartyStatus
from yijianshi.applications.models import Signature, SigningRound
from yijianshi.certificates import queries as certificates
from yijianshi.certificates.logic import offline
from yijianshi.exchange.notices.commands import TextNotSent
from yijianshi.foundation import files, history
from yijianshi.identity import commands as identity
from yijianshi.identity.commands.codes import CodeOver, CodeWrong
from yijianshi.identity.commands.passwords import PasswordWrong
from yijianshi.identity.commands.throttle import TryAgainLater
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import DomainError, NotFound
from yijianshi.kernel.identifiers.masks import mask_id_number

PARTY = (
    "parties: [{entity: father, id_number: father.id_number, act: SIGN,"
    " text: {zh: 请爸爸看过并签名。, en: The father reads and signs.}, confidence: D}]\n"
)
LATER = MONDAY + timedelta(minutes=1)


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    folder = tmp_path_factory.mktemp("post")
    with up(folder) as running, override_settings(SMS_ADDRESS=running.settings["YIJIANSHI_SMS_ADDRESS"]):
        yield running


@pytest.fixture
def draft_id(town: Town, tmp_path: Path) -> UUID:
    changed.publish(tmp_path, {"things/newborn/thing.yaml": ("texts:", f"{PARTY}texts:")}, MONDAY)
    return newborn.fill_in(town.wang_fang.actor, MONDAY)


@pytest.fixture
def round_id(town: Town, draft_id: UUID) -> UUID:
    commands.invite(application_id=draft_id, entity="father", by=town.wang_fang.actor, at=MONDAY)
    return commands.open_signing(draft_id, by=town.wang_fang.actor, at=MONDAY)


def wish(round_id: UUID, by: Actor, **more: object) -> commands.Signing:
    digest = queries.get_signing(round_id, by=by).digest
    return commands.Signing(**{"round_id": round_id, "digest": digest, **more})


def check(round_id: UUID, by: Actor) -> offline.FileVerdict:
    content = queries.open_document(round_id, by=by)
    return offline.check(content, certificates.trusted(at=LATER), at=LATER)


def test_all_sign_one_document_in_turn_and_then_it_is_submitted(town: Town, draft_id: UUID) -> None:
    hers, his = town.wang_fang.actor, town.li_qiang.actor
    with pytest.raises(NotReady) as refused:
        newborn.submit(draft_id, hers, MONDAY)
    assert [one.name for one in refused.value.problems] == ["party.father", "signature"]
    round_id = signing.everybody_signs(draft_id, {"father": his}, hers, LATER)
    (state,) = queries.get_draft(draft_id, by=hers, at=LATER).parties
    assert state.status is PartyStatus.CONFIRMED
    newborn.submit(draft_id, hers, LATER)
    verdict = check(round_id, hers)
    assert [one.says["身份"] for one in verdict.signatures] == ["爸爸", "申请人"]
    assert verdict.seal.valid_now
    actions = [line.entry.action for line in history.list_for_application(draft_id)]
    assert actions.count("sign") == 2
    assert history.verify() is None


def test_the_applicant_signs_last(town: Town, round_id: UUID) -> None:
    with pytest.raises(NotYourTurn):
        signing.sign(round_id, town.wang_fang.actor, LATER)
    signing.sign(round_id, town.li_qiang.actor, LATER)
    with pytest.raises(SignedAlready):
        signing.sign(round_id, town.li_qiang.actor, LATER)
    assert queries.get_signing(round_id, by=town.wang_fang.actor).is_my_turn
    assert not queries.get_signing(round_id, by=town.li_qiang.actor).is_my_turn


def test_agreement_without_a_signature_does_not_count(town: Town, draft_id: UUID, round_id: UUID) -> None:
    (request,) = queries.list_requests(by=town.li_qiang.actor)
    assert request.signing == round_id
    with pytest.raises(MustSign):
        commands.confirm(invitation_id=request.id, digest=request.digest, by=town.li_qiang.actor, at=LATER)


def test_strangers_and_officers_find_nothing(town: Town, round_id: UUID) -> None:
    for by in (town.stranger.actor, town.staff["police"].actor):
        with pytest.raises(NotFound):
            queries.get_signing(round_id, by=by)
        with pytest.raises(NotFound):
            queries.open_document(round_id, by=by)
        with pytest.raises(NotFound):
            commands.send_code(round_id, by=by, at=LATER)


def test_the_document_masks_numbers_and_lists_the_files(town: Town, round_id: UUID) -> None:
    content = queries.get_signing(round_id, by=town.li_qiang.actor).content
    said = " ".join(words.zh for part in content.parts for _, words in part.rows)
    assert town.wang_fang.actor.name in said
    assert "SHA-256" in said
    for one in (WANG_FANG, LI_QIANG):
        assert mask_id_number(one.id_number) in said
        assert one.id_number not in said


def test_a_change_ends_the_document(town: Town, draft_id: UUID, round_id: UUID) -> None:
    signing.sign(round_id, town.li_qiang.actor, LATER)
    commands.save_draft(application_id=draft_id, values={"child.name": "李小贝"}, by=town.wang_fang.actor, at=LATER)
    with pytest.raises(DocumentChanged):
        signing.sign(round_id, town.wang_fang.actor, LATER)
    with pytest.raises(NotReady):
        newborn.submit(draft_id, town.wang_fang.actor, LATER)
    again = commands.open_signing(draft_id, by=town.wang_fang.actor, at=LATER)
    assert again != round_id
    assert not any(line.made for line in queries.get_signing(again, by=town.wang_fang.actor).lines)


def test_another_digest_than_the_one_shown_is_refused(town: Town, round_id: UUID) -> None:
    with pytest.raises(DocumentChanged):
        commands.sign(wish(round_id, town.li_qiang.actor, digest="0" * 64, code="000000"), by=town.li_qiang.actor, at=LATER)


def test_the_code_comes_by_text_message_and_holds_once(town: Town, round_id: UUID, post: Post) -> None:
    his = town.li_qiang.actor
    assert "****" in commands.send_code(round_id, by=his, at=LATER)
    text = post.store.all()[0]["text"]
    assert "不要告诉任何人" in text
    code = text.partition("验证码 ")[2][:6]
    commands.sign(wish(round_id, his, code=code), by=his, at=LATER)
    with pytest.raises(SignedAlready):
        commands.sign(wish(round_id, his, code=code), by=his, at=LATER)
    assert Signature.objects.get().method == "CODE"


def test_a_wrong_an_old_and_somebody_elses_code_do_not_sign(town: Town, round_id: UUID, post: Post) -> None:
    his, hers = town.li_qiang.actor, town.wang_fang.actor
    digest = queries.get_signing(round_id, by=his).digest
    her_code = identity.make_code(digest, by=hers, at=LATER)
    with pytest.raises(CodeOver):
        commands.sign(wish(round_id, his, code=her_code), by=his, at=LATER)
    code = identity.make_code(digest, by=his, at=LATER)
    wrong = "000000" if code != "000000" else "111111"
    with pytest.raises(CodeWrong):
        commands.sign(wish(round_id, his, code=wrong), by=his, at=LATER)
    with pytest.raises(CodeOver):
        commands.sign(wish(round_id, his, code=code), by=his, at=LATER + timedelta(minutes=6))
    for _ in range(4):
        with pytest.raises(CodeWrong):
            commands.sign(wish(round_id, his, code=wrong), by=his, at=LATER)
    with pytest.raises(CodeOver):
        commands.sign(wish(round_id, his, code=code), by=his, at=LATER)
    assert not Signature.objects.exists()


def why_no_code(round_id: UUID, by: Actor) -> type[DomainError]:
    with override_settings(SMS_ADDRESS=""), pytest.raises(DomainError) as refused:
        commands.send_code(round_id, by=by, at=LATER)
    return type(refused.value)


def test_too_many_codes_and_a_dead_gateway_are_told(town: Town, round_id: UUID) -> None:
    with override_settings(SMS_ADDRESS="http://127.0.0.1:9"), pytest.raises(TextNotSent):
        commands.send_code(round_id, by=town.li_qiang.actor, at=LATER)
    with override_settings(SMS_ADDRESS=""), pytest.raises(TextNotSent):
        commands.send_code(round_id, by=town.li_qiang.actor, at=LATER)
    refused = [why_no_code(round_id, town.li_qiang.actor) for _ in range(10)]
    assert refused[-1] is TryAgainLater


def test_a_drawn_signature_needs_the_password_and_says_what_it_is(town: Town, round_id: UUID) -> None:
    his = town.li_qiang.actor
    drawing = newborn.one_pixel_png()
    with pytest.raises(PasswordWrong):
        commands.sign(wish(round_id, his, drawing=drawing, password="no"), by=his, at=LATER)
    commands.sign(wish(round_id, his, drawing=drawing, password=PASSWORD), by=his, at=LATER)
    verdict = check(round_id, his)
    assert verdict.seal.valid_now
    assert verdict.says["方式"].startswith("手写")
    assert verdict.seal.seal_name == "李强手写签名（平台见证）"


@pytest.mark.parametrize("drawing", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n torn", b"\x89PNG" + bytes(600_000)])
def test_what_is_no_picture_is_no_signature(town: Town, round_id: UUID, drawing: bytes) -> None:
    with pytest.raises(DomainError) as refused:
        commands.sign(wish(round_id, town.li_qiang.actor, drawing=drawing, password=PASSWORD), by=town.li_qiang.actor, at=LATER)
    assert isinstance(refused.value, NoDrawing) or refused.value.status in (400, 413, 415, 422)
    assert not Signature.objects.exists()


def test_a_discarded_draft_takes_its_documents_along(town: Town, draft_id: UUID, round_id: UUID) -> None:
    signing.sign(round_id, town.li_qiang.actor, LATER)
    held = {Signature.objects.get().file_id, SigningRound.objects.get().file_id}
    commands.discard(application_id=draft_id, by=town.wang_fang.actor, at=LATER)
    assert files.digests(held) == {}
    with pytest.raises(NotFound):
        queries.get_signing(round_id, by=town.li_qiang.actor)


def test_an_application_nobody_else_signs_may_be_signed_alone(town: Town) -> None:
    newborn.publish(MONDAY)
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    round_id = commands.open_signing(draft_id, by=town.wang_fang.actor, at=MONDAY)
    assert commands.open_signing(draft_id, by=town.wang_fang.actor, at=MONDAY) == round_id
    signing.sign(round_id, town.wang_fang.actor, LATER)
    newborn.submit(draft_id, town.wang_fang.actor, LATER)
    assert check(round_id, town.wang_fang.actor).seal.valid_now

"""From the draft to the results: form, materials, check, submit, track, corrections, withdrawal, certificates."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.journeys.conftest import LogIn
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications import commands as applications
from yijianshi.applications import queries as drafts
from yijianshi.cases import commands as cases
from yijianshi.cases.logic.corrections import CorrectionEntry
from yijianshi.foundation import clock
from yijianshi.identity.models import Organisation
from yijianshi.identity.queries.organisations import forget_organisations

BIRTH, POLICE = "birth-certificate-first-issue", "household-registration-birth"


def asked_to_correct(town: Town) -> str:
    """Return the address of 王芳's application while the police wait for an address and a photo."""
    application = newborn.apply(town, MONDAY)
    newborn.approve(town, application, BIRTH, MONDAY)
    newborn.deliver_events()
    case = newborn.case_of(application, POLICE)
    entries = (
        CorrectionEntry("field", "household.address", "地址请写到门牌号。"),
        CorrectionEntry("material", "marriage-certificate", "照片看不清，请重拍。"),
    )
    request = cases.CorrectionRequest(case_id=case.id, entries=entries)
    cases.request_corrections([request], by=newborn.officer_of(town, case), at=MONDAY)
    return f"/applications/{application}/"


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("结婚证.png", newborn.one_pixel_png(), "image/png")


def test_what_cannot_be_read_stays_on_the_page_with_its_reason(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    mother = log_in("wangfang")
    response = mother.post(f"/applications/{draft}/form/child/", {"child.name": "李小宝", "child.birth_date": "2026-02-31"})
    shown = response.content.decode()
    assert response.status_code == 422
    assert 'value="2026-02-31"' in shown
    assert 'href="#f-child-birth_date"' in shown


def test_values_from_a_register_are_marked_and_shown_in_part(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    shown = log_in("wangfang").get(f"/applications/{draft}/form/mother/").content.decode()
    number = drafts.get_draft(draft, by=town.wang_fang.actor, at=MONDAY).facts["mother.id_number"]
    assert str(number) not in shown
    assert f"{str(number)[:6]}********{str(number)[-4:]}" in shown
    assert "您的实名" in shown


def test_autosave_answers_the_new_revision_and_notices_another_device(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    mother = log_in("wangfang")
    revision = drafts.get_draft(draft, by=town.wang_fang.actor, at=MONDAY).revision
    sent = {"revision": revision, "values": {"child.name": "李大宝"}}
    answer = mother.patch(f"/applications/{draft}/draft/", sent, content_type="application/json")
    assert answer.json() == {"revision": revision + 1}
    assert mother.patch(f"/applications/{draft}/draft/", sent, content_type="application/json").status_code == 409
    assert mother.patch(f"/applications/{draft}/draft/", "nonsense", content_type="application/json").status_code == 422


def test_a_program_disguised_as_a_paper_is_refused_beside_the_material(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    code = next(m.planned.code for m in drafts.get_draft(draft, by=town.wang_fang.actor, at=MONDAY).materials if m.files)
    disguised = SimpleUploadedFile("结婚证.pdf", b"MZ" + b"\0" * 300, "application/pdf")
    response = log_in("wangfang").post(f"/applications/{draft}/materials/{code}/", {"files": disguised})
    assert response.status_code == 422
    shown = response.content.decode()
    assert f'href="#up-{code}"' in shown
    assert f'id="up-{code}"' in shown


def test_a_refused_upload_names_the_formats_and_the_size_of_its_own_material(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    view = drafts.get_draft(draft, by=town.wang_fang.actor, at=MONDAY)
    code = next(m.planned.code for m in view.materials if m.files)
    upload = next(way for way in view.thing.materials_by_code[code].satisfiers if way.kind == "UPLOAD")
    assert "ofd" not in upload.formats
    mother, address = log_in("wangfang"), f"/applications/{draft}/materials/{code}/"
    wrong_kind = mother.post(address, {"files": SimpleUploadedFile("结婚证.gif", b"GIF89a" + b"\0" * 300, "image/gif")})
    assert "PDF 文件、JPG 图片、PNG 图片" in wrong_kind.content.decode()
    assert "OFD" not in wrong_kind.content.decode()
    too_large = SimpleUploadedFile("结婚证.png", b"\x89PNG\r\n\x1a\n" + b"\0" * (upload.max_mb * 1_048_576), "image/png")
    assert f"超过了 {upload.max_mb} MB" in mother.post(address, {"files": too_large}).content.decode()


def test_removing_a_file_that_cannot_exist_is_not_found(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    address = f"/applications/{draft}/materials/marriage-certificate/"
    assert log_in("wangfang").post(address, {"remove": "no-such-file"}).status_code == 404


@pytest.mark.parametrize("typed", ["../../etc", "A B/C", "/", "😀"])
def test_any_code_may_be_typed_to_be_checked(town: Town, typed: str) -> None:
    assert Client().get("/verify/", {"code": typed}, follow=True).status_code in (200, 404)


def test_submitting_needs_the_declaration_and_happens_once(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    mother, address = log_in("wangfang"), f"/applications/{draft}/check/"
    page = mother.get(address)
    sent = {"idempotency_key": page.context["idempotency_key"], "revision": page.context["draft"].revision}
    refused = mother.post(address, sent)
    assert refused.status_code == 422
    assert f"提交前请先勾选：“{refused.context['declaration'].zh}”" in refused.content.decode()
    assert refused.content.decode().count(refused.context["declaration"].zh) == 2, "the error quotes the very words of the box"
    assert refused.context["idempotency_key"] == sent["idempotency_key"], "a second try is still the same submission"
    for _ in range(2):
        assert mother.post(address, {**sent, "declaration": "yes"}).headers["location"].endswith("/submitted/")
    assert len([card for card in drafts.list_applications(by=town.wang_fang.actor) if card.state == "SUBMITTED"]) == 1


@pytest.fixture
def nobody_vaccinates(town: Town) -> Iterator[None]:
    """No organisation of disease control is in the directory."""
    Organisation.objects.filter(kind="cdc").update(kind="elsewhere")
    forget_organisations()
    yield
    forget_organisations()


@pytest.mark.usefixtures("nobody_vaccinates")
def test_a_place_where_nobody_is_competent_is_named_with_a_link_to_its_field(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    mother, address = log_in("wangfang"), f"/applications/{draft}/check/"
    page = mother.get(address)
    sent = {"idempotency_key": page.context["idempotency_key"], "declaration": "yes"}
    for shown in (page, mother.post(address, sent)):
        (told,) = shown.context["problems"]
        assert told.link.endswith("/form/residence/?check=1&change=residence.region#f-residence-region")
        assert "的部门（疾控中心）" in told.text.zh
        assert "4101" not in told.text.zh
    assert shown.status_code == 422


def test_a_draft_that_is_not_ready_cannot_be_submitted_from_the_page(town: Town, log_in: LogIn) -> None:
    known = {"applicant.relation": "MOTHER"}
    draft = applications.start(thing_code="newborn", answers=known, declined=(), by=town.wang_fang.actor, at=MONDAY)
    shown = log_in("wangfang").get(f"/applications/{draft}/check/").content.decode()
    assert 'name="declaration"' not in shown
    assert "补齐就能提交" in shown


def test_a_draft_that_no_longer_fits_says_why_and_offers_the_single_items(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY, **{"parents.marital_status": "UNMARRIED"})
    mother = log_in("wangfang")
    for page in ("", "check/"):
        shown = mother.get(f"/applications/{draft}/{page}").content.decode()
        assert "一起办理适用于父母已登记结婚的情况" in shown, page
        assert f'href="/applications/{draft}/singly/{POLICE}/"' in shown, page
        assert shown.index(f"/singly/{BIRTH}/") < shown.index(f"/singly/{POLICE}/"), page
        assert "先办好“出生医学证明签发（首次签发）”" in shown, page


def test_after_submitting_the_back_button_leads_to_the_track(town: Town, log_in: LogIn) -> None:
    application = newborn.apply(town, MONDAY)
    mother, address = log_in("wangfang"), f"/applications/{application}/"
    for page in ("check/", "materials/", "form/child/", "letters/nonmarital-birth/"):
        assert mother.get(f"{address}{page}").headers["location"] == address, page
    assert mother.post(f"{address}form/child/", {"child.name": "李大宝"}).status_code == 409


def test_the_receipt_keeps_the_whole_date(town: Town, log_in: LogIn) -> None:
    application = newborn.apply(town, MONDAY)
    shown = log_in("wangfang").get(f"/applications/{application}/receipt/").content.decode()
    assert f"{MONDAY.year}年" in shown
    assert "今天" not in shown


def test_strangers_see_nothing(town: Town, log_in: LogIn) -> None:
    application = newborn.apply(town, MONDAY)
    stranger = log_in("zhaojianguo")
    for page in ("", "corrections/", "withdraw/", "receipt/", "submitted/", "check/", "materials/", "form/child/"):
        assert stranger.get(f"/applications/{application}/{page}").status_code == 404, page
    assert Client().get(f"/applications/{application}/").headers["location"].startswith("/login/")


def test_the_track_says_whose_turn_it_is_and_shows_what_has_arrived(town: Town, log_in: LogIn) -> None:
    address = asked_to_correct(town)
    shown = log_in("wangfang").get(address).content.decode()
    assert "去补正" in shown
    assert "已经到手" in shown
    assert shown.count('class="track-stop') == 2 * shown.count('<li>\n          <div class="item-head"><h3>')


def test_two_departments_asking_the_same_are_answered_in_one_place(
    town: Town, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = newborn.apply(town, MONDAY)
    newborn.approve(town, application, BIRTH, MONDAY)
    newborn.deliver_events()
    for item, words in (("fertility-registration", "请写到门牌号。"), ("vaccination-record", "请写现在住的地方。")):
        case = newborn.case_of(application, item)
        request = cases.CorrectionRequest(case_id=case.id, entries=(CorrectionEntry("field", "residence.address", words),))
        cases.request_corrections([request], by=newborn.officer_of(town, case), at=MONDAY)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(hours=1))
    mother, address = log_in("wangfang"), f"/applications/{application}/"
    shown = mother.get(f"{address}corrections/").content.decode()
    assert shown.count('name="residence.address"') == 1
    assert "请写到门牌号。" in shown
    assert "请写现在住的地方。" in shown
    assert mother.post(f"{address}corrections/", {"residence.address": "郑州市金水区花园路 9 号"}).headers["location"] == address
    assert drafts.all_facts(application, by=town.wang_fang.actor)["residence.address"] == "郑州市金水区花园路 9 号"


def test_all_corrections_are_answered_on_one_page(town: Town, log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    address = asked_to_correct(town)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(hours=1))
    mother = log_in("wangfang")
    page = mother.get(f"{address}corrections/").content.decode()
    assert 'id="f-household-address"' in page
    assert "照片看不清，请重拍。" in page
    refused = mother.post(f"{address}corrections/", {"household.address": "郑州市金水区花园路 1 号院 2 号楼 301 室"})
    assert refused.status_code in (409, 422), "the photo is still missing"
    shown = refused.content.decode()
    assert "2 号楼 301 室" in shown, "what was typed is still there"
    assert '<a href="#f-marriage-certificate">请重新上传“结婚证”。</a>' in shown
    assert 'id="f-marriage-certificate"' in shown
    assert shown.count("请填写“") == 0, "the address was given"
    given = {"household.address": "郑州市金水区花园路 1 号院 2 号楼 301 室", "marriage-certificate": photo()}
    assert mother.post(f"{address}corrections/", given).headers["location"] == address
    assert mother.get(f"{address}corrections/").headers["location"] == address


def test_what_was_handed_in_halfway_is_kept_and_what_is_missing_is_named(
    town: Town, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = asked_to_correct(town)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(hours=1))
    mother = log_in("wangfang")
    half = mother.post(f"{address}corrections/", {"household.address": "", "marriage-certificate": photo()})
    assert half.status_code == 422
    assert [problem.link for problem in half.context["problems"]] == ["#f-household-address"]
    again = mother.get(f"{address}corrections/")
    assert [line.is_settled for line in again.context["sheet"].lines] == [False, True]
    assert "有 1 处请您补正" in again.content.decode()
    given = {"household.address": "郑州市金水区花园路 1 号院 2 号楼 301 室"}
    assert mother.post(f"{address}corrections/", given).headers["location"] == address, "the photo was kept"


def test_withdrawing_nothing_is_asked_again_and_one_item_leaves_the_others(town: Town, log_in: LogIn) -> None:
    application = newborn.apply(town, MONDAY)
    mother, address = log_in("wangfang"), f"/applications/{application}/withdraw/"
    assert "还没有选" in mother.post(address).content.decode()
    assert mother.post(address, {"items": ["fertility-registration"]}).status_code == 302
    assert newborn.case_of(application, "fertility-registration").state == "WITHDRAWN"
    assert newborn.case_of(application, BIRTH).state == "RECEIVED"


def test_a_certificate_is_shown_saved_and_checked_by_anybody(town: Town, log_in: LogIn) -> None:
    asked_to_correct(town)
    mother = log_in("wangfang")
    certificate = mother.get("/certificates/").context["certificates"][0]
    page = mother.get(f"/certificates/{certificate.id}/").content.decode()
    assert "<svg" in page
    assert page.count(certificate.number) == 1, "a line of the face is the number already"
    assert mother.get(f"/certificates/{certificate.id}/file.pdf").content.startswith(b"%PDF")
    public = Client().get(f"/verify/{certificate.verification_code}/").content.decode()
    assert "是真的" in public
    assert certificate.holder_name not in public
    assert Client().get("/verify/AAAA-BBBB-CCCC-DDDD/").status_code == 404
    assert log_in("zhaojianguo").get(f"/certificates/{certificate.id}/").status_code == 404

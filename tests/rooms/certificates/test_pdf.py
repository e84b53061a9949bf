"""The PDF: the same bytes each time, all that must stand on it, nothing read as markup."""

import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from tests.rooms.certificates.conftest import IssueTo, marriage_of
from tests.town.people import MONDAY, Town
from yijianshi.certificates import commands, queries
from yijianshi.certificates.logic.face import LAYOUTS
from yijianshi.certificates.opened import CertificateView, FaceRowView
from yijianshi.certificates.rendering.signer import SealMark
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.text import Text


@pytest.fixture
def certificate(town: Town, issue_to: IssueTo) -> CertificateView:
    return queries.get_certificate(issue_to(town.wang_fang, "李强"), town.wang_fang.actor)


def text_of(document: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)
    return "".join("".join(pages).split())


@pytest.mark.parametrize("layout", [*LAYOUTS, "unheard-of"])
def test_every_layout_shows_what_matters_and_is_reproducible(certificate: CertificateView, layout: str) -> None:
    certificate = replace(certificate, layout=layout)
    document = queries.render_pdf(certificate)
    shown = text_of(document)
    for wanted in (
        "结婚证",
        "MARRIAGECERTIFICATE",
        "王芳",
        "李强",
        "持证人",
        "2023年5月20日",
        "JinshuiGovernmentServiceOffice",
        "2026年3月2日",
    ):
        assert wanted in shown, wanted
    for wanted in (
        certificate.number,
        certificate.identifier,
        certificate.verification_code,
        "未加盖电子印章",
        "电子印章将在此处",
    ):
        assert wanted in shown, wanted
    assert queries.render_pdf(certificate) == document
    assert len(PdfReader(io.BytesIO(document)).pages) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_number_stands_there_once_even_where_a_line_of_the_face_is_the_number(
    certificate: CertificateView, layout: str
) -> None:
    line = FaceRowView("marriage.number", Text("结婚证字号", "Certificate number"), Text(certificate.number, certificate.number))
    stated = replace(certificate, layout=layout, fields=(*certificate.fields, line))
    assert certificate.number_line == certificate.number
    assert stated.number_line == ""
    shown = text_of(queries.render_pdf(stated))
    assert shown.count(certificate.number) == 1
    assert "结婚证字号" in shown


def test_names_do_not_stand_in_the_documents_title(certificate: CertificateView) -> None:
    reader = PdfReader(io.BytesIO(queries.render_pdf(certificate)))
    assert reader.metadata is not None
    assert reader.metadata.title == "结婚证"
    assert "王芳" not in str(reader.metadata)


def test_the_demo_line_stands_there_in_demo_mode_only(certificate: CertificateView, settings: Any) -> None:
    assert "不具有法律效力" not in text_of(queries.render_pdf(certificate))
    settings.DEMO = True
    assert "不具有法律效力" in text_of(queries.render_pdf(certificate))


def test_a_certificate_that_no_longer_holds_says_so(certificate: CertificateView, town: Town) -> None:
    commands.revoke([certificate.id], "材料虚假", by=SYSTEM, at=MONDAY)
    revoked = queries.get_certificate(certificate.id, town.wang_fang.actor)
    assert "已被发证机关撤销" in text_of(queries.render_pdf(revoked))


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ('#eval("1+1")', '#eval("1+1")'),
        ("#sys.inputs.certificate", "#sys.inputs.certificate"),
        ("$x^2$ *a* _b_ `c` <d> @e", "$x^2$*a*_b_`c`<d>@e"),
        ("\\ // /* [ ] { }", "\\///*[]{}"),
        ('"}], "number": "forged', '"}],"number":"forged'),
        ('#image("/etc/passwd")', '#image("/etc/passwd")'),
        ("芳\u202e王\u200b\x07", "芳王"),
        ("a\nb", "ab"),
    ],
)
def test_hostile_names_are_set_as_they_are(town: Town, hostile: str, shown: str) -> None:
    (certificate_id,) = commands.issue([marriage_of(town, town.wang_fang, hostile, number=None)], by=SYSTEM, at=MONDAY)
    document = queries.render_pdf(queries.get_certificate(certificate_id, SYSTEM))
    assert shown in text_of(document)


@pytest.mark.parametrize("difficult", ["𬭚𫍽", "😀", "\ue000", "x" * 400, "囧" * 400])
def test_rare_characters_and_endless_words_still_make_a_document(certificate: CertificateView, difficult: str) -> None:
    line = replace(certificate.fields[0], value=Text(difficult, difficult))
    document = queries.render_pdf(replace(certificate, fields=(line, *certificate.fields[1:])))
    assert document.startswith(b"%PDF")
    assert certificate.identifier in text_of(document)


def test_a_signer_draws_its_seal_and_signs_last(certificate: CertificateView) -> None:
    class RedCircle:
        name = "red-circle"

        def mark(self, issuer_id: object) -> SealMark:
            picture = (
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="#C8102E"/></svg>'
            )
            return SealMark(Text("印章", "Seal"), Text("已盖章", "Sealed"), picture)

        def sign(self, document: bytes, *, issuer_id: object, at: object) -> bytes:
            assert issuer_id == certificate.issuer_id
            return document + b"signed"

    document = queries.render_pdf(certificate, RedCircle())
    assert document.endswith(b"signed")
    assert "未加盖电子印章" not in text_of(document)


def test_the_qr_code_leads_to_the_verification_page_without_personal_data(certificate: CertificateView, settings: Any) -> None:
    settings.PUBLIC_URL = "https://ykb.example"
    url = queries.verification_url(certificate)
    assert url == f"https://ykb.example/verify/{certificate.verification_code}/"
    drawing = queries.qr_svg(certificate)
    assert drawing.startswith("<svg")
    assert "style=" not in drawing

"""The certificates room's part of the public API: one's wallet, one certificate, its PDF, and verification."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from yijianshi.certificates import commands, queries
from yijianshi.certificates.logic.states import State
from yijianshi.certificates.opened import CertificateView
from yijianshi.foundation import clock
from yijianshi.identity.entrance import address_of, citizen_token, member_token, public
from yijianshi.identity.logic.actor import Actor

router = Router(tags=["certificates"])


class Both(Schema):
    """A text in Chinese and English."""

    zh: str
    en: str


class FaceLine(Schema):
    """One line on the face."""

    name: str
    label: Both
    value: Both


class CertificateOut(Schema):
    """A certificate as its holder sees it."""

    id: UUID
    type_code: str
    name: Both
    number: str
    identifier: str
    holder_name: str
    issuer_name: Both
    issued_at: datetime
    valid_from: date
    valid_to: date | None
    state: State
    state_text: Both
    verification_url: str
    fields: list[FaceLine]

    @staticmethod
    def resolve_verification_url(certificate: CertificateView) -> str:
        """Return the address the QR code carries."""
        return queries.verification_url(certificate)


class UseOut(Schema):
    """One use of a certificate."""

    user_name: str
    item_code: str
    purpose: str
    application_id: UUID
    authorisation: Both
    at: datetime


class VerifiedOut(Schema):
    """What anybody may know who holds the code: name and number are masked."""

    name: Both
    number: str
    holder_name: str
    issuer_name: Both
    issued_on: date
    valid_from: date
    valid_to: date | None
    state: State
    state_text: Both
    is_valid: bool


@router.get("/certificates", auth=citizen_token, response=list[CertificateOut])
def list_certificates(request: HttpRequest) -> list[CertificateView]:
    """Return the certificates in one's own wallet, or in the principal's one acts for, newest first."""
    actor = _actor(request)
    return queries.list_held(actor.subject_id, actor)


@router.get("/certificates/{uuid:certificate_id}", auth=member_token, response=CertificateOut)
def get_certificate(request: HttpRequest, certificate_id: UUID) -> CertificateView:
    """Return one certificate."""
    return queries.get_certificate(certificate_id, _actor(request))


@router.get("/certificates/{uuid:certificate_id}/file.pdf", auth=member_token)
def get_file(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Return one certificate as a PDF file."""
    certificate = queries.get_certificate(certificate_id, _actor(request))
    answer = HttpResponse(queries.render_pdf(certificate), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{certificate.type_code}.pdf"'
    return answer


@router.get("/certificates/{uuid:certificate_id}/uses", auth=citizen_token, response=list[UseOut])
def list_uses(request: HttpRequest, certificate_id: UUID) -> list[queries.UseCard]:
    """Return who has used one's certificate, for what, on which authorisation."""
    return queries.list_uses(certificate_id, _actor(request))


@router.get("/verify/{code}", auth=public, response=VerifiedOut)
def verify(request: HttpRequest, code: str) -> queries.PublicCertificate:
    """Say whether a certificate is genuine and valid now; limited per network address."""
    return commands.look_up(code, address=address_of(request), at=clock.now())


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor

"""The certificates room's part of the public API: one's wallet, one certificate, its PDF, and verification."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Router, Schema, UploadedFile

from yijianshi.certificates import commands, queries
from yijianshi.certificates.logic import offline
from yijianshi.certificates.logic.states import State
from yijianshi.certificates.opened import CertificateView
from yijianshi.foundation import clock
from yijianshi.identity.entrance import address_of, citizen_token, member_token, public, staff_token
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import DomainError, Invalid, NotFound

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


class FileOut(Schema):
    """What a certificate file proves by itself, and the state known here; *why* names the first thing that is wrong."""

    file: str
    intact: bool
    entitled: bool
    valid_now: bool
    seal: str = ""
    sealed_at: datetime | None = None
    says: dict[str, str] = {}
    state: State | None = None
    why: Both | None = None


class TooManyFiles(Invalid):
    """一次最多核验 {most} 个文件，请分批提交。

    At most {most} files can be verified at a time: please send them in parts.
    """


class NoAuthority(NotFound):
    """本平台还没有电子印章，也就没有失效名单。

    This installation has no electronic seals yet, and so no list of certificates that no longer hold.
    """


_MOST_FILES = 50


@router.get("/certificates", auth=citizen_token, response=list[CertificateOut])
def list_certificates(request: HttpRequest) -> list[CertificateView]:
    """Return the certificates in one's own wallet, or in the principal's one acts for, newest first."""
    actor = _actor(request)
    return queries.list_held(actor.subject_id, actor)


@router.get("/certificates/ended", auth=public, response=dict[str, Any])
def list_ended(request: HttpRequest) -> dict[str, Any]:
    """Return the signed list of certificates that no longer hold, for verifying offline; made at most once a minute."""
    found = _ended(int(clock.now().timestamp() // 60))
    if found is None:
        raise NoAuthority
    return found


@lru_cache(maxsize=1)
def _ended(_minute: int) -> dict[str, Any] | None:
    return queries.ended_list(at=clock.now())


@router.get("/certificates/{uuid:certificate_id}", auth=member_token, response=CertificateOut)
def get_certificate(request: HttpRequest, certificate_id: UUID) -> CertificateView:
    """Return one certificate."""
    return queries.get_certificate(certificate_id, _actor(request))


@router.get("/certificates/{uuid:certificate_id}/file.pdf", auth=member_token)
def get_file(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Return one certificate as a PDF file, sealed where its issuer has a seal."""
    content = commands.get_file(certificate_id, "PDF", by=_actor(request), at=clock.now())
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="certificate-{certificate_id}.pdf"'
    return answer


@router.get("/certificates/{uuid:certificate_id}/file.ofd", auth=member_token)
def get_ofd(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Return one certificate as a sealed OFD file."""
    content = commands.get_file(certificate_id, "OFD", by=_actor(request), at=clock.now())
    answer = HttpResponse(content, content_type="application/ofd")
    answer["Content-Disposition"] = f'attachment; filename="certificate-{certificate_id}.ofd"'
    return answer


@router.get("/certificates/{uuid:certificate_id}/uses", auth=citizen_token, response=list[UseOut])
def list_uses(request: HttpRequest, certificate_id: UUID) -> list[queries.UseCard]:
    """Return who has used one's certificate, for what, on which authorisation."""
    return queries.list_uses(certificate_id, _actor(request))


@router.post("/shown/{token}", auth=public, response=dict[str, Any])
def see(request: HttpRequest, token: str) -> dict[str, Any]:
    """Return what a showing opens, once; keep it and verify it without us: ``yijianshi verify``."""
    return commands.see(token, address=address_of(request), at=clock.now()).document


@router.post("/verify/files", auth=staff_token, response=list[FileOut])
def verify_files(request: HttpRequest, files: File[list[UploadedFile]]) -> list[FileOut]:
    """Return what each certificate file proves, in the given order; at most 50 at a time."""
    if len(files) > _MOST_FILES:
        raise TooManyFiles(most=_MOST_FILES)
    return [_judged(one, clock.now()) for one in files]


@router.get("/verify/{code}", auth=public, response=VerifiedOut)
def verify(request: HttpRequest, code: str) -> queries.PublicCertificate:
    """Say whether a certificate is genuine and valid now; limited per network address."""
    return commands.look_up(code, address=address_of(request), at=clock.now())


def _judged(given: UploadedFile, at: datetime) -> FileOut:
    name = given.name or ""
    try:
        if (given.size or 0) > offline.MAX_BYTES:
            raise offline.NotACertificateFile
        checked = commands.check_known_file(given.read(), at=at)
    except DomainError as error:
        return FileOut(file=name, intact=False, entitled=False, valid_now=False, why=Both(**error.text.to_json()))
    seal, why = checked.verdict.seal, checked.verdict.why
    return FileOut(
        file=name,
        intact=seal.intact,
        entitled=seal.entitled,
        valid_now=seal.valid_now,
        seal=seal.seal_name,
        sealed_at=seal.sealed_at,
        says=dict(checked.verdict.says),
        state=checked.known.state if checked.known else None,
        why=Both(**why.to_json()) if why else None,
    )


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor

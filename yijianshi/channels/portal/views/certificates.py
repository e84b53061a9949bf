"""Certificates in the citizen's hand, and the public page where anyone checks one."""

import json
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from yijianshi.certificates import commands, queries
from yijianshi.certificates.logic import offline
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, PUBLIC, ActorRequest, address_of, entry
from yijianshi.kernel.errors import DomainError


@entry(CITIZEN)
def mine(request: ActorRequest) -> HttpResponse:
    """Show my certificates as the things they are."""
    held = queries.list_held(request.actor.subject_id, by=request.actor)
    return render(request, "portal/certificates.html", {"certificates": held})


@entry(CITIZEN)
def one(request: ActorRequest, certificate_id: UUID) -> HttpResponse:
    """Show one certificate with its QR code, its PDF, and who has used it."""
    certificate = queries.get_certificate(certificate_id, by=request.actor)
    uses = queries.list_uses(certificate_id, by=request.actor)
    page = {
        "certificate": certificate,
        "uses": uses,
        "qr": queries.qr_svg(certificate),
        "seal": mark_safe(queries.seal_picture(certificate.issuer_id, certificate.id)),  # noqa: S308  drawn by us
        "shows": queries.list_shows(certificate_id, by=request.actor),
    }
    return render(request, "portal/certificate.html", page)


@entry(CITIZEN)
def file(request: ActorRequest, certificate_id: UUID, kind: str = "pdf") -> HttpResponse:
    """Hand over the certificate as a file (pdf or ofd), sealed where its issuer has a seal."""
    content = commands.get_file(certificate_id, kind.upper(), by=request.actor, at=clock.now())
    answer = HttpResponse(content, content_type=f"application/{kind}")
    answer["Content-Disposition"] = f'attachment; filename="certificate-{certificate_id}.{kind}"'
    return answer


@entry(CITIZEN)
def proof(request: ActorRequest, certificate_id: UUID) -> HttpResponse:
    """Hand over the receipts of a certificate as one file."""
    content = json.dumps(queries.get_proof(certificate_id, by=request.actor), ensure_ascii=False, indent=1)
    answer = HttpResponse(content, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="proof-{certificate_id}.json"'
    return answer


@entry(PUBLIC)
def verify(request: ActorRequest) -> HttpResponse:
    """Ask for the verification code printed under the QR code."""
    code = "".join(sign for sign in request.GET.get("code", "") if not sign.isspace() and sign != "/")  # one part of the address
    return redirect("portal:verified", code=code) if code else render(request, "portal/verify.html", {})


@entry(PUBLIC)
def verified(request: ActorRequest, code: str) -> HttpResponse:
    """Say whether the certificate is genuine and valid now, showing as little as possible of its holder."""
    try:
        found = commands.look_up(code, address=address_of(request), at=clock.now())
    except DomainError as problem:
        return render(request, "portal/verify.html", {"problem": problem.text, "code": code}, status=problem.status)
    return render(request, "portal/verified.html", {"certificate": found, "code": code})


@entry(PUBLIC)
@require_POST
def verify_file(request: ActorRequest) -> HttpResponse:
    """Say what a certificate's file proves."""
    given = request.FILES.get("file")
    content = given.read() if given is not None and (given.size or 0) <= offline.MAX_BYTES else b""
    try:
        checked = commands.check_file(content, address=address_of(request), at=clock.now())
    except DomainError as problem:
        return render(request, "portal/verify.html", {"file_problem": problem.text}, status=problem.status)
    return render(request, "portal/verified_file.html", {"verdict": checked.verdict, "known": checked.known})

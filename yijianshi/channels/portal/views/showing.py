"""Showing a certificate face to face: chosen lines, one purpose, one minute, one look."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.certificates import commands, queries
from yijianshi.certificates.logic import disclosure
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, PUBLIC, ActorRequest, address_of, entry
from yijianshi.kernel.errors import DomainError


@entry(CITIZEN)
def show(request: ActorRequest, certificate_id: UUID) -> HttpResponse:
    """Let the holder choose what to show, then show the code that opens it once."""
    if request.method != "POST":
        return _choose(request, certificate_id)
    given = request.POST
    try:
        token = commands.show(certificate_id, given.getlist("lines"), given.get("purpose", ""), by=request.actor, at=clock.now())
    except DomainError as problem:
        return _choose(request, certificate_id, problem)
    url = settings.PUBLIC_URL + reverse("portal:shown", args=[token])
    page = {"certificate": queries.get_certificate(certificate_id, by=request.actor), "qr": queries.qr_of(url), "url": url}
    return render(request, "portal/show_code.html", page)


@entry(CITIZEN)
@require_POST
def make_copy(request: ActorRequest, certificate_id: UUID) -> HttpResponse:
    """Hand over a copy with its purpose across the page."""
    try:
        content = commands.make_copy(certificate_id, request.POST.get("purpose", ""), by=request.actor, at=clock.now())
    except DomainError as problem:
        return _choose(request, certificate_id, problem, copying=True)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="copy-{certificate_id}.pdf"'
    return answer


@entry(PUBLIC)
def shown(request: ActorRequest, token: str) -> HttpResponse:
    """Open what the code shows, once: only when the button is pressed, so that a link's preview does not use it up."""
    if request.method != "POST":
        return render(request, "portal/shown.html", {"token": token})
    try:
        seen = commands.see(token, address=address_of(request), at=clock.now())
    except DomainError as problem:
        return render(request, "portal/shown.html", {"problem": problem.text}, status=problem.status)
    now = clock.now()
    verdict = disclosure.check(seen.document, queries.trusted(at=now), at=now)
    return render(request, "portal/shown.html", {"verdict": verdict})


def _choose(
    request: ActorRequest, certificate_id: UUID, problem: DomainError | None = None, *, copying: bool = False
) -> HttpResponse:
    certificate = queries.get_certificate(certificate_id, by=request.actor)
    page = {
        "certificate": certificate,
        "lines": queries.lines_of(certificate, clock.today(clock.now())),
        "chosen": request.POST.getlist("lines"),
        "purpose": request.POST.get("purpose", ""),
        "problem": problem,
        "copying": copying,
    }
    return render(request, "portal/show.html", page, status=problem.status if problem else 200)

"""Signing: read the document, get a code or draw one's name, sign."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yijianshi.applications import commands, queries
from yijianshi.applications.commands.signing import MAX_DRAWING
from yijianshi.channels.portal.presenting import signing as presenting
from yijianshi.channels.portal.views.drafting import while_draft
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry
from yijianshi.kernel.errors import DomainError, NotFound


@entry(CITIZEN)
@require_POST
@while_draft
def start(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Make the document of a finished draft, and go to it; what is still missing is shown by the check."""
    try:
        return redirect("portal:signing", commands.open_signing(application_id, by=request.actor, at=clock.now()))
    except commands.NotReady:
        return redirect("portal:check", application_id=application_id)


@entry(CITIZEN)
def one(request: ActorRequest, round_id: UUID) -> HttpResponse:
    """Show the document and who signs it; on POST send a code, or sign."""
    if request.method != "POST":
        return _show(request, round_id)
    try:
        return _take(request, round_id)
    except NotFound:
        raise
    except DomainError as problem:
        return _show(request, round_id, problem)


@entry(CITIZEN)
def document(request: ActorRequest, round_id: UUID) -> HttpResponse:
    """Hand over the document with the signatures made so far."""
    answer = HttpResponse(queries.open_document(round_id, by=request.actor), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="signed-{round_id}.pdf"'
    return answer


def _take(request: ActorRequest, round_id: UUID) -> HttpResponse:
    if request.POST.get("act") == "code":
        phone = commands.send_code(round_id, by=request.actor, at=clock.now())
        return _show(request, round_id, sent_to=phone)
    commands.sign(_wish(request, round_id), by=request.actor, at=clock.now())
    return redirect("portal:signing", round_id)


def _wish(request: ActorRequest, round_id: UUID) -> commands.Signing:
    given = request.FILES.get("drawing")
    by_hand = request.POST.get("act") == "draw"
    drawing = given.read() if given is not None and (given.size or 0) <= MAX_DRAWING else b""
    return commands.Signing(
        round_id=round_id,
        digest=request.POST.get("digest", "")[:64],
        code=request.POST.get("code", "")[:12],
        drawing=drawing if by_hand else None,
        password=request.POST.get("password", ""),
    )


def _show(request: ActorRequest, round_id: UUID, problem: DomainError | None = None, *, sent_to: str = "") -> HttpResponse:
    shown = queries.get_signing(round_id, by=request.actor)
    act = request.POST.get("act", "")
    page = {
        "signing": shown,
        "lines": presenting.lines(shown),
        "problem": problem,
        "sent_to": sent_to,
        "has_code": bool(sent_to) or act == "sign",
        "by_hand": act == "draw",
    }
    return render(request, "portal/signing.html", page, status=problem.status if problem else 200)

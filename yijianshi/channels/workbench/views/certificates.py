"""What this office has issued: look at it, seal it by hand, renew or change it, suspend, restore, revoke and cancel it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from yijianshi.certificates import queries
from yijianshi.channels.workbench import certifying, telling
from yijianshi.channels.workbench.views import DESK
from yijianshi.foundation import clock
from yijianshi.identity.entrance import STAFF, ActorRequest, entry
from yijianshi.kernel.errors import DomainError, NotFound


@entry(STAFF, roles=DESK)
@require_safe
def table(request: ActorRequest) -> HttpResponse:
    """List the latest certificates of the office, or find one by its number or code."""
    search = request.GET.get("q", "")
    page = {"cards": queries.list_issued(by=request.actor, search=search), "search": search}
    return render(request, "workbench/certificates.html", page)


@entry(STAFF, roles=DESK)
@require_safe
def one(request: ActorRequest, certificate_id: UUID) -> HttpResponse:
    """Show one certificate with what may be done with it."""
    return _show(request, certificate_id)


@entry(STAFF, roles=DESK)
@require_POST
def act(request: ActorRequest, certificate_id: UUID, action: str) -> HttpResponse:
    """Take one action on one certificate, and go to the one that stands now."""
    if action not in certifying.DEEDS:
        raise Http404
    try:
        now = certifying.DEEDS[action](certificate_id, request.POST, request.actor, clock.now())
    except NotFound:
        raise
    except DomainError as problem:
        return _show(request, certificate_id, problem)
    telling.keep(request, telling.Told("done", certifying.TOLD[action]))
    return redirect("workbench:certificate", now)


def _show(request: ActorRequest, certificate_id: UUID, problem: DomainError | None = None) -> HttpResponse:
    page = {
        "view": queries.get_issued(certificate_id, by=request.actor),
        "deeds": certifying.WORDS,
        "given": request.POST if problem else {},
        "problem": problem,
        "told": telling.take(request),
    }
    return render(request, "workbench/certificate.html", page, status=problem.status if problem else 200)

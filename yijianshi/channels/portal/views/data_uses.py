"""Who used my data: the ledger, objections, and consents to take back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yijianshi.applications import commands, queries
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry
from yijianshi.kernel.errors import DomainError, Invalid


@entry(CITIZEN)
def mine(request: ActorRequest) -> HttpResponse:
    """Show every use of my data, and my consents."""
    return _show(request)


@entry(CITIZEN)
@require_POST
def object_to(request: ActorRequest, kind: str, use_id: UUID) -> HttpResponse:
    """Object to one use."""
    reason = request.POST.get("reason", "")
    try:
        commands.object_to_use(kind=kind.upper(), use_id=use_id, reason=reason, by=request.actor, at=clock.now())
    except Invalid as problem:
        return _show(request, problem, status=422)
    return redirect(f"/me/data/#u-{use_id}")


@entry(CITIZEN)
@require_POST
def withdraw(request: ActorRequest, application_id: UUID, register: str) -> HttpResponse:
    """Take a consent back."""
    commands.withdraw_consent(application_id=application_id, register=register, by=request.actor, at=clock.now())
    return redirect("/me/data/#consents")


def _show(request: ActorRequest, problem: DomainError | None = None, status: int = 200) -> HttpResponse:
    page = {"uses": queries.list_data_uses(by=request.actor), "consents": queries.list_consents(by=request.actor)}
    problems = [{"text": problem.text, "link": "#uses"}] if problem else []
    return render(request, "portal/data_uses.html", {**page, "problems": problems}, status=status)

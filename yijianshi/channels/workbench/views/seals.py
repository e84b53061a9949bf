"""Electronic seals: for operators to make, look at and end."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from yijianshi.certificates import commands, queries
from yijianshi.channels.workbench import sealing, telling
from yijianshi.foundation import clock
from yijianshi.identity.entrance import STAFF, ActorRequest, entry
from yijianshi.identity.logic.actor import Role
from yijianshi.kernel.errors import DomainError

ROLES = frozenset({Role.OPERATOR})


@entry(STAFF, roles=ROLES)
@require_safe
def table(request: ActorRequest) -> HttpResponse:
    """List the seals, and the organisations that have none."""
    return _show(request)


@entry(STAFF, roles=ROLES)
@require_POST
def make(request: ActorRequest) -> HttpResponse:
    """Make the seal of an organisation."""
    try:
        commands.make_seal(sealing.wanted(request.POST), by=request.actor, at=clock.now())
    except DomainError as problem:
        return _show(request, problem)
    telling.keep(request, telling.Told("done", sealing.MADE))
    return redirect("workbench:seals")


@entry(STAFF, roles=ROLES)
@require_POST
def end(request: ActorRequest, seal_id: UUID) -> HttpResponse:
    """End a seal."""
    try:
        commands.end_seal(seal_id, request.POST.get("reason", ""), by=request.actor, at=clock.now())
    except DomainError as problem:
        return _show(request, problem)
    telling.keep(request, telling.Told("done", sealing.ENDED))
    return redirect("workbench:seals")


def _show(request: ActorRequest, problem: DomainError | None = None) -> HttpResponse:
    seals = queries.list_seals()
    page = {
        "seals": sealing.rows(seals, clock.now()),
        "without": sealing.without(seals),
        "given": request.POST if problem else {},
        "problem": problem.text if problem else None,
        "told": telling.take(request),
    }
    return render(request, "workbench/seals.html", page, status=problem.status if problem else 200)

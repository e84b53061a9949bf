"""Objections to uses of data: for the operators to look into and answer."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from yijianshi.exchange import commands
from yijianshi.exchange.queries import sharing
from yijianshi.foundation import clock
from yijianshi.identity.entrance import STAFF, ActorRequest, entry
from yijianshi.identity.logic.actor import Role
from yijianshi.kernel.errors import DomainError, Invalid

ROLES = frozenset({Role.OPERATOR})


@entry(STAFF, roles=ROLES)
@require_safe
def table(request: ActorRequest) -> HttpResponse:
    """List the objections, unanswered first."""
    return _show(request)


@entry(STAFF, roles=ROLES)
@require_POST
def answer(request: ActorRequest, objection_id: UUID) -> HttpResponse:
    """Answer one; the person reads it beside her objection."""
    try:
        commands.answer_objection(objection_id, request.POST.get("answer", ""), by=request.actor, at=clock.now())
    except Invalid as problem:
        return _show(request, problem, 422)
    return redirect("workbench:objections")


def _show(request: ActorRequest, problem: DomainError | None = None, status: int = 200) -> HttpResponse:
    page = {"objections": sharing.list_objections(by=request.actor), "problem": problem.text if problem else None}
    return render(request, "workbench/objections.html", page, status=status)

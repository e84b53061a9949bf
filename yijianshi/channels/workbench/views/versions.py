"""Versions in use: what stands on which version, and moving open drafts to the one in force after a legal change."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from yijianshi.cases import queries as cases
from yijianshi.channels.workbench import moving, telling
from yijianshi.channels.workbench.views import OVERSEE
from yijianshi.foundation import clock
from yijianshi.identity.entrance import STAFF, ActorRequest, entry
from yijianshi.identity.logic.actor import Role


@entry(STAFF, roles=OVERSEE)
@require_safe
def table(request: ActorRequest) -> HttpResponse:
    """Show each thing's versions with the drafts, running and finished applications on them."""
    found = cases.list_versions_in_use(by=request.actor, on=clock.today(clock.now()))
    page = {"things": found, "may_move": request.actor.has_role(Role.AUTHOR), "told": telling.take(request)}
    return render(request, "workbench/versions.html", page)


@entry(STAFF, roles=frozenset({Role.AUTHOR}))
def move(request: ActorRequest, code: str) -> HttpResponse:
    """Ask for the reason, showing what changes for the applicants; then move the drafts."""
    page = moving.ask(code, by=request.actor, at=clock.now())
    if request.method == "POST":
        page = moving.move(page, request.POST, by=request.actor, at=clock.now())
        if page.done is not None:
            telling.keep(request, page.done)
            return redirect("workbench:versions")
    return render(request, "workbench/move_drafts.html", {"page": page}, status=422 if page.problems else 200)

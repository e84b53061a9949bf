"""The desk for neighbour systems: how each is doing, what is stuck, and what to do about it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from yijianshi.cases import queries as cases
from yijianshi.channels.workbench import neighbourly, telling
from yijianshi.foundation import clock
from yijianshi.identity.entrance import STAFF, ActorRequest, entry
from yijianshi.identity.logic.actor import Role

LOOK = frozenset({Role.OPERATOR, Role.SUPERVISOR})
ACT = frozenset({Role.OPERATOR})


@entry(STAFF, roles=LOOK)
@require_safe
def desk(request: ActorRequest) -> HttpResponse:
    """Show the neighbours and what is stuck."""
    page = neighbourly.desk(by=request.actor, at=clock.now())
    may_act = request.actor.has_role(*ACT)
    return render(request, "workbench/exchange.html", {"page": page, "may_act": may_act, "told": telling.take(request)})


@entry(STAFF, roles=LOOK)
@require_safe
def share(request: ActorRequest) -> HttpResponse:
    """Show which items are really connected."""
    at = clock.now()
    found = cases.connected_share(by=request.actor, at=at, on=clock.today(at))
    return render(request, "workbench/connected.html", {"share": found, "groups": neighbourly.by_standing(found)})


@entry(STAFF, roles=ACT)
@require_POST
def retry(request: ActorRequest, way: str, message_id: str) -> HttpResponse:
    """Try a message again."""
    telling.keep(request, neighbourly.retry(way, message_id, by=request.actor, at=clock.now()))
    return redirect("workbench:exchange")


@entry(STAFF, roles=ACT)
@require_POST
def hand(request: ActorRequest, way: str, message_id: str) -> HttpResponse:
    """Hand the matter of a message to a person."""
    note = request.POST.get("note", "")
    telling.keep(request, neighbourly.hand(way, message_id, note, by=request.actor, at=clock.now()))
    return redirect("workbench:exchange")

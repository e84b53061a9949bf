"""A thing or a single item as citizens meet it: of the content in use, or as a proposal would have it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yijianshi.catalogue.logic import windows
from yijianshi.catalogue.queries import authoring as catalogue
from yijianshi.channels.authoring import previewing
from yijianshi.channels.authoring.presenting import parts
from yijianshi.channels.authoring.views import READ
from yijianshi.channels.shared.display import display_of
from yijianshi.foundation import clock
from yijianshi.identity.entrance import STAFF, ActorRequest, entry


@entry(STAFF, roles=READ)
@require_safe
def in_use(request: ActorRequest, code: str) -> HttpResponse:
    """Show one thing or item of the content in use."""
    return _page(request, None, code)


@entry(STAFF, roles=READ)
@require_safe
def proposed(request: ActorRequest, proposal_id: UUID, code: str) -> HttpResponse:
    """Show one thing or item as the proposal would have it."""
    return _page(request, proposal_id, code)


def _page(request: ActorRequest, proposal_id: UUID | None, code: str) -> HttpResponse:
    try:
        thing = catalogue.preview_thing(proposal_id, code, by=request.actor)
    except catalogue.MendFirst as problem:
        why = {"problem": problem, "proposal_id": proposal_id}
        return render(request, "authoring/no_preview.html", why, status=problem.status)
    look = previewing.look(thing, request.GET, display_of(request).language, clock.now())
    page = {"look": look, "thing": thing, "proposal_id": proposal_id, "parts": parts.items(thing)}
    page |= {"supplies": parts.supplies(thing), "slots": windows.slots(thing), "is_single": code.startswith("item:")}
    return render(request, "authoring/preview.html", page, status=422 if look.problem else 200)

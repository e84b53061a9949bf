"""My messages: what happened, whether something is expected of me, and how I wish to be told."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from yijianshi.channels.portal.presenting import notices as presenting
from yijianshi.exchange.notices import commands, queries
from yijianshi.foundation import clock
from yijianshi.identity import entrance
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry
from yijianshi.kernel.errors import DomainError


@entry(CITIZEN)
def mine(request: ActorRequest) -> HttpResponse:
    """List my messages, newest first."""
    cards = queries.list_notices(by=request.actor, before=presenting.place(request.GET.get("before", "")))
    return render(request, "portal/notices.html", presenting.page_of(cards))


@entry(CITIZEN)
@require_POST
def open_one(request: ActorRequest, notice_id: UUID) -> HttpResponse:
    """Mark a message as read and go where it leads, in the name of whom it concerns."""
    card = commands.read(notice_id, by=request.actor, at=clock.now())
    acting = request.actor.principal.mandate_id if request.actor.principal else None
    if card.path and card.mandate_id != acting:
        entrance.act_for(request, card.mandate_id)
    return redirect(card.path or "portal:notices")


@entry(CITIZEN)
@require_POST
def read_all(request: ActorRequest) -> HttpResponse:
    """Mark all my messages as read."""
    commands.read_all(by=request.actor, at=clock.now())
    return redirect("portal:notices")


@entry(CITIZEN)
@sensitive_post_parameters("email_address")
def settings(request: ActorRequest) -> HttpResponse:
    """Show and change by which ways, and when not, I am told."""
    if request.method != "POST":
        return _settings(request)
    try:
        commands.prefer(presenting.wishes(request.POST), by=request.actor, at=clock.now())
    except DomainError as problem:
        return _settings(request, problem)
    return redirect(f"{reverse('portal:notice-settings')}?done")


def _settings(request: ActorRequest, problem: DomainError | None = None) -> HttpResponse:
    kept = queries.get_preference(by=request.actor)
    page = presenting.settings_page(kept, request.POST if problem else None, problem, is_done="done" in request.GET)
    return render(request, "portal/notice_settings.html", page, status=problem.status if problem else 200)

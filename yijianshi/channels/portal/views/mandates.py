"""My own details, whom I act for, and who may act for me."""

from datetime import date, timedelta
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yijianshi.catalogue import queries as catalogue
from yijianshi.channels.portal.presenting import mandates as presenting
from yijianshi.foundation import clock
from yijianshi.identity import commands, entrance
from yijianshi.identity import queries as identity
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry
from yijianshi.kernel.errors import DomainError, Invalid

SIX_MONTHS = timedelta(days=183)


class UntilUnreadable(Invalid):
    """“到哪天为止”看不懂。请写成 2026-12-31 这样的日期，或者留空。

    The last day could not be read. Please write a date such as 2026-12-31, or leave it empty.
    """


@entry(CITIZEN)
def me(request: ActorRequest) -> HttpResponse:
    """Show my details in part, and the mandates in both directions."""
    return _show(request)


@entry(CITIZEN)
@require_POST
def grant(request: ActorRequest) -> HttpResponse:
    """Let somebody act for me in one matter, until a day."""
    try:
        commands.appoint_agent(_appointment(request.POST), by=request.actor, at=clock.now())
    except DomainError as problem:
        return _show(request, problem)
    return redirect("/me/#mandates")


@entry(CITIZEN)
@require_POST
def revoke(request: ActorRequest, mandate_id: UUID) -> HttpResponse:
    """End a mandate at once."""
    commands.revoke_mandate(mandate_id, by=request.actor, at=clock.now())
    return redirect("/me/#mandates")


@entry(CITIZEN)
@require_POST
def act(request: ActorRequest) -> HttpResponse:
    """Act for somebody else from now on, or for myself again."""
    chosen = request.POST.get("mandate", "")
    try:
        mandate_id = UUID(chosen) if chosen else None
    except ValueError:
        raise Http404 from None
    entrance.act_for(request, mandate_id)
    return redirect("portal:me")


def _appointment(sent: QueryDict) -> commands.Appointment:
    try:
        until = date.fromisoformat(sent.get("valid_to") or str(clock.today(clock.now()) + SIX_MONTHS))
    except ValueError:
        raise UntilUnreadable(field="valid_to") from None
    return commands.Appointment(
        agent_name=sent.get("agent_name", ""),
        agent_id_number=sent.get("agent_id_number", ""),
        scope=(sent.get("scope", ""),),
        may_submit="may_submit" in sent,
        may_use_certificates="may_use_certificates" in sent,
        valid_to=until,
    )


def _show(request: ActorRequest, problem: DomainError | None = None) -> HttpResponse:
    today = clock.today(clock.now())
    things = catalogue.list_things(by=request.actor, on=today)
    cards = identity.list_mandates(by=request.actor)
    names = {thing.code: thing.name for thing in things}
    page = {
        "person": identity.describe_self(request.actor),
        "mandates": presenting.both_ways(cards, names, today),
        "things": things,
        "problems": [{"text": problem.text, "link": "#grant"}] if problem else [],
    }
    return render(request, "portal/me.html", page, status=problem.status if problem else 200)

"""Where a submitted application stands; corrections; withdrawal."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.applications import queries as applications
from yijianshi.applications.queries import ApplicationCard
from yijianshi.cases import commands, queries
from yijianshi.cases.queries.views import Progress
from yijianshi.catalogue.logic.elsewhere import peer_of
from yijianshi.channels.portal import correcting
from yijianshi.channels.portal.presenting import lists
from yijianshi.channels.portal.presenting import progress as presenting
from yijianshi.channels.shared.display import display_of
from yijianshi.channels.shared.fields import field_id
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry
from yijianshi.kernel.errors import DomainError, NotFound

RECENT = 5  # lines of history shown at once


def show(request: ActorRequest, card: ApplicationCard) -> HttpResponse:
    """Show the Track, the next step, the papers to follow, and the certificates which have arrived; the card is the actor's."""
    return _show(request, queries.progress_of(card, by=request.actor, at=clock.now()))


def rows_of(cards: Sequence[ApplicationCard]) -> list[lists.Row]:
    """Return the submitted ones of *cards* as a list shows them; the caller has taken the actor's own."""
    every = [card for card in cards if card.state == "SUBMITTED"]
    submitted = [card for card in every if not peer_of(card.thing_code)]
    overalls = queries.overalls([card.id for card in submitted])
    away = lists.rows_away([card for card in every if peer_of(card.thing_code)])
    return lists.sorted_rows([*lists.rows(submitted, overalls, queries.papers_owed(submitted), clock.today(clock.now())), *away])


@entry(CITIZEN)
@require_POST
def deferred(request: ActorRequest, application_id: UUID, code: str) -> HttpResponse:
    """Take a paper that was accepted to follow later."""
    try:
        correcting.supply(application_id, code, request, by=request.actor, at=clock.now())
    except NotFound:
        raise
    except DomainError as problem:
        return _show(request, queries.progress(application_id, by=request.actor, at=clock.now()), code, problem)
    return redirect(f"{reverse('portal:application', args=[application_id])}#deferred")


def _show(request: ActorRequest, progress: Progress, code: str = "", problem: DomainError | None = None) -> HttpResponse:
    today = clock.today(clock.now())
    display = display_of(request, today)
    page = {
        "progress": progress,
        "terms": applications.get_terms(progress.application_id, by=request.actor),
        "papers": presenting.papers(progress, today, problem, code),
        "problems": [{"text": problem.text, "link": f"#{field_id(code)}"}] if problem else [],
        "picture": presenting.picture(progress, display),
        "arrived": [station for station in progress.stations if station.certificate_ids],
        "refused": [station for station in progress.stations if presenting.is_refused(station)],
        "recent": progress.history[:RECENT],
        "earlier": progress.history[RECENT:],
    }
    return render(request, "portal/track.html", page, status=problem.status if problem else 200)


@entry(CITIZEN)
def corrections(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Show what all departments ask to be corrected, in one notice, and take the answer in one go."""
    sheet = correcting.sheet(application_id, by=request.actor)
    if sheet is None:
        return redirect("portal:application", application_id=application_id)
    if request.method != "POST":
        return render(request, "portal/corrections.html", {"sheet": sheet, "problems": []})
    try:
        correcting.answer(sheet, request, by=request.actor, at=clock.now())
    except DomainError as problem:
        return _refused(request, application_id, problem)
    return redirect("portal:application", application_id=application_id)


def _refused(request: ActorRequest, application_id: UUID, problem: DomainError) -> HttpResponse:
    typed = dict(request.POST.lists())
    sheet = correcting.sheet(application_id, by=request.actor, problem=problem, typed=typed)
    page = {"sheet": sheet, "problems": sheet.problems if sheet else []}
    return render(request, "portal/corrections.html", page, status=problem.status)


@entry(CITIZEN)
def withdraw(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Ask once more, then withdraw the chosen items."""
    progress = queries.progress(application_id, by=request.actor, at=clock.now())
    stations = [station for station in progress.stations if station.may_withdraw]
    chosen = request.POST.getlist("items")
    if request.method == "POST" and chosen:
        reason = request.POST.get("reason", "").strip()
        commands.withdraw(application_id, chosen, reason=reason, by=request.actor, at=clock.now())
        return redirect("portal:application", application_id=application_id)
    page = {"progress": progress, "stations": stations, "nothing_chosen": request.method == "POST"}
    return render(request, "portal/withdraw.html", page)

"""Where a submitted application stands; corrections; withdrawal."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from yijianshi.cases import commands, queries
from yijianshi.channels.portal import correcting
from yijianshi.channels.portal.presenting import progress as presenting
from yijianshi.channels.shared.display import display_of
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry
from yijianshi.kernel.errors import DomainError

RECENT = 5  # lines of history shown at once


def show(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Show the Track, the next step, and the certificates which have arrived."""
    progress = queries.progress(application_id, by=request.actor, at=clock.now())
    display = display_of(request, clock.today(clock.now()))
    page = {
        "progress": progress,
        "picture": presenting.picture(progress, display),
        "arrived": [station for station in progress.stations if station.certificate_ids],
        "refused": [station for station in progress.stations if presenting.is_refused(station)],
        "recent": progress.history[:RECENT],
        "earlier": progress.history[RECENT:],
    }
    return render(request, "portal/track.html", page)


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
    page = {"sheet": sheet, "problems": [{"text": problem.text, "link": correcting.link(problem)}]}
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

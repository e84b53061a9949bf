"""Where a submitted application stands; corrections; withdrawal."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yijianshi.applications import queries as applications
from yijianshi.cases import commands, queries
from yijianshi.channels.portal import correcting
from yijianshi.channels.portal.presenting import progress as presenting
from yijianshi.channels.shared.display import display_of
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, entry
from yijianshi.kernel.errors import DomainError


def show(request: HttpRequest, application: Any) -> HttpResponse:
    """Show the Track, the next step, and the certificates which have arrived."""
    progress = queries.progress(application.id, by=request.actor, at=clock.now())
    display = display_of(request, clock.today(clock.now()))
    page = {"application": application, "progress": progress, "picture": presenting.picture(progress, display)}
    return render(request, "portal/track.html", page)


@entry(CITIZEN)
def corrections(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Show what all departments ask to be corrected, in one notice, and take the answer in one go."""
    sheet = correcting.sheet(application_id, by=request.actor, at=clock.now())
    if sheet is None:
        return redirect("portal:application", application_id=application_id)
    if request.method != "POST":
        return render(request, "portal/corrections.html", {"sheet": sheet, "problems": []})
    try:
        correcting.answer(sheet, request, at=clock.now())
    except DomainError as problem:
        told = [{"text": problem.text, "link": correcting.link(problem)}]
        return render(request, "portal/corrections.html", {"sheet": sheet, "problems": told}, status=problem.status)
    return redirect("portal:application", application_id=application_id)


@entry(CITIZEN)
def withdraw(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Ask once more, then withdraw one item or all of them."""
    progress = queries.progress(application_id, by=request.actor, at=clock.now())
    if request.method == "POST":
        codes, reason = request.POST.getlist("items"), request.POST.get("reason", "").strip()
        commands.withdraw(application_id=application_id, item_codes=codes, reason=reason, by=request.actor, at=clock.now())
        return redirect("portal:application", application_id=application_id)
    application = applications.get_application(application_id, by=request.actor)
    page = {"application": application, "stations": presenting.may_withdraw(progress)}
    return render(request, "portal/withdraw.html", page)

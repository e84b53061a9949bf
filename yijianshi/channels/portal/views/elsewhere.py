"""An application for another region: where it stands, its corrections, its results, the custody receipt."""

from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from yijianshi.channels.portal.presenting import elsewhere as presenting
from yijianshi.crossregion import commands, queries
from yijianshi.foundation import clock, files
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry
from yijianshi.kernel.errors import DomainError


def show(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Show where it stands."""
    journey = queries.get_journey(application_id, by=request.actor)
    page = {"journey": journey, "steps": presenting.steps(journey), "tone": presenting.tone_of(journey.stage)}
    return render(request, "portal/elsewhere.html", page)


@entry(CITIZEN)
def corrections(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Show what the other region wants corrected, and take the answer in one go."""
    journey = queries.get_journey(application_id, by=request.actor)
    if not journey.asked:
        return redirect("portal:application", application_id=application_id)
    if request.method != "POST":
        return _sheet(request, journey)
    values = {one.name: request.POST.get(one.name, "").strip() for one in journey.asked if one.kind == "field"}
    uploads = {one.name: request.FILES.getlist(one.name) for one in journey.asked if one.kind == "material"}
    try:
        commands.answer_elsewhere(application_id, values, uploads, by=request.actor, at=clock.now())
    except DomainError as problem:
        return _sheet(request, journey, problem)
    return redirect("portal:application", application_id=application_id)


@entry(CITIZEN)
@require_safe
def result(request: ActorRequest, application_id: UUID, file_id: UUID) -> HttpResponse:
    """Send a document of the other region."""
    ref, content = files.open_file(queries.result_file(application_id, file_id, by=request.actor))
    response = HttpResponse(content, content_type=ref.mime)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(ref.name)}"
    response["Cache-Control"] = "private, no-store"
    return response


@entry(CITIZEN)
@require_safe
def custody(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Show the custody receipt for printing."""
    journey = queries.get_journey(application_id, by=request.actor)
    return render(request, "portal/custody.html", {"journey": journey, "receipt": presenting.receipt(journey)})


def _sheet(request: ActorRequest, journey: queries.Journey, problem: DomainError | None = None) -> HttpResponse:
    lines = presenting.lines(journey, request.actor, request.POST, problem)
    problems = [presenting.problem_of(problem)] if problem else []
    page = {"journey": journey, "lines": lines, "problems": problems}
    return render(request, "portal/elsewhere_corrections.html", page, status=problem.status if problem else 200)

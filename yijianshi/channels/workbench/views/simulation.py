"""Simulation before publishing: recordings, their replay, forecasts, and recordings as worked examples."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from yijianshi.catalogue.commands import authoring as commands
from yijianshi.channels.shared.display import display_of
from yijianshi.channels.workbench import simulating
from yijianshi.channels.workbench.presenting import charts
from yijianshi.channels.workbench.views import OVERSEE
from yijianshi.foundation import clock
from yijianshi.identity.entrance import STAFF, ActorRequest, entry
from yijianshi.identity.logic.actor import Role
from yijianshi.insight import commands as insight_commands
from yijianshi.insight import queries as insight
from yijianshi.insight.logic.assumptions import read_day
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.text import Text

_ADDED = Text("例子已经放进提案：{path}", "The example is in the proposal: {path}")


@entry(STAFF, roles=OVERSEE)
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """List the recordings, and offer to record."""
    return _index(request)


@entry(STAFF, roles=OVERSEE)
@require_POST
def record(request: ActorRequest) -> HttpResponse:
    """Record the applications of one thing and go on to their replay."""
    try:
        since = read_day(request.POST.get("since", ""), "since")
        made = insight_commands.record_applications(request.POST.get("thing", ""), since, by=request.actor, at=clock.now())
    except DomainError as problem:
        return _index(request, problem)
    return redirect("workbench:replay", made)


def _index(request: ActorRequest, problem: DomainError | None = None) -> HttpResponse:
    page = simulating.overview(request.GET.get("proposal", ""), by=request.actor)
    shown = {"page": page, "problem": problem, "sent": request.POST, "sample": simulating.SAMPLE}
    return render(request, "workbench/simulation/index.html", shown, status=problem.status if problem else 200)


@entry(STAFF, roles=OVERSEE)
@require_safe
def replay(request: ActorRequest, set_id: UUID) -> HttpResponse:
    """Run the recordings against what is chosen."""
    return _replay(request, set_id, request.GET.get("against", ""))


def _replay(
    request: ActorRequest, set_id: UUID, against: str, problem: DomainError | None = None, added: Text | None = None
) -> HttpResponse:
    page = simulating.compared(set_id, against, by=request.actor, problem=problem)
    shown = {"page": page, "added": added, "may_write": request.actor.has_role(Role.AUTHOR), "sample": simulating.SAMPLE}
    return render(request, "workbench/simulation/replay.html", shown, status=page.problem.status if page.problem else 200)


@entry(STAFF, roles=OVERSEE)
@require_safe
def forecast(request: ActorRequest, set_id: UUID) -> HttpResponse:
    """Show the assumptions, and with ``run`` what comes of them."""
    page = simulating.forecast(set_id, request.GET.dict(), by=request.actor)
    drawn = charts.of(page.forecast, display_of(request).language) if page.forecast else None
    shown = {"page": page, "charts": drawn, "sample": simulating.SAMPLE}
    return render(request, "workbench/simulation/forecast.html", shown, status=page.problem.status if page.problem else 200)


@entry(STAFF, roles=OVERSEE)
@require_safe
def example(request: ActorRequest, set_id: UUID, digest: str) -> HttpResponse:
    """Give one recording as a worked example, a file to download."""
    card = insight.get_set(set_id, by=request.actor)
    thing = simulating.resolve(request.GET.get("against", ""), card.thing_code, by=request.actor)
    made = insight.get_example(set_id, digest, thing=thing, by=request.actor)
    answer = HttpResponse(made.text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{made.path.rsplit("/", 1)[-1]}"'
    return answer


@entry(STAFF, roles=frozenset({Role.AUTHOR}))
@require_POST
def keep_example(request: ActorRequest, set_id: UUID, digest: str) -> HttpResponse:
    """Put one recording into the proposal as a worked example."""
    against = request.POST.get("against", "")
    try:
        made = simulating.example_for(set_id, digest, against, by=request.actor)
        commands.save_file(made.proposal_id, made.path, made.text, revision=0, by=request.actor, at=clock.now())
    except DomainError as problem:
        return _replay(request, set_id, against, problem)
    return _replay(request, set_id, against, added=_ADDED.format(path=made.path))

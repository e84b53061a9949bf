"""Proposals: the list, a new one, one page, and each step on it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from yijianshi.catalogue.commands import authoring as commands
from yijianshi.catalogue.queries import authoring as catalogue
from yijianshi.channels.authoring import acting, naming, telling
from yijianshi.channels.authoring.presenting import listing
from yijianshi.channels.authoring.presenting import proposals as presenting
from yijianshi.channels.authoring.views import READ, WRITE
from yijianshi.foundation import clock
from yijianshi.identity.entrance import STAFF, ActorRequest, entry
from yijianshi.kernel.errors import DomainError


@entry(STAFF, roles=READ)
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """List the proposals that wait, those of the author, or all."""
    cards = catalogue.list_proposals(by=request.actor)
    page = {"list": listing.proposals(cards, request.GET.get("show", "")), "told": telling.take(request)}
    return render(request, "authoring/proposals.html", page)


@entry(STAFF, roles=WRITE)
def new(request: ActorRequest) -> HttpResponse:
    """Open a proposal; with ``path`` go on to change that file."""
    path, chosen = request.POST.get("path", ""), request.POST.get("proposal", "")
    problem = None
    if request.method == "POST":
        try:
            proposal_id = UUID(chosen) if chosen else _open(request)
            return redirect("authoring:edit", proposal_id, path) if path else redirect("authoring:proposal", proposal_id)
        except (DomainError, ValueError) as error:
            problem = error if isinstance(error, DomainError) else None
    page = {"sent": request.POST, "path": path, "problem": problem}
    return render(request, "authoring/new.html", page, status=problem.status if problem else 200)


def _open(request: ActorRequest) -> UUID:
    words = [request.POST.get(name, "") for name in ("title", "reason")]
    return commands.open_proposal(words[0], words[1], by=request.actor, at=clock.now())


@entry(STAFF, roles=READ)
@require_safe
def show(request: ActorRequest, proposal_id: UUID) -> HttpResponse:
    """Show a proposal with all that a reviewer needs."""
    return _page(request, proposal_id)


@entry(STAFF, roles=WRITE)
@require_POST
def act(request: ActorRequest, proposal_id: UUID, action: str) -> HttpResponse:
    """Take one step; what stands in the way is told on the page."""
    if not acting.is_known(action):
        raise Http404
    try:
        done = acting.take(action, acting.Sent(proposal_id, request.POST.dict(), request.actor, clock.now()))
    except DomainError as problem:
        if problem.status == 404:
            raise
        return _page(request, proposal_id, problem, action)
    telling.keep(request, done.text, done.tone)
    return redirect("authoring:proposal", done.proposal_id)


def _page(request: ActorRequest, proposal_id: UUID, problem: DomainError | None = None, action: str = "") -> HttpResponse:
    view = catalogue.get_proposal(proposal_id, by=request.actor)
    page = presenting.page(view, naming.names(proposal_id, by=request.actor))
    shown = {"page": page, "problem": problem, "failed": action, "sent": request.POST, "told": telling.take(request)}
    shown["today"] = clock.today(clock.now()).isoformat()
    return render(request, "authoring/proposal.html", shown, status=problem.status if problem else 200)

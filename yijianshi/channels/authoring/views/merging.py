"""Two people wrote the same: each conflict with both sides and what they began from; the author decides, nothing is lost."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yijianshi.catalogue.commands import authoring as commands
from yijianshi.catalogue.commands.authoring import EditedMeanwhile
from yijianshi.catalogue.queries import authoring as catalogue
from yijianshi.channels.authoring import merging, telling
from yijianshi.channels.authoring.editing import Desk
from yijianshi.channels.authoring.views import WRITE
from yijianshi.foundation import clock
from yijianshi.identity.entrance import STAFF, ActorRequest, entry
from yijianshi.kernel.errors import DomainError, Invalid
from yijianshi.kernel.text import Text

_MERGED = Text("两边的改动已合并，保存到提案。", "Both changes are merged and saved in the proposal.")


def ask(request: HttpRequest, desk: Desk, why: EditedMeanwhile) -> HttpResponse:
    """Show both texts after a save that came second."""
    return _page(request, desk, merging.of_save(why.material), why)


@entry(STAFF, roles=WRITE)
def settle(request: ActorRequest, proposal_id: UUID, path: str) -> HttpResponse:
    """Settle a file that was published differently since the proposal took it up."""
    desk = Desk(proposal_id, path, request.actor, clock.now())
    if request.method != "POST":
        return _page(request, desk, merging.of_shelf(catalogue.get_file(path, proposal_id, by=request.actor)))
    return _settled(request, desk, merging.sent(request.POST))


@entry(STAFF, roles=WRITE)
@require_POST
def merge(request: ActorRequest, proposal_id: UUID, path: str) -> HttpResponse:
    """Save the text an author settled after a save that came second."""
    desk = Desk(proposal_id, path, request.actor, clock.now())
    return _settled(request, desk, merging.sent(request.POST))


def _settled(request: HttpRequest, desk: Desk, two: merging.Two) -> HttpResponse:
    text = merging.settled(two, request.POST)
    if text is None:
        return _page(request, desk, two, merging.ChooseFirst())
    try:
        _keep(desk, two, text)
    except EditedMeanwhile as again:
        return ask(request, desk, again)
    except Invalid as problem:
        return _page(request, desk, two, problem)
    telling.keep(request, _MERGED)
    return redirect("authoring:proposal", desk.proposal_id)


def _keep(desk: Desk, two: merging.Two, text: str) -> None:
    if two.of_shelf:
        commands.settle(desk.proposal_id, desk.path, text, shelf_sha=two.base_sha, revision=two.revision, by=desk.by, at=desk.at)
        return
    sha = None if two.revision else two.base_sha
    commands.save_file(desk.proposal_id, desk.path, text, revision=two.revision, base_sha=sha, by=desk.by, at=desk.at)


def _page(request: HttpRequest, desk: Desk, two: merging.Two, problem: DomainError | None = None) -> HttpResponse:
    page = {"two": two, "parts": merging.parts(two, request.POST), "desk": desk, "problem": problem}
    return render(request, "authoring/merge.html", page, status=problem.status if problem else 200)

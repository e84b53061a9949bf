"""The content in use: the list with its search, and one file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yijianshi.catalogue.logic.authoring.states import OPEN
from yijianshi.catalogue.queries import authoring as catalogue
from yijianshi.channels.authoring import telling
from yijianshi.channels.authoring.presenting import browsing
from yijianshi.channels.authoring.views import READ
from yijianshi.identity.entrance import STAFF, ActorRequest, entry

MOST_LETTERS = 60


@entry(STAFF, roles=READ)
@require_safe
def show(request: ActorRequest) -> HttpResponse:
    """List the content by kind, or what matches ``?q=``."""
    search = request.GET.get("q", "").strip()[:MOST_LETTERS]
    cards = catalogue.list_files(by=request.actor, search=search)
    shelf = browsing.shelf(cards, request.GET.get("kind", ""), search)
    return render(request, "authoring/browse.html", {"shelf": shelf, "told": telling.take(request)})


@entry(STAFF, roles=READ)
@require_safe
def file(request: ActorRequest, path: str) -> HttpResponse:
    """Show one file as it is in use, and the way to change it."""
    view = catalogue.get_file(path, by=request.actor)
    proposals = {card.id: card for card in catalogue.list_proposals(by=request.actor, states=OPEN)}
    page = {"file": view, "preview": browsing.previewed(view.kind, view.code)}
    page["touching"] = [proposals[one] for one in view.proposals if one in proposals]
    page["mine"] = [card for card in proposals.values() if card.is_mine]
    return render(request, "authoring/file.html", page)

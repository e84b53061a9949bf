"""The start page, a one-thing, a single item."""

from django.http import HttpResponse
from django.shortcuts import render

from yijianshi.applications import queries as applications
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic import windows
from yijianshi.channels.portal.presenting import home as presenting
from yijianshi.channels.portal.presenting import lists, overview, places
from yijianshi.channels.portal.views import track
from yijianshi.foundation import clock
from yijianshi.identity.entrance import PUBLIC, ActorRequest, entry

MOST_LETTERS = 60


@entry(PUBLIC)
def home(request: ActorRequest) -> HttpResponse:
    """Show the one-things in force for people and for businesses, or those that match ``?q=``."""
    wanted = request.GET.get("q", "").strip()[:MOST_LETTERS]
    today = clock.today(clock.now())
    things = presenting.matching(catalogue.list_things(by=request.actor, on=today), wanted)
    items = presenting.matching(catalogue.list_items(by=request.actor, on=today), wanted) if wanted else []
    people = [card for card in things if card.life_cycle == "PERSON"]
    business = [card for card in things if card.life_cycle == "BUSINESS"]
    page = {"wanted": wanted, "people": people, "business": business, "items": items, "found": len(things) + len(items)}
    page["waiting"] = _waiting(request)
    return render(request, "portal/home.html", page)


@entry(PUBLIC)
def thing(request: ActorRequest, code: str) -> HttpResponse:
    """Explain one one-thing before anything is asked."""
    _, compiled = catalogue.get_current(code, clock.today(clock.now()))
    page = {"thing": compiled, "overview": overview.of_thing(compiled), "slots": windows.slots(compiled)}
    page["elsewhere"] = places.offers(code, clock.today(clock.now()))
    return render(request, "portal/thing.html", page)


@entry(PUBLIC)
def item(request: ActorRequest, code: str) -> HttpResponse:
    """Explain one item which can be handled on its own."""
    _, compiled = catalogue.get_current(f"item:{code}", clock.today(clock.now()))
    page = {"thing": compiled, "item": compiled.item(code), "overview": overview.of_thing(compiled)}
    page["slots"] = windows.slots(compiled)
    return render(request, "portal/item.html", page)


def _waiting(request: ActorRequest) -> list[lists.Row]:
    if not request.actor.is_person:
        return []
    cards = applications.list_applications(by=request.actor)
    return [row for row in track.rows_of(cards) if row.waits or row.papers]

"""重点事项清单: how far the published lists have come here, and each entry."""

from django.http import HttpResponse
from django.shortcuts import render

from yijianshi.catalogue import queries as catalogue
from yijianshi.channels.portal.presenting import matters as presenting
from yijianshi.foundation import clock
from yijianshi.identity.entrance import PUBLIC, ActorRequest, entry


@entry(PUBLIC)
def progress(request: ActorRequest) -> HttpResponse:
    """Show all lists by year and batch, for one life cycle with ``?life=``."""
    cards = catalogue.list_matter_lists(by=request.actor, on=clock.today(clock.now()))
    page = presenting.progress(cards, request.GET.get("life", ""))
    return render(request, "portal/matters.html", {"page": page})


@entry(PUBLIC)
def one(request: ActorRequest, code: str) -> HttpResponse:
    """Show one entry: departments, work guide, published figures, and the one-thing for it."""
    batch, card = catalogue.get_matter(code, by=request.actor, on=clock.today(clock.now()))
    return render(request, "portal/matter.html", {"page": presenting.one_matter(batch, card)})

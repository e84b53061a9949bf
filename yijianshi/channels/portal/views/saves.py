"""四减一优 for citizens: what doing it as one spares, with every sum."""

from django.http import HttpResponse
from django.shortcuts import render

from yijianshi.catalogue import queries as catalogue
from yijianshi.channels.portal import guiding
from yijianshi.channels.portal.presenting import saves as presenting
from yijianshi.foundation import clock
from yijianshi.identity.entrance import PUBLIC, ActorRequest, entry


@entry(PUBLIC)
def one(request: ActorRequest, code: str) -> HttpResponse:
    """Show the figures of the visitor's own answers, if there are any, and of the worked examples."""
    found = catalogue.get_savings(code, by=request.actor, on=clock.today(clock.now()))
    here = guiding.position(request, code)
    page = presenting.saves(found, here.plan if here.question is None else None)
    return render(request, "portal/saves.html", {"page": page, "thing": found.thing})

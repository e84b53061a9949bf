"""办事指南: the public service guide of a one-thing or an item, on screen and on paper."""

from django.http import HttpResponse
from django.shortcuts import render

from yijianshi.channels.portal.presenting import service_guide as presenting
from yijianshi.foundation import clock
from yijianshi.identity.entrance import PUBLIC, ActorRequest, entry

_DIGITS = 6


@entry(PUBLIC)
def one(request: ActorRequest, code: str) -> HttpResponse:
    """Show the guide for the region of ``?region=``, or of the whole province."""
    region = request.GET.get("region", "")[:_DIGITS]
    page = presenting.page(code, region, clock.today(clock.now()))
    return render(request, "portal/service_guide.html", {"page": page, "guide": page.guide, "thing": page.guide.thing})

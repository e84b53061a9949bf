"""四减一优 for those who answer for it: the table over all one-things, and its CSV."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yijianshi.catalogue import queries as catalogue
from yijianshi.channels.shared.display import display_of
from yijianshi.channels.workbench.presenting import reductions as presenting
from yijianshi.channels.workbench.views import OVERSEE
from yijianshi.foundation import clock
from yijianshi.identity.entrance import STAFF, ActorRequest, entry


@entry(STAFF, roles=OVERSEE)
@require_safe
def table(request: ActorRequest) -> HttpResponse:
    """Show before and after of every one-thing, with the sums."""
    rows = presenting.rows(catalogue.list_savings(by=request.actor, on=clock.today(clock.now())))
    return render(request, "workbench/reductions.html", {"rows": rows, "heads": presenting.heads()})


@entry(STAFF, roles=OVERSEE)
@require_safe
def export(request: ActorRequest) -> HttpResponse:
    """Give the table as a file."""
    rows = presenting.rows(catalogue.list_savings(by=request.actor, on=clock.today(clock.now())))
    text = presenting.as_csv(rows, display_of(request).language)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="reductions.csv"'
    return answer

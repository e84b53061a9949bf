"""The worklist, and one action on many of its cases."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yijianshi.cases import queries
from yijianshi.channels.workbench import batching, forms, telling
from yijianshi.channels.workbench.presenting import batch as summing
from yijianshi.channels.workbench.presenting import worklist as presenting
from yijianshi.channels.workbench.views import DESK, WATCH
from yijianshi.foundation import clock
from yijianshi.identity.entrance import STAFF, ActorRequest, entry


@entry(STAFF, roles=DESK | WATCH)
@require_safe
def show(request: ActorRequest) -> HttpResponse:
    """Show what lies on the desk, most urgent first."""
    filters, cursor = forms.filters_of(request.GET), request.GET.get("cursor", "")
    page = queries.list_worklist(by=request.actor, at=clock.now(), filters=filters, cursor=cursor or None)
    told = telling.take(request)
    return render(
        request, "workbench/worklist.html", {"desk": presenting.desk(page, filters, cursor, request.actor), "told": told}
    )


@entry(STAFF, roles=DESK)
@require_POST
def batch(request: ActorRequest, action: str) -> HttpResponse:
    """Take one action on the ticked cases; approvals and deliveries are summed up first."""
    if not batching.known(action):
        raise Http404
    sent, at = forms.batch_of(action, request.POST), clock.now()
    rows = queries.list_rows(sent.case_ids, by=request.actor, at=at)
    problems = batching.problems(sent, rows, clock.today(at)) if sent.step else {}
    if rows and action in batching.REVIEWED and (problems or not sent.confirmed):
        page = {"summary": summing.summary(sent, rows, problems)}
        return render(request, "workbench/batch_review.html", page, status=422 if problems else 200)
    outcomes = batching.handle(sent, rows, by=request.actor, at=at)
    telling.keep(request, batching.report(action, outcomes))
    return redirect(f"{reverse('workbench:worklist')}?{sent.listed}" if sent.listed else "workbench:worklist")

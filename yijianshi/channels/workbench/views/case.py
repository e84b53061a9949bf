"""The case page, and one action on one case."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from yijianshi.cases import queries
from yijianshi.channels.shared.display import display_of
from yijianshi.channels.workbench import acting, answering, forms, telling
from yijianshi.channels.workbench.presenting import asking
from yijianshi.channels.workbench.presenting import case as presenting
from yijianshi.channels.workbench.views import DESK, WATCH
from yijianshi.foundation import clock
from yijianshi.identity.entrance import STAFF, ActorRequest, entry


@entry(STAFF, roles=DESK | WATCH)
@require_safe
def show(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Show one case: what the item needs, and nothing more."""
    at = clock.now()
    case = queries.get_case(case_id, by=request.actor, at=at)
    today = clock.today(at)
    page = presenting.page(case, forms.listed_of(request.GET), display_of(request, today), today)
    listed = forms.listed_of(request.GET)
    return render(request, "workbench/case.html", {"page": page, "case": case, "listed": listed, "told": telling.take(request)})


@entry(STAFF, roles=DESK)
def act(request: ActorRequest, case_id: UUID, action: str) -> HttpResponse:
    """Show the form of an action, its summary, or take it."""
    if action not in acting.FORMS:
        raise Http404
    at = clock.now()
    case = queries.get_case(case_id, by=request.actor, at=at)
    sent = forms.sent_in(request, {result.name: asking.takes_many(result) for result in case.results})
    outcome = acting.proceed(case, action, sent, by=request.actor, at=at)
    if outcome.step is acting.Step.DONE:
        return redirect(answering.after(request, case, action, sent))
    template, page = answering.page(request, case, action, sent, outcome)
    return render(request, template, page, status=outcome.status)

"""One more vehicle or driver on the form, or one fewer; what stands on the page is saved with it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.applications import commands, queries
from yijianshi.channels.portal.presenting import answers, pages
from yijianshi.channels.portal.views.drafting import while_draft
from yijianshi.channels.portal.views.form import given_values
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry


@entry(CITIZEN)
@require_POST
@while_draft
def add(request: ActorRequest, application_id: UUID, entity: str) -> HttpResponse:
    """Add one more of what *entity* is, and go to what is to be answered or filled in for it."""
    made = commands.add_object(entity=entity, **_sent(request, application_id, entity))
    draft = queries.get_draft(application_id, by=request.actor, at=clock.now())
    question = answers.next_question(draft)
    return redirect(
        answers.address(draft, question.fact) if question else f"{reverse('portal:form', args=[draft.id, made])}#g-{made}"
    )


@entry(CITIZEN)
@require_POST
@while_draft
def remove(request: ActorRequest, application_id: UUID, entity: str) -> HttpResponse:
    """Remove one of several, with its answers and papers; those behind it move up."""
    commands.remove_object(entity=entity, **_sent(request, application_id, entity))
    return redirect("portal:application", application_id=application_id)


def _sent(request: ActorRequest, application_id: UUID, entity: str) -> dict[str, Any]:
    by, at, revision = request.actor, clock.now(), request.POST.get("revision", "")
    page = pages.find_page(queries.get_draft(application_id, by=by, at=at), entity)
    if page is None:
        raise Http404
    return {
        "application_id": application_id,
        "values": given_values(page.fields, request.POST),
        "revision": int(revision) if revision.isdigit() else None,
        "by": by,
        "at": at,
    }

"""My applications, and one of them: the task list while it is a draft, the Track afterwards."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yijianshi.applications import commands, queries
from yijianshi.applications.queries.views import DraftView
from yijianshi.catalogue.logic.elsewhere import peer_of
from yijianshi.channels.portal.presenting import answers, singly, tasks
from yijianshi.channels.portal.views import elsewhere, track
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry


@entry(CITIZEN)
def mine(request: ActorRequest) -> HttpResponse:
    """List drafts and submitted applications."""
    cards = queries.list_applications(by=request.actor)
    drafts = [card for card in cards if card.state == "DRAFT"]
    page = {
        "drafts": drafts,
        "submitted": track.rows_of(cards),
        "asked": queries.list_requests(by=request.actor),
        "ripe": queries.list_ripe(by=request.actor, at=clock.now()),
    }
    return render(request, "portal/applications.html", page)


@entry(CITIZEN)
def one(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Show what is still to do, or where the application stands."""
    application = queries.get_application(application_id, by=request.actor)
    if application.state != "DRAFT":
        away = peer_of(application.thing_code)
        return elsewhere.show(request, application_id) if away else track.show(request, application)
    draft = queries.get_draft(application_id, by=request.actor, at=clock.now())
    page = {"draft": draft, "application": application, "answers": answers.of_draft(draft), "steps": singly.steps(draft.plan)}
    page |= _tasks(draft)
    return render(request, "portal/tasks.html", page)


@entry(CITIZEN)
@require_POST
def discard(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Throw a draft away at the applicant's wish."""
    commands.discard(application_id=application_id, by=request.actor, at=clock.now())
    return redirect("portal:applications")


def _tasks(draft: DraftView) -> dict[str, object]:
    every = tasks.of_draft(draft)
    return {"to_do": tasks.still_open(every), "done": [task for task in every if task.tone == "done"]}

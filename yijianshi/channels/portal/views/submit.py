"""Check your answers, submit once, and the receipt."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render

from yijianshi.applications import commands, queries
from yijianshi.cases import queries as cases
from yijianshi.catalogue.logic.elsewhere import peer_of
from yijianshi.channels.portal import competence
from yijianshi.channels.portal.presenting import check as presenting
from yijianshi.channels.portal.presenting import singly
from yijianshi.channels.portal.views.drafting import while_draft
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry
from yijianshi.kernel.errors import DomainError, NotFound


@entry(CITIZEN)
@while_draft
def check(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Show all answers once more; on POST submit them, once, whatever happens to the connection."""
    if request.method != "POST":
        return _show(request, application_id)
    try:
        commands.submit([_submission(request, application_id)], by=request.actor, at=clock.now())
    except DomainError as problem:
        return _show(request, application_id, problem)
    return redirect("portal:submitted", application_id=application_id)


def _submission(request: ActorRequest, application_id: UUID) -> commands.Submission:
    revision = request.POST.get("revision", "")
    return commands.Submission(
        application_id=application_id,
        idempotency_key=request.POST.get("idempotency_key", ""),
        revision=int(revision) if revision.isdigit() else None,
        declaration=request.POST.get("declaration") == "yes",
    )


def _show(request: ActorRequest, application_id: UUID, problem: DomainError | None = None) -> HttpResponse:
    draft = queries.get_draft(application_id, by=request.actor, at=clock.now())
    page = {
        "draft": draft,
        "check": presenting.of_draft(draft),
        "idempotency_key": request.POST.get("idempotency_key") or str(uuid4()),
        "refused": problem is not None,
        "steps": singly.steps(draft.plan),
        "declaration": presenting.DECLARATION,
        "problems": presenting.problems(draft, problem, competence.problems(draft)),
    }
    return render(request, "portal/check.html", page, status=_status(problem))


def _status(refused: DomainError | None) -> int:
    """Return the status of the page; a department that is not found is a place to mend, the page itself is there."""
    return 200 if refused is None else 422 if isinstance(refused, NotFound) else refused.status


@entry(CITIZEN)
def submitted(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Say that it arrived, what happens next and until when; of one for another region its way says so."""
    if peer_of(queries.get_application(application_id, by=request.actor).thing_code):
        return redirect("portal:application", application_id=application_id)
    return render(request, "portal/submitted.html", _receipt(request, application_id))


@entry(CITIZEN)
def receipt(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Show the receipt （收件凭证） for printing."""
    return render(request, "portal/receipt.html", _receipt(request, application_id))


def _receipt(request: ActorRequest, application_id: UUID) -> dict[str, Any]:
    return {
        "receipt": queries.get_receipt(application_id, by=request.actor),
        "terms": queries.get_terms(application_id, by=request.actor),
        "progress": cases.progress(application_id, by=request.actor, at=clock.now()),
    }

"""Agreement of the other parties: the applicant asks, the party reads and answers."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from yijianshi.applications import commands, queries
from yijianshi.channels.portal.presenting import parties as presenting
from yijianshi.channels.portal.views.drafting import while_draft
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry
from yijianshi.kernel.errors import DomainError, NotFound


@entry(CITIZEN)
@while_draft
def ask(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Show who else must agree, and on POST ask one of them."""
    problem = None
    if request.method == "POST":
        try:
            entity = request.POST.get("entity", "")
            commands.invite(application_id=application_id, entity=entity, by=request.actor, at=clock.now())
            return redirect("portal:parties", application_id=application_id)
        except DomainError as error:
            problem = error
    draft = queries.get_draft(application_id, by=request.actor, at=clock.now())
    page = {"draft": draft, "lines": presenting.of_draft(draft, request), "problem": problem}
    return render(request, "portal/parties.html", page, status=problem.status if problem else 200)


@entry(CITIZEN)
def answer(request: ActorRequest, invitation_id: UUID) -> HttpResponse:
    """Show a party what they are asked to agree to, and take the answer."""
    if request.method != "POST":
        return _show(request, invitation_id)
    try:
        _take(request, invitation_id)
    except NotFound:
        raise
    except DomainError as problem:
        return _show(request, invitation_id, problem)
    return redirect("portal:confirmation", invitation_id=invitation_id)


def _take(request: ActorRequest, invitation_id: UUID) -> None:
    digest, by, at = request.POST.get("digest", ""), request.actor, clock.now()
    if request.POST.get("answer") == "decline":
        reason = request.POST.get("reason", "")
        commands.decline_request(invitation_id=invitation_id, digest=digest, reason=reason, by=by, at=at)
    else:
        commands.confirm(invitation_id=invitation_id, digest=digest, by=by, at=at)


def _show(request: ActorRequest, invitation_id: UUID, problem: DomainError | None = None) -> HttpResponse:
    asked = queries.get_request(invitation_id, by=request.actor)
    page = {"asked": asked, "problem": problem, "files": presenting.file_names(asked)}
    return render(request, "portal/confirmation.html", page, status=problem.status if problem else 200)

"""Something new in a proposal."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from yijianshi.channels.authoring import creating
from yijianshi.channels.authoring.views import WRITE
from yijianshi.foundation import clock
from yijianshi.identity.entrance import STAFF, ActorRequest, entry
from yijianshi.kernel.errors import DomainError


@entry(STAFF, roles=WRITE)
def add(request: ActorRequest, proposal_id: UUID) -> HttpResponse:
    """Ask what is to be new, begin it and go on to edit it."""
    problem = None
    if request.method == "POST":
        try:
            path = creating.create(proposal_id, request.POST.dict(), by=request.actor, at=clock.now())
            return redirect("authoring:edit", proposal_id, path)
        except DomainError as error:
            problem = error
    sent = request.POST or request.GET
    page = {"page": creating.page(by=request.actor), "proposal_id": proposal_id, "sent": sent, "problem": problem}
    return render(request, "authoring/add.html", page, status=problem.status if problem else 200)

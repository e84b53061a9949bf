"""One's own account at the desk: who one is here, and the password."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from yijianshi.channels.shared import passwords
from yijianshi.identity.entrance import STAFF, ActorRequest, entry


@entry(STAFF)
@sensitive_post_parameters()
def show(request: ActorRequest) -> HttpResponse:
    """Show organisation and roles, and change the password."""
    if request.method != "POST":
        return render(request, "workbench/account.html", {"change": passwords.ask(request.actor, is_done="done" in request.GET)})
    change = passwords.take(request, request.actor)
    if change.is_done:
        return redirect(f"{reverse('workbench:account')}?done")
    return render(request, "workbench/account.html", {"change": change}, status=change.status)

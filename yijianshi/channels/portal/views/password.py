"""Changing one's own password."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from yijianshi.channels.shared import passwords
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry


@entry(CITIZEN)
@sensitive_post_parameters()
def change(request: ActorRequest) -> HttpResponse:
    """Ask for the present and the new password, and change it."""
    if request.method != "POST":
        return render(request, "portal/password.html", {"change": passwords.ask(request.actor, is_done="done" in request.GET)})
    change = passwords.take(request, request.actor)
    if change.is_done:
        return redirect(f"{reverse('portal:password')}?done")
    return render(request, "portal/password.html", {"change": change}, status=change.status)

"""The door of every page of a draft."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from yijianshi.applications import queries
from yijianshi.identity.entrance import ActorRequest

View = Callable[..., HttpResponse]


def while_draft(view: View) -> View:
    """Lead whoever comes back to a page of a submitted application to where it stands; a late change still answers 409."""

    @wraps(view)
    def enter(request: ActorRequest, application_id: UUID, **rest: Any) -> HttpResponse:
        try:
            return view(request, application_id, **rest)
        except queries.NotADraft:
            if request.method not in ("GET", "HEAD"):
                raise
            return redirect("portal:application", application_id=application_id)

    return enter

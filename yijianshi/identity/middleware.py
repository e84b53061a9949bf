"""Turn each request's session or bearer token into ``request.actor``.

Also sets ``request.actor_source`` ("token", "session" or None) and ``request.mandate_ended`` (somebody was acting for a principal
and no longer may). A request with a bearer token is judged by that token alone, even beside a valid session.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog
from django.contrib import auth
from django.http import HttpRequest, HttpResponse

from yijianshi.foundation import clock
from yijianshi.identity import queries
from yijianshi.identity.commands.tokens import find_account_by_token
from yijianshi.identity.entrance import sessions
from yijianshi.identity.logic.actor import ANONYMOUS
from yijianshi.identity.models import Account

ACTING_HEADER = "Acting-For"  # the id of a mandate, for programs


class ActorMiddleware:
    """Sits after session and authentication middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Identify the actor, answer, and keep personal pages out of caches (a kiosk's back button, a shared computer)."""
        _identify(request, clock.now())
        actor = request.actor  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(actor_kind=str(actor.kind), actor_id=str(actor.account_id or "-")):
            response = self.get_response(request)
        if not request.actor.is_anonymous:  # type: ignore[attr-defined]
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _identify(request: HttpRequest, at: datetime) -> None:
    request.actor, request.actor_source, request.mandate_ended = ANONYMOUS, None, False  # type: ignore[attr-defined]
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        account = find_account_by_token(token.strip(), at)
        _stand_for(request, account, request.headers.get(ACTING_HEADER, ""), "token", at)
        return
    account = _session_account(request, at)
    if account is not None:
        _stand_for(request, account, request.session.get(sessions.ACTING, ""), "session", at)
        if request.mandate_ended:  # type: ignore[attr-defined]
            del request.session[sessions.ACTING]


def _session_account(request: HttpRequest, at: datetime) -> Account | None:
    """Return the account of a session that is still alive; one that idled too long is emptied."""
    user = request.user
    if not isinstance(user, Account):
        return None
    if sessions.is_over(request, sessions.STAFF_IDLE if user.staff_id else sessions.CITIZEN_IDLE, at):
        auth.logout(request)
        return None
    sessions.note_activity(request, at)
    return user


def _stand_for(request: HttpRequest, account: Account | None, mandate: str, source: str, at: datetime) -> None:
    if account is None:
        return
    request.actor_source = source  # type: ignore[attr-defined]
    try:
        request.actor = queries.actor_of(account, _mandate_id(mandate), at=at)  # type: ignore[attr-defined]
    except queries.ActingEnded:
        request.actor, request.mandate_ended = queries.actor_of(account, at=at), True  # type: ignore[attr-defined]


def _mandate_id(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as error:
        raise queries.ActingEnded from error

"""Doors of API operations (``auth=citizen_token``).

A bearer token opens them, or the session of the same site together with its CSRF token.
"""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.utils import check_csrf

from yijianshi.identity.entrance.doors import SAFE_METHODS, check
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.identity.logic.entry import Entry, EntryKind, entry_for
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.text import Text


class ApiDoor(HttpBearer):
    """The door of an API operation; the middleware has already turned token or session into ``request.actor``."""

    def __init__(self, *entries: Entry) -> None:
        super().__init__()
        self.entries = entries
        self.entry = entries[0]

    def __call__(self, request: HttpRequest) -> Actor:
        """Return the actor, or raise the DomainError that says why not."""
        by_kind = [door for door in self.entries if door.admits(request.actor)]  # type: ignore[attr-defined]
        actor = check(by_kind[0] if by_kind else self.entry, request)
        _check_same_site(request)
        return actor

    def authenticate(self, request: HttpRequest, token: str) -> Any | None:
        """Never called: tokens are looked up once, in the middleware."""
        raise AssertionError("tokens are looked up in the middleware")


class PublicDoor:
    """The door of an operation open to everybody."""

    entry = Entry(EntryKind.PUBLIC)

    def __call__(self, request: HttpRequest) -> Actor:
        """Return whoever asks, perhaps ANONYMOUS."""
        actor = check(self.entry, request)
        _check_same_site(request)
        return actor


class DemoDoor(PublicDoor):
    """The door of an operation that exists in demo mode only."""

    entry = Entry(EntryKind.DEMO)


def staff_with(roles: Collection[Role]) -> ApiDoor:
    """Return the door for staff with one of *roles*."""
    return ApiDoor(entry_for(EntryKind.STAFF, roles))


citizen_token = ApiDoor(Entry(EntryKind.CITIZEN))
staff_token = ApiDoor(Entry(EntryKind.STAFF))
member_token = ApiDoor(Entry(EntryKind.CITIZEN), Entry(EntryKind.STAFF))  # anybody who is logged in
public = PublicDoor()
demo_only = DemoDoor()


def _check_same_site(request: HttpRequest) -> None:
    """Refuse a change that rides on a session cookie without the site's CSRF token; a bearer token needs none."""
    if getattr(request, "actor_source", None) != "session" or request.method in SAFE_METHODS:
        return
    if check_csrf(request) is not None:
        why = Text("页面已经过期，请刷新后再提交", "the page has expired; please reload it and try again")
        raise Forbidden(why=why)

"""Doors of HTML views: ``@entry(CITIZEN)`` above every view."""

from collections.abc import Callable, Collection
from functools import partial, wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers

from yijianshi.identity.logic.actor import ANONYMOUS, Actor, Role
from yijianshi.identity.logic.entry import Entry, EntryKind, entry_for
from yijianshi.identity.queries import ActingEnded
from yijianshi.kernel.errors import DomainError, Forbidden, NotFound
from yijianshi.kernel.text import Text

PUBLIC = EntryKind.PUBLIC
CITIZEN = EntryKind.CITIZEN
STAFF = EntryKind.STAFF
DEMO = EntryKind.DEMO

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
View = Callable[..., HttpResponse]


class NotLoggedIn(DomainError):
    """请先登录。登录可能因为一段时间没有操作而结束了；已经保存的内容都还在。

    Please log in first. A log-in ends after some time without activity; everything saved is still there.
    """

    status = 401


class WrongDoor(Forbidden):
    """这个页面不对您现在登录的账户开放。请换用办事人账户或者有相应岗位的工作人员账户登录。

    This page is not open to the account you are logged in with. Please log in as an applicant, or as staff with the right role.
    """


def entry(kind: EntryKind, *, roles: Collection[Role] = ()) -> Callable[[View], View]:
    """Give a view its door. Somebody not logged in is sent to the log-in page and comes back after it."""
    door = entry_for(kind, roles)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = actor_on(request)
            if needs_log_in(door, actor):
                return _to_log_in(request)
            check(door, request)
            return view(request, *args, **kwargs)

        guarded.entry = door  # type: ignore[attr-defined]
        return guarded

    return decorate


def actor_on(request: HttpRequest) -> Actor:
    """Return who asks; ANONYMOUS when no middleware has looked."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    return actor


def needs_log_in(door: Entry, actor: Actor) -> bool:
    """Say whether logging in could help to pass the door."""
    return actor.is_anonymous and not door.admits(actor)


def check(door: Entry, request: HttpRequest) -> Actor:
    """Return the actor if the door admits them; raises NotLoggedIn, WrongDoor, ActingEnded, or NotFound for a demo door."""
    actor = actor_on(request)
    if door.kind is DEMO and not settings.DEMO:
        raise NotFound(what=Text("这个页面", "This page"))
    if needs_log_in(door, actor):
        raise NotLoggedIn
    if not door.admits(actor):
        raise WrongDoor
    if getattr(request, "mandate_ended", False) and request.method not in SAFE_METHODS and door.kind is CITIZEN:
        raise ActingEnded  # what was meant for the principal must not silently happen for the agent
    return actor


def entry_of(view: Any) -> Entry | None:
    """Return the door of a view or of an API path (of its operations the most open one), None if one was forgotten."""
    if isinstance(view, partial) and view.func.__module__.startswith("ninja.openapi"):
        return Entry(PUBLIC)
    door = getattr(view, "entry", None)
    if isinstance(door, Entry):
        return door
    return _most_open([_operation_entry(operation) for operation in _operations(view)])


def _most_open(doors: list[Entry | None]) -> Entry | None:
    order = [PUBLIC, DEMO, CITIZEN, STAFF, EntryKind.NEIGHBOUR]
    known = [door for door in doors if door is not None]
    return min(known, key=lambda door: order.index(door.kind)) if known and len(known) == len(doors) else None


def _operations(view: Any) -> list[Any]:
    """Return the operations behind a view of django-ninja, which keeps them in its closure."""
    cells = [cell.cell_contents for cell in getattr(view, "__closure__", None) or ()]
    return next((cell.operations for cell in cells if hasattr(cell, "operations")), [])


def _operation_entry(operation: Any) -> Entry | None:
    doors = [getattr(callback, "entry", None) for callback in operation.auth_callbacks]
    return _most_open(doors)


def _to_log_in(request: HttpRequest) -> HttpResponse:
    target = request.get_full_path() if request.method in SAFE_METHODS else request.path
    response = HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': target})}")
    add_never_cache_headers(response)
    return response

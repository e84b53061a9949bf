"""Logging in and out, and how the pages are displayed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from yijianshi.channels.shared import display as choices
from yijianshi.identity import entrance
from yijianshi.identity import queries as identity
from yijianshi.identity.entrance import DEMO, PUBLIC, entry
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import DomainError

ONE_YEAR = 365 * 24 * 3600
ALLOWED = {choices.LANGUAGE_COOKIE: ("zh", "en"), choices.ELDER_COOKIE: ("0", "1"), choices.THEME_COOKIE: choices.THEMES}


@entry(PUBLIC)
@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; in a demonstration the invented people are listed as well."""
    problem = None
    if request.method == "POST":
        try:
            actor = entrance.open_session(request, request.POST.get("username", "").strip(), request.POST.get("password", ""))
            return redirect(_next(request, _home(actor)))
        except DomainError as refused:
            problem = refused
    demo = identity.list_staff_accounts_demo()
    page = {"problem": problem, "next": _next(request, ""), "demo_accounts": demo, "username": request.POST.get("username", "")}
    return render(request, "portal/login.html", page, status=problem.status if problem else 200)


@entry(DEMO)
@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    """Enter as one of the invented people; exists in demo mode only."""
    actor = entrance.open_demo_session(request, request.POST.get("username", ""))
    return redirect(_next(request, _home(actor)))


@entry(PUBLIC)
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Leave."""
    entrance.close_session(request)
    return redirect("portal:home")


@entry(PUBLIC)
def display(request: HttpRequest) -> HttpResponse:
    """Keep language, large print and light in cookies of this browser."""
    if request.method != "POST":
        return render(request, "portal/display.html", {})
    answer = redirect(_next(request, "/settings/display/"))
    for name, allowed in ALLOWED.items():
        if request.POST.get(name) in allowed:
            answer.set_cookie(name, request.POST[name], max_age=ONE_YEAR, samesite="Lax", secure=request.is_secure())
    return answer


def _home(actor: Actor) -> str:
    """Return where somebody's work is: authors write, other staff handle cases."""
    if not actor.is_staff:
        return "/"
    return "/authoring/" if actor.roles == {Role.AUTHOR} else "/workbench/"


def _next(request: HttpRequest, otherwise: str) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if safe else otherwise

"""Pages of words: help, accessibility, privacy, offline."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yijianshi.identity.entrance import PUBLIC, entry


@entry(PUBLIC)
def help_page(request: HttpRequest) -> HttpResponse:
    """Answer what people ask most, and name the ways to reach a person."""
    return render(request, "portal/help.html", {})


@entry(PUBLIC)
def accessibility(request: HttpRequest) -> HttpResponse:
    """State how accessible these pages are."""
    return render(request, "portal/accessibility.html", {})


@entry(PUBLIC)
def privacy(request: HttpRequest) -> HttpResponse:
    """State what happens to personal information."""
    return render(request, "portal/privacy.html", {})


@entry(PUBLIC)
def offline(request: HttpRequest) -> HttpResponse:
    """Say that there is no connection and that typing is safe."""
    return render(request, "offline.html", {})

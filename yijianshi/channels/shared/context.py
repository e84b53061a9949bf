"""What every page knows without asking: the reader's display choices, who is logged in, whether this is a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from yijianshi.channels.shared import display as display_choices
from yijianshi.exchange.notices import queries as notices
from yijianshi.foundation import clock


def display(request: HttpRequest) -> dict[str, Any]:
    """Return display, language, actor, demo and unread for the templates, and set the language of the filters."""
    chosen = display_choices.display_of(request, clock.today(clock.now()))
    display_choices.use(chosen)
    return {
        "display": chosen,
        "language": chosen.language,
        "actor": getattr(request, "actor", None),
        "demo": settings.DEMO,
        "unread": SimpleLazyObject(lambda: _unread(request)),  # asked for by pages with the header only
    }


def _unread(request: HttpRequest) -> int:
    actor = getattr(request, "actor", None)
    return notices.count_unread(by=actor) if actor is not None else 0

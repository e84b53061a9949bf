"""``{% lamp "RED" %}``, ``{% desk %}`` and the little words of the worklist."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from yijianshi.channels.workbench.presenting import words
from yijianshi.channels.workbench.views import DESK, OVERSEE
from yijianshi.crossregion import queries as crossregion
from yijianshi.exchange import queries as neighbours
from yijianshi.identity import queries as identity
from yijianshi.kernel.text import Text

register = template.Library()

# Shapes differ as well as colours: circle, triangle, octagon, square, two bars.
_SHAPES = {
    "GREEN": '<circle class="shape" cx="10" cy="10" r="7"/>',
    "YELLOW": '<path class="shape" d="M10 2.2 18.4 17H1.6Z"/><path class="sign" d="M10 7.6v4.4M10 14.4v.1"/>',
    "RED": '<path class="shape" d="M6.5 2h7l4.5 4.5v7l-4.5 4.5h-7l-4.5-4.5v-7Z"/><path class="sign" d="M10 5.6v5.4M10 14.2v.1"/>',
    "BLACK": '<path class="shape" d="M2 2h16v16H2Z"/><path class="sign" d="M6.4 6.4l7.2 7.2M13.6 6.4l-7.2 7.2"/>',
    "GREY": '<path class="bars" d="M7 4v12M13 4v12"/>',
}


@register.inclusion_tag("workbench/parts/lamp.html")
def lamp(code: str) -> dict[str, Any]:
    """Return the lamp of a case: shape, colour and word."""
    known = code if code in _SHAPES else "GREY"
    return {"code": known.lower(), "shape": _drawn(known), "words": words.LAMPS[known]}


@register.filter
def days_left(count: int | None) -> Text | None:
    """Return how many working days are left or over."""
    return words.days_left(count)


@register.inclusion_tag("workbench/parts/state.html")
def state(code: str, text: Text) -> dict[str, Any]:
    """Return a case's state in the desk's words, with its tone."""
    return {"tone": words.STATE_TONES.get(str(code), "idle"), "words": words.state(code, text)}


@register.simple_tag(takes_context=True)
def staff(context: Context) -> dict[str, Any]:
    """Return who sits at the desk: name, organisation, roles in words."""
    actor = context["actor"]
    roles = [text for code, text in words.ROLES.items() if code in actor.roles]
    organisation = identity.get_organisation(actor.organisation_id) if actor.organisation_id else None
    return {
        "name": actor.name,
        "organisation": organisation.name if organisation else None,
        "roles": roles,
        "oversees": bool(OVERSEE & actor.roles),
        "issues": bool(DESK & actor.roles),
        "receives": bool(neighbours.list_peers()) and crossregion.may_receive(actor),
    }


def _drawn(code: str) -> SafeString:
    return mark_safe(f'<svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">{_SHAPES[code]}</svg>')  # noqa: S308

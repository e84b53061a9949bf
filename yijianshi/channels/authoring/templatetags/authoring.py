"""``{% sections %}``: the parts of the workplace in its header."""

from dataclasses import dataclass

from django import template
from django.template.context import Context
from django.urls import reverse

from yijianshi.channels.authoring.views import WRITE
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.text import Text

register = template.Library()


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the workplace."""

    label: Text
    address: str
    current: bool


_SECTIONS: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    ("authoring:browse", Text("内容", "Content"), ("browse", "file", "thing")),
    (
        "authoring:proposals",
        Text("提案", "Proposals"),
        ("proposals", "proposal", "new", "edit", "merge", "preview", "act", "settle"),
    ),
)


@register.simple_tag(takes_context=True)
def sections(context: Context) -> list[Section]:
    """Return the parts of the workplace; the one the page belongs to is current."""
    match = context["request"].resolver_match
    here = match.url_name if match else ""
    return [Section(label, reverse(name), here in names) for name, label, names in _SECTIONS]


@register.filter
def writes(actor: Actor) -> bool:
    """Say whether somebody may change content, or only read it."""
    return bool(WRITE & actor.roles)

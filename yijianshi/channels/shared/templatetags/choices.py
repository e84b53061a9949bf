"""``{% options field.options %}``: the options of a select; a list of places has dozens, too many for a loop of the template."""

from collections.abc import Iterable
from typing import Protocol

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from yijianshi.channels.shared import display as display_choices
from yijianshi.kernel.text import Text

register = template.Library()


class Option(Protocol):
    """One option of a choice."""

    @property
    def code(self) -> str:
        """What the form sends."""

    @property
    def label(self) -> Text:
        """What the reader sees."""

    @property
    def chosen(self) -> bool:
        """Whether it is the answer so far."""


@register.simple_tag
def options(choices: Iterable[Option]) -> SafeString:
    """Return the ``<option>`` elements, every word escaped."""
    language = display_choices.current().language
    written = (
        f'<option value="{escape(one.code)}"{" selected" if one.chosen else ""}>{escape(one.label.get(language))}</option>'
        for one in choices
    )
    return mark_safe("".join(written))  # noqa: S308  escaped above

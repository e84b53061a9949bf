"""Words in the reader's language: ``{% say "提交" "Submit" %}`` for the page's own, ``{{ text|said }}`` for content."""

from datetime import date, datetime
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from yijianshi.channels.shared import confidence as how_sure
from yijianshi.channels.shared import dates, icons
from yijianshi.channels.shared import display as display_choices
from yijianshi.kernel.text import Text

register = template.Library()
_filled = template.Library()


@_filled.simple_tag(takes_context=True)
def say(context: Context, zh: str, en: str, **values: Any) -> str:
    """Return *zh* or *en* with ``{placeholders}`` filled; a value may be a Text."""
    text = Text(zh, en)
    return (text.format(**values) if values else text).get(_language(context))


class Words(template.Node):
    """Words of the page's own that need nothing but its language: most of what stands on it."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def render(self, context: Context) -> SafeString:
        """Return the words as the template's author wrote them."""
        return mark_safe(self.text.get(_language(context)))  # noqa: S308


@register.tag("say")
def say_or_fill(parser: Parser, token: Token) -> template.Node:
    """Read ``{% say "提交" "Submit" %}``; what has values, variables or filters is left to :func:`say`."""
    _, *parts = token.split_contents()
    if len(parts) == 2 and all(map(_is_plain, parts)):
        return Words(Text(parts[0][1:-1], parts[1][1:-1]))
    node: template.Node = _filled.tags["say"](parser, token)
    return node


def _is_plain(part: str) -> bool:
    return part[0] in "\"'" and part[-1] == part[0] and part.count(part[0]) == 2 and "\\" not in part


def _language(context: Context) -> str:
    return context.get("language") or display_choices.current().language


@register.filter
def said(text: Text | str | None) -> str:
    """Return a content text in the reader's language; plain strings pass through, nothing becomes an empty string."""
    if text is None:
        return ""
    return text if isinstance(text, str) else text.get(display_choices.current().language)


@register.filter
def sure(confidence: str) -> str:
    """Return how sure something is, in words."""
    return how_sure.WORDS[confidence].get(display_choices.current().language)


@register.filter
def day(value: date | None) -> str:
    """Return a date with its weekday, in words."""
    chosen = display_choices.current()
    return "" if value is None else dates.day_in_words(value, chosen.language, chosen.today)


@register.filter
def moment(value: datetime | None) -> str:
    """Return a time in words, in Shanghai time."""
    chosen = display_choices.current()
    return "" if value is None else dates.moment_in_words(value, chosen.language, chosen.today)


@register.filter
def in_full(value: date | None) -> str:
    """Return a date with its year, or a moment with its date, for what is printed and kept."""
    language = display_choices.current().language
    if isinstance(value, datetime):
        return dates.moment_in_words(value, language)
    return "" if value is None else dates.day_in_words(value, language)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return one of the house's icons; the drawing is ours, not the user's."""
    return mark_safe(icons.draw(name))  # noqa: S308


@register.inclusion_tag("shared/tag.html")
def status(tone: str, words: Text | str) -> dict[str, Any]:
    """Return a tag of icon and word; *tone* is done, running, waiting, idle or stopped."""
    return {"tone": tone, "words": words}

"""``{% track stops lines path kind %}``: the Track as server-written SVG, wide and tall."""

from collections.abc import Sequence

from django import template
from django.template.context import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from yijianshi.channels.shared import picture, svg
from yijianshi.channels.shared.picture import Stop

register = template.Library()


@register.simple_tag(takes_context=True)
def track(
    context: Context, stops: Sequence[Stop], lines: Sequence[tuple[str, str]], path: Sequence[str], kind: str = "progress"
) -> SafeString:
    """Draw *stops* joined by *lines* (upstream, downstream); *path* is the critical path; *kind* is progress or plan."""
    display = context["display"]
    wide = svg.draw("wide", picture.wide(stops, lines, path), stops, path, display.language)
    tall = svg.draw("tall", picture.tall(stops, lines, path, large=display.elder), stops, path, display.language)
    return mark_safe(f'<figure class="track {escape(kind)}">\n{wide}{tall}</figure>\n')  # noqa: S308  every word was escaped

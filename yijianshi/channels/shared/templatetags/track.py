"""``{% track stops lines path title=… %}``: the Track as server-written SVG, wide and tall."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.context import Context

from yijianshi.channels.shared import picture
from yijianshi.channels.shared.picture import Stop

register = template.Library()


@register.inclusion_tag("shared/track.html", takes_context=True)
def track(
    context: Context, stops: Sequence[Stop], lines: Sequence[tuple[str, str]], path: Sequence[str], kind: str = "progress"
) -> dict[str, Any]:
    """Draw *stops* joined by *lines* (upstream, downstream); *path* is the critical path; *kind* is progress or plan."""
    return {
        "stops": stops,
        "kind": kind,
        "path": path,
        "renderings": [
            ("wide", picture.wide(stops, lines, path)),
            ("tall", picture.tall(stops, lines, path, large=context["display"].elder)),
        ],
        "tones": sorted({stop.tone for stop in stops}, key=["done", "running", "waiting", "idle", "stopped"].index),
    }

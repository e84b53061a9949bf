"""``{% track stops lines path title=… %}``: the Track as server-written SVG, wide and tall."""

from collections.abc import Sequence
from typing import Any

from django import template

from yijianshi.channels.shared import picture
from yijianshi.channels.shared.picture import Stop

register = template.Library()


@register.inclusion_tag("shared/track.html")
def track(stops: Sequence[Stop], lines: Sequence[tuple[str, str]], path: Sequence[str], name: str = "track") -> dict[str, Any]:
    """Draw *stops* joined by *lines* (upstream, downstream); *path* is the critical path; *name* makes ids unique in the page."""
    return {
        "stops": stops,
        "name": name,
        "renderings": [("wide", picture.wide(stops, lines, path)), ("tall", picture.tall(stops, lines, path))],
        "tones": sorted({stop.tone for stop in stops}, key=["done", "running", "waiting", "idle", "stopped"].index),
    }

"""Where a thing is handled, when it is another region's: ``{% place thing.code as where %}``."""

from django import template

from yijianshi.catalogue.logic.elsewhere import peer_of
from yijianshi.crossregion import queries as crossregion
from yijianshi.kernel.text import Text

register = template.Library()


@register.simple_tag
def place(code: str) -> Text | None:
    """Return what people call the region whose thing this is, None for our own."""
    peer = peer_of(code)
    return crossregion.place_of(peer) if peer else None

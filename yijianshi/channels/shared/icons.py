"""The house's own simple icons, read once from one file and written into the page, so that no style rule or request is needed."""

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "templates" / "shared" / "icons.svg"
_SYMBOL = re.compile(r'<symbol id="([a-z-]+)">(.*?)</symbol>', re.DOTALL)


@cache
def all_icons() -> dict[str, str]:
    """Return each icon's drawing by name."""
    return dict(_SYMBOL.findall(_FILE.read_text("utf-8")))


def draw(name: str) -> str:
    """Return an ``<svg>`` hidden from screen readers (the word beside it speaks); raises KeyError for an unknown name."""
    return f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{all_icons()[name]}</svg>'

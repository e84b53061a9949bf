"""What an organisation's seal looks like: a red ring, the name along its arc, a star; as SVG, and as PNG for the seal object."""

from base64 import b64encode
from html import escape
from math import cos, pi, sin

from yijianshi.certificates.rendering.pdf import compile_picture

SIZE_MM = 42
_RED = "#C8102E"
_CENTRE, _RADIUS, _ARC = 210, 172, 265  # picture of 420 by 420; degrees the name spreads over at most


def draw(name: str, below: str = "电子专用章") -> str:
    """Return the picture of the seal of *name* as SVG; long names get narrower letters, never cut ones."""
    letters = [escape(one) for one in name.strip()]
    step = min(30.0, _ARC / max(len(letters) - 1, 1))
    size = min(50.0, step * _RADIUS * pi / 180 * 0.95)
    first = -step * (len(letters) - 1) / 2
    top = _CENTRE - _RADIUS + size / 2
    arc = "".join(
        f'<text transform="rotate({first + step * place:.2f} {_CENTRE} {_CENTRE})" x="{_CENTRE}" y="{top:.1f}" '
        f'font-size="{size:.1f}">{letter}</text>'
        for place, letter in enumerate(letters)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 420" width="420" height="420">'
        f'<circle cx="{_CENTRE}" cy="{_CENTRE}" r="200" fill="none" stroke="{_RED}" stroke-width="9"/>'
        f'<polygon points="{_star()}" fill="{_RED}"/>'
        f'<g fill="{_RED}" font-family="Noto Sans CJK SC" font-weight="500" text-anchor="middle">{arc}'
        f'<text x="{_CENTRE}" y="318" font-size="34">{escape(below)}</text></g></svg>'
    )


def draw_name(name: str) -> str:
    """Return the picture of a person's signature as SVG: the name in a square, as a name seal (名章) has it."""
    letters = [escape(one) for one in name.strip()[:9]] or ["　"]
    rows = 1 if len(letters) == 1 else 2 if len(letters) <= 4 else 3
    columns = [letters[first : first + rows] for first in range(0, len(letters), rows)]  # from right to left
    step = 340 / rows
    texts = "".join(
        f'<text x="{_CENTRE + step * (len(columns) / 2 - across - 0.5):.0f}" '
        f'y="{_CENTRE + step * (down + 0.85 - len(column) / 2):.0f}" font-size="{step * 0.86:.0f}">{letter}</text>'
        for across, column in enumerate(columns)
        for down, letter in enumerate(column)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 420" width="420" height="420">'
        f'<rect x="16" y="16" width="388" height="388" rx="18" fill="none" stroke="{_RED}" stroke-width="14"/>'
        f'<g fill="{_RED}" font-family="Noto Sans CJK SC" font-weight="500" text-anchor="middle">{texts}</g></svg>'
    )


def to_png(picture: str) -> bytes:
    """Return the picture as PNG, 42 mm wide at 110 dots an inch, without background."""
    return compile_picture(picture, SIZE_MM)


def to_small_png(drawing: bytes) -> bytes:
    """Return a drawing (PNG, already checked) set anew in the size of a seal, so that it fits into one."""
    return compile_picture(around(drawing), SIZE_MM)


def around(drawing: bytes) -> str:
    """Return a drawing (PNG) as an SVG picture of the size of a seal."""
    held = f"data:image/png;base64,{b64encode(drawing).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 420" width="420" height="420">'
        f'<image width="420" height="420" preserveAspectRatio="xMidYMid meet" href="{held}"/></svg>'
    )


def _star() -> str:
    points = []
    for number in range(10):
        radius, angle = (62 if number % 2 == 0 else 24), pi * number / 5
        points.append(f"{_CENTRE + radius * sin(angle):.1f},{_CENTRE - radius * cos(angle):.1f}")
    return " ".join(points)

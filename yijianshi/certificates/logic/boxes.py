"""Where signatures show on paper: each in a box of its own on the last page (A4), in fixed places, so that none covers another's.

A box follows from the number of signatures before it, so a verifier needs no list of boxes, only the mark that the page keeps
them free: the first signer's revision sets it, and later revisions cannot, since a page must stay as it is.
"""

Box = tuple[float, float, float, float]
MARK = "/YJSBoxes"
MOST = 8
WIDTH, HEIGHT = 70.0, 26.0  # millimetres
_LEFT, _TOP, _ACROSS, _DOWN = 30.0, 68.0, 80.0, 48.0
_PAGE_HEIGHT = 297.0
_POINT = 25.4 / 72


def place_of(number: int) -> tuple[float, float]:
    """Return the upper left corner of the box of signature *number* (from 0), in millimetres from the upper left of the page."""
    return _LEFT + _ACROSS * (number % 2), _TOP + _DOWN * (number // 2)


def rectangle_of(number: int) -> Box:
    """Return the same box as PDF has it: left, bottom, right, top in points from the lower left, rounded to hundredths."""
    left, top = place_of(number)
    edges = (left, _PAGE_HEIGHT - top - HEIGHT, left + WIDTH, _PAGE_HEIGHT - top)
    left, bottom, right, top = (round(edge / _POINT, 2) for edge in edges)
    return left, bottom, right, top


def size() -> tuple[float, float]:
    """Return width and height of every box in points."""
    left, bottom, right, top = rectangle_of(0)
    return round(right - left, 2), round(top - bottom, 2)

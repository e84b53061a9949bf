"""A document before it is written; lengths are millimetres, the origin is the upper left corner."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; *y* is its baseline. Letters are set one by one: wide ones *size* apart, narrow ones half of it."""

    x: float
    y: float
    words: str
    size: float = 4.2
    colour: str = "27 31 36"
    bold: bool = False

    @property
    def advances(self) -> list[float]:
        """Return how far each letter is from the one before."""
        return [advance(letter, self.size) for letter in self.words[:-1]]

    @property
    def width(self) -> float:
        """Return how long the line is."""
        return sum(advance(letter, self.size) for letter in self.words)


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float = 0.15
    colour: str = "201 208 217"


@dataclass(frozen=True, slots=True)
class Image:
    """A PNG picture in a box."""

    x: float
    y: float
    width: float
    height: float
    png: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """One page and what is on it, drawn in this order."""

    content: tuple[Text | Line | Image, ...]
    width: float = 210
    height: float = 297


@dataclass(frozen=True, slots=True)
class Document:
    """A document; *doc_id* is 32 hexadecimal digits, *custom* what it says about itself by name (CustomDatas)."""

    pages: tuple[Page, ...]
    title: str
    author: str
    doc_id: str
    created_on: date
    custom: Mapping[str, str] = field(default_factory=dict)


def advance(letter: str, size: float) -> float:
    """Return how wide a letter is set."""
    return size if ord(letter) > 0x2E7F else size / 2


def wrapped(words: str, size: float, width: float) -> list[str]:
    """Return *words* in lines no longer than *width*; never fewer than one line."""
    lines, line, used = [], "", 0.0
    for letter in words:
        step = advance(letter, size)
        if line and used + step > width:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + letter, used + step
    return [*lines, line]

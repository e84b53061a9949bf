"""What has just been done, told once on the next page (kept in the session between the two requests)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from yijianshi.kernel.text import Text, text_from_json

_KEY = "workbench.told"


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one case of a batch, or why nothing did."""

    number: str
    about: Text
    text: Text
    tone: str  # done, waiting


@dataclass(frozen=True, slots=True)
class Told:
    """A short report: one sentence, and a line for each case that needs one."""

    tone: str
    title: Text
    lines: Sequence[Line] = ()


def keep(request: HttpRequest, told: Told) -> None:
    """Keep a report for the next page."""
    lines = [[line.number, line.about.to_json(), line.text.to_json(), line.tone] for line in told.lines]
    request.session[_KEY] = {"tone": told.tone, "title": told.title.to_json(), "lines": lines}


def take(request: HttpRequest) -> Told | None:
    """Return the report and forget it."""
    if _KEY not in request.session:
        return None
    kept: dict[str, Any] = request.session.pop(_KEY)
    lines = [Line(number, text_from_json(about), text_from_json(text), tone) for number, about, text, tone in kept["lines"]]
    return Told(kept["tone"], text_from_json(kept["title"]), lines)

"""What has just been done, told once on the next page (kept in the session between the two requests)."""

from dataclasses import dataclass

from django.http import HttpRequest

from yijianshi.kernel.text import Text, text_from_json

_KEY = "authoring.told"


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence; *tone* is done or waiting."""

    tone: str
    text: Text


def keep(request: HttpRequest, text: Text, tone: str = "done") -> None:
    """Keep a sentence for the next page."""
    request.session[_KEY] = {"tone": tone, "text": text.to_json()}


def take(request: HttpRequest) -> Told | None:
    """Return the sentence and forget it."""
    if _KEY not in request.session:
        return None
    kept = request.session.pop(_KEY)
    return Told(kept["tone"], text_from_json(kept["text"]))

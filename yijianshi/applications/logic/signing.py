"""What a document to be signed says, and whose turn it is."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yijianshi.kernel.text import Text, text_from_json

APPLICANT = "applicant"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the document: a heading and its lines, each a label (or nothing) and words."""

    heading: Text
    rows: tuple[tuple[Text | None, Text], ...]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the document says; page and PDF are made from the same value."""

    title: Text
    parts: tuple[Part, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return {
            "title": self.title.to_json(),
            "parts": [
                {
                    "heading": part.heading.to_json(),
                    "rows": [[label.to_json() if label else None, words.to_json()] for label, words in part.rows],
                }
                for part in self.parts
            ],
        }


def content_from(kept: str) -> Content:
    """Return the content kept as JSON text."""
    found = json.loads(kept)
    parts = tuple(
        Part(
            text_from_json(one["heading"]),
            tuple((text_from_json(label) if label else None, text_from_json(words)) for label, words in one["rows"]),
        )
        for one in found["parts"]
    )
    return Content(text_from_json(found["title"]), parts)


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signs: the party, their name in words, and by which blind index (hex) they are found."""

    entity: str
    label: Text
    index: str

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return {"entity": self.entity, "label": self.label.to_json(), "index": self.index}


def signers_from(kept: Sequence[Mapping[str, Any]]) -> tuple[Signer, ...]:
    """Return the signers kept as JSON."""
    return tuple(Signer(one["entity"], text_from_json(one["label"]), one["index"]) for one in kept)


@dataclass(frozen=True, slots=True)
class Made:
    """A signature that was made."""

    position: int
    signer: str
    method: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One signer of a round as a page lists them; *is_next* when it is their turn."""

    signer: Signer
    made: Made | None
    is_next: bool


def lines(signers: Sequence[Signer], made: Sequence[Made]) -> tuple[Line, ...]:
    """Return the signers in order with what each has done; the first without a signature is next."""
    by_place = {one.position: one for one in made}
    turn = next((place for place in range(len(signers)) if place not in by_place), None)
    return tuple(Line(signer, by_place.get(place), place == turn) for place, signer in enumerate(signers))


def digest_of(value: object) -> str:
    """Return SHA-256 (hex) of a JSON value, however it is ordered."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()

"""What stands on a certificate: title, labels and words, frozen at issue, so that later content never rewrites an old one."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from typing import Any

from yijianshi.kernel.text import Text, text_from_json

LAYOUTS = ("certificate", "card", "booklet", "notice")
EDITABLE = frozenset({"TEXT", "CODE", "DATE", "ID_NUMBER", "USCC", "PHONE", "ADDRESS", "REGION", "ACCOUNT"})  # by hand
_LEGAL_TIME = timezone(timedelta(hours=8))
_YES, _NO = Text("是", "Yes"), Text("否", "No")


@dataclass(frozen=True, slots=True)
class FaceField:
    """One line on the face: a dictionary element with its label, the words for its codes, its unit and its type."""

    name: str
    label: Text
    kind: str = "TEXT"
    options: tuple[tuple[str, Text], ...] = ()
    unit: Text | None = None


@dataclass(frozen=True)
class Face:
    """The face of one certificate type at one time; *catalogue_code* is the 21 characters of GB/T 36904, empty if unassigned."""

    code: str
    catalogue_code: str
    name: Text
    statement: Text
    layout: str
    fields: tuple[FaceField, ...]

    @cached_property
    def sha(self) -> str:
        """Return the SHA-256 of the canonical form: equal faces are stored once."""
        return hashlib.sha256(self.to_text().encode()).hexdigest()

    def to_text(self) -> str:
        """Return the canonical JSON text."""
        return json.dumps(_face_json(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def face_from_json(stored: Mapping[str, Any]) -> Face:
    """Return the face stored as JSON; raises KeyError when something is missing."""
    return Face(
        code=stored["code"],
        catalogue_code=stored["catalogue_code"],
        name=text_from_json(stored["name"]),
        statement=text_from_json(stored["statement"]),
        layout=stored["layout"],
        fields=tuple(_field_from_json(each) for each in stored["fields"]),
    )


def face_of(kind: Any, elements: Mapping[str, Any]) -> Face:
    """Return the face of a catalogue certificate type, with labels from the dictionary *elements* by name.

    A name the dictionary does not know is its own label: a certificate is never held up by a missing word.
    """
    fields = tuple(_field_of(name, elements.get(name)) for name in kind.fields)
    return Face(kind.code, kind.type_code or "", kind.name, kind.statement, kind.layout, fields)


def display(line: FaceField, value: Any) -> Text:
    """Return a stored JSON value in words: option labels, 是/否, dates written out, units appended."""
    if isinstance(value, list):
        words = [display(line, part) for part in value]
        return Text("、".join(word.zh for word in words) or "—", ", ".join(word.en for word in words) or "—")
    shown = dict(line.options).get(str(value)) or _plain(line.kind, value)
    unit = line.unit
    return Text(f"{shown.zh} {unit.zh}", f"{shown.en} {unit.en}") if unit else shown


def written_date(day: date) -> Text:
    """Return a day as a certificate writes it."""
    return Text(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {day:%B %Y}")


def _plain(kind: str, value: Any) -> Text:
    if isinstance(value, bool):
        return _YES if value else _NO
    text = str(value).strip() or "—"
    if kind == "DATE":
        return written_date(date.fromisoformat(text))
    if kind == "DATETIME":
        moment = datetime.fromisoformat(text)
        local = moment.astimezone(_LEGAL_TIME) if moment.tzinfo else moment
        day = written_date(local.date())
        return Text(f"{day.zh} {local:%H:%M}", f"{day.en}, {local:%H:%M}")
    return Text(text, text)


def _field_of(name: str, element: Any) -> FaceField:
    if element is None:
        return FaceField(name, Text(name, name))
    options = tuple((option.code, option.label) for option in element.options)
    return FaceField(name, element.label, str(element.type), options, element.unit)


def _face_json(face: Face) -> dict[str, Any]:
    return {
        "code": face.code,
        "catalogue_code": face.catalogue_code,
        "name": face.name.to_json(),
        "statement": face.statement.to_json(),
        "layout": face.layout,
        "fields": [
            {
                "name": line.name,
                "label": line.label.to_json(),
                "kind": line.kind,
                "options": [[code, label.to_json()] for code, label in line.options],
                "unit": line.unit.to_json() if line.unit else None,
            }
            for line in face.fields
        ],
    }


def _field_from_json(stored: Mapping[str, Any]) -> FaceField:
    options: Sequence[Any] = stored["options"]
    return FaceField(
        name=stored["name"],
        label=text_from_json(stored["label"]),
        kind=stored["kind"],
        options=tuple((code, text_from_json(label)) for code, label in options),
        unit=text_from_json(stored["unit"]) if stored["unit"] else None,
    )

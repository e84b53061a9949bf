"""One page of the form: which fields to ask, which are filled in and by whom, which come by themselves."""

from dataclasses import dataclass
from typing import Any

from yijianshi.channels.portal.presenting.guide import YES_NO
from yijianshi.channels.shared import fields
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class FieldOption:
    """One option of a choice."""

    code: str
    label: Text
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A field to fill in, as ``shared/form/field.html`` draws it."""

    name: str
    id: str
    label: Text
    hint: Text | None
    unit: Text | None
    control: fields.Control
    raw: str
    options: tuple[FieldOption, ...]
    required: bool
    problem: Text | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A value which need not be typed, with its source; *may_change* lets the applicant say "this is wrong"."""

    name: str
    id: str
    label: Text
    value: Text | str
    source: Any
    reason: Text
    needed_by: list[Text]
    may_change: bool
    later: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of the error summary that links to its field."""

    text: Text
    link: str


def split(group: Any, changing: str = "") -> tuple[list[Field | Mark], list[Problem]]:
    """Return the fields of a ``FormGroup`` in order, and the problems on this page; *changing* opens one prefilled field."""
    shown = [_one(field, changing) for field in group.fields if field.status != "NOT_NEEDED"]
    problems = [Problem(field.problem, f"#{field.id}") for field in shown if isinstance(field, Field) and field.problem]
    return shown, problems


def editable(field: Any) -> Field:
    """Return the control for one ``FormField``."""
    element = field.element
    given = field.raw if field.raw is not None else ""
    chosen = {given} if isinstance(given, str) else set(given)
    options = [(option.code, option.label) for option in element.options] or (list(YES_NO) if element.type == "BOOL" else [])
    return Field(
        name=element.name,
        id=fields.field_id(element.name),
        label=element.label,
        hint=element.hint,
        unit=element.unit,
        control=fields.control_for(element.type, element.name, len(options), element.max_length),
        raw=given if isinstance(given, str) else "",
        options=tuple(FieldOption(code, label, code in chosen) for code, label in options),
        required=field.required,
        problem=field.problem,
    )


def _one(field: Any, changing: str) -> Field | Mark:
    name = field.element.name
    if (
        field.status in ("ASK", "ANSWERED")
        or changing == name
        or (field.problem and field.status == "PREFILLED" and not _locked(field))
    ):
        return editable(field)
    may_change = field.status == "PREFILLED" and not _locked(field)
    later = field.status == "FROM_RESULT"
    identifier = fields.field_id(name)
    return Mark(
        name, identifier, field.element.label, field.value, field.source, field.reason, field.needed_by, may_change, later
    )


def _locked(field: Any) -> bool:
    return bool(field.source and field.source.locked)

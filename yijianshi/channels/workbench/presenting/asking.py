"""A result fact as the shared field template draws it."""

from dataclasses import dataclass

from yijianshi.cases.queries.views import ResultField
from yijianshi.channels.shared import fields
from yijianshi.kernel.text import Text

YES_NO = (("true", Text("是", "Yes")), ("false", Text("否", "No")))


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice."""

    code: str
    label: Text
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A field to fill in; the names are those of ``shared/form/field.html``."""

    name: str
    id: str
    label: Text
    hint: Text | None
    unit: Text | None
    control: fields.Control
    raw: str
    options: tuple[Option, ...]
    required: bool
    problem: Text | None


def takes_many(result: ResultField) -> bool:
    """Say whether a result is a list of choices."""
    return str(result.element.type) == "LIST"


def asked(result: ResultField, given: str | list[str], problem: Text | None, name: str = "") -> Asked:
    """Return the control of one result with what was typed and what is wrong with it; *name* replaces the input's own name."""
    element = result.element
    chosen = {given} if isinstance(given, str) else set(given)
    pairs = [(option.code, option.label) for option in element.options] or (list(YES_NO) if element.type == "BOOL" else [])
    return Asked(
        name=name or result.name,
        id=fields.field_id(name or result.name),
        label=element.label,
        hint=element.hint,
        unit=element.unit,
        control=fields.control_for(str(element.type), "", len(pairs), element.max_length),
        raw=given if isinstance(given, str) else "",
        options=tuple(Option(code, label, code in chosen) for code, label in pairs),
        required=True,
        problem=problem,
    )

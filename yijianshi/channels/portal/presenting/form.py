"""One page of the form: which fields to ask, which are filled in and by whom, which come by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from yijianshi.applications.queries.views import DraftView, FormField, FormGroup
from yijianshi.catalogue.logic.plan import Supplied
from yijianshi.catalogue.logic.repeating import counts_of, object_of
from yijianshi.catalogue.logic.schema import Element
from yijianshi.channels.portal.presenting import masking, pages, regions
from yijianshi.channels.shared import fields
from yijianshi.channels.shared.asking import YES_NO
from yijianshi.exchange.queries.sharing import ClaimCard
from yijianshi.kernel.text import Text

Raw = str | list[str]
_ONE_MORE = Text("再加一个：{what}", "Add another: {what}")
SHORT = 5  # characters of an option that still fits beside another on a phone


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
    inline: bool = False
    parts: tuple[regions.Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A value which need not be typed, with its source; *may_change* lets the applicant say "this is wrong"."""

    name: str
    id: str
    label: Text
    value: Text | None
    source: Supplied | None
    reason: Text
    needed_by: tuple[Text, ...]
    may_change: bool
    from_guide: bool = False
    disputed: ClaimCard | None = None

    @property
    def is_read(self) -> bool:
        """Say whether the value came from a register, which can be told that it is wrong."""
        return self.source is not None and self.source.kind == "REGISTER"


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of the error summary that links to its field."""

    text: Text
    link: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the page was asked for: one prefilled field to open, whether to show what is missing, what was typed and refused."""

    changing: str = ""
    show_problems: bool = False
    typed: Mapping[str, Raw] = field(default_factory=dict)
    problems: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """One person or subject on a page: what to fill in, and what is known of it already."""

    entity: str
    label: Text
    fields: list[Field]
    marks: list[Mark]
    may_remove: bool = False
    add_label: Text | None = None  # after the last of several, while there may be more


def sections(draft: DraftView, shown: pages.FormPage, page: Page) -> tuple[list[Section], list[Problem]]:
    """Return the groups of a form page in order, and the problems to show on top of it."""
    found = [_section(draft, group, page) for group in shown.groups]
    problems = [Problem(field.problem, f"#{field.id}") for section in found for field in section.fields if field.problem]
    return found, problems


def _section(draft: DraftView, group: FormGroup, page: Page) -> Section:
    lines = [_one(draft, each, page) for each in group.fields]
    fields = [line for line in lines if isinstance(line, Field)]
    marks = [line for line in lines if isinstance(line, Mark)]
    return Section(group.entity, group.label, fields, marks, *_several(draft, group.entity))


def _several(draft: DraftView, entity: str) -> tuple[bool, Text | None]:
    """Return whether this one of several may be removed, and what to call one more after the last."""
    found = object_of(draft.thing, entity)
    if found is None or found[0].repeats is None:
        return False, None
    kind, number = found
    count = counts_of(draft.thing, draft.facts)[kind.code]
    may_add = number == count < found[0].repeats.most
    return count > 1, _ONE_MORE.format(what=kind.label) if may_add else None


def editable(field: FormField, typed: Raw | None = None, problem: Text | None = None) -> Field:
    """Return the control for one field of the form; *typed* is what was just typed and could not be read."""
    hint = field.reason if field.awaited else None
    return control(field.element, field.raw if typed is None else typed, required=field.required, problem=problem, hint=hint)


def control(element: Element, raw: Raw, *, required: bool, problem: Text | None, hint: Text | None = None) -> Field:
    """Return the control for a dictionary element holding *raw*."""
    chosen = {raw} if isinstance(raw, str) else set(raw)
    options = [(option.code, option.label) for option in element.options] or (list(YES_NO) if element.type == "BOOL" else [])
    return Field(
        name=element.name,
        id=fields.field_id(element.name),
        label=element.label,
        hint=hint or element.hint,
        unit=element.unit,
        control=fields.control_for(element.type, element.name, len(options), element.max_length),
        raw=raw if isinstance(raw, str) else "",
        options=tuple(FieldOption(code, label, code in chosen) for code, label in options),
        required=required,
        problem=problem,
        inline=len(options) < 4 and all(len(label.zh) <= SHORT for _, label in options),
        parts=regions.parts(raw) if element.type == "REGION" and isinstance(raw, str) else (),
    )


def _one(draft: DraftView, field: FormField, page: Page) -> Field | Mark:
    name = field.element.name
    told = page.problems.get(name) or (field.problem if page.show_problems else None)
    locked = bool(field.source and field.source.locked)
    if not (pages.is_known(draft, field) or locked) or (not locked and (page.changing == name or told)):
        return editable(field, page.typed.get(name), told)
    return Mark(
        name,
        fields.field_id(name),
        field.element.label,
        masking.shown(field),
        field.source,
        field.reason,
        field.needed_by,
        not locked,
        field.status == "ANSWERED",
        draft.disputed.get(name),
    )

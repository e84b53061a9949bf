"""Check your answers: every value with a way to change it, every material with how it is met."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from yijianshi.applications.queries.views import DraftMaterial, DraftView, FormField
from yijianshi.channels.portal.presenting import masking, materials
from yijianshi.channels.portal.presenting.form import Problem
from yijianshi.channels.shared.fields import field_id
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One answer; a value from a register is shown in part."""

    label: Text
    value: Text
    source: Text | None


@dataclass(frozen=True, slots=True)
class Section:
    """One group of answers."""

    label: Text
    link: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Check:
    """The whole page."""

    sections: list[Section]
    cards: list[materials.Card]


def of_draft(draft: DraftView) -> Check:
    """Return the answers and materials of a draft; optional fields left empty are not listed."""
    sections = []
    for group in draft.groups:
        shown = [_line(field) for field in group.fields if field.value is not None]
        if shown:
            sections.append(Section(group.label, _form(draft.id, group.entity), shown))
    cards = [materials.card(draft.thing, material) for material in draft.materials if material.planned.status != "NOT_NEEDED"]
    return Check(sections, cards)


def problems(draft: DraftView, refused: DomainError | None) -> list[Problem]:
    """Return what still stands in the way, each with a link to the place where it can be mended."""
    found = [Problem(problem.text, _link(draft, problem.name)) for problem in draft.problems]
    found += [_of_material(draft.id, one) for one in draft.materials if one.problem]
    if refused and not found:
        found = [Problem(refused.text, "#declaration" if refused.field == "declaration" else "")]
    return found


def _line(field: FormField) -> Line:
    value = masking.shown(field) or Text("—", "—")
    return Line(field.element.label, value, field.source.label if field.source else None)


def _of_material(draft_id: UUID, material: DraftMaterial) -> Problem:
    place = reverse("portal:materials", args=[draft_id])
    return Problem(material.problem or material.planned.reason, f"{place}#m-{material.planned.code}")


def _link(draft: DraftView, name: str) -> str:
    for group in draft.groups:
        if any(field.element.name == name for field in group.fields):
            return f"{_form(draft.id, group.entity)}?check=1&change={name}#{field_id(name)}"
    return reverse("portal:application", args=[draft.id])


def _form(draft_id: UUID, entity: str) -> str:
    return reverse("portal:form", args=[draft_id, entity])

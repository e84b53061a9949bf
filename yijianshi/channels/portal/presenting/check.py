"""Check your answers: every value with a way to change it, every material with how it is met."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from yijianshi.channels.portal.presenting import materials
from yijianshi.channels.portal.presenting.form import Problem
from yijianshi.channels.shared.fields import field_id
from yijianshi.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class Section:
    """One group of answers."""

    label: Any
    link: str
    fields: list[Any]


@dataclass(frozen=True, slots=True)
class Check:
    """The whole page."""

    sections: list[Section]
    cards: list[materials.Card]


def of_draft(draft: Any) -> Check:
    """Return the answers and materials of a ``DraftView``; fields that are not needed are left out."""
    sections = []
    for group in draft.groups:
        shown = [
            field for field in group.fields if field.status in ("ASK", "ANSWERED", "PREFILLED") and field.value not in (None, "")
        ]
        if shown:
            sections.append(Section(group.label, reverse("portal:form", args=[draft.id, group.entity]), shown))
    return Check(sections, [materials.card(draft.thing, material) for material in draft.materials])


def problems(draft: Any, refused: DomainError | None) -> list[Problem]:
    """Return what still stands in the way, each with a link to the place where it can be mended."""
    found = [Problem(problem.text, _link(draft, problem.name)) for problem in draft.problems]
    missing = [material for material in draft.materials if material.planned.status == "TO_UPLOAD" and not material.files]
    page = reverse("portal:materials", args=[draft.id])
    found += [Problem(material.problem or material.planned.reason, f"{page}#m-{material.planned.code}") for material in missing]
    if refused and not any(problem.text == refused.text for problem in found):
        found.insert(0, Problem(refused.text, "#declaration" if refused.field == "declaration" else ""))
    return found


def _link(draft: Any, name: str) -> str:
    for group in draft.groups:
        if any(field.element.name == name for field in group.fields):
            return f"{reverse('portal:form', args=[draft.id, group.entity])}?check=1&change={name}#{field_id(name)}"
    return reverse("portal:application", args=[draft.id])

"""Check your answers: every value with a way to change it, every material with how it is met."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from yijianshi.applications.queries.views import DraftMaterial, DraftView, FormField
from yijianshi.catalogue.logic.checking import FactProblem
from yijianshi.channels.portal.presenting import answers, masking, materials
from yijianshi.channels.portal.presenting.form import Problem
from yijianshi.channels.shared.fields import field_id
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.text import Text

DECLARATION = Text(
    "以上内容真实。我同意各部门为办理这件事使用这些内容，每个部门只看到自己要用的。",
    "The above is true. I agree that the departments use it for this matter; each sees only what it needs.",
)
_NOT_DECLARED = Text("提交前请先勾选：“{declaration}”", 'Before submitting, please tick the declaration: "{declaration}"').format(
    declaration=DECLARATION
)


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
            sections.append(Section(group.label, f"{_form(draft.id, group.entity)}#g-{group.entity}", shown))
    cards = [materials.card(draft.thing, material) for material in draft.materials if material.planned.status != "NOT_NEEDED"]
    return Check(sections, cards)


def problems(draft: DraftView, refused: DomainError | None, nowhere: Sequence[FactProblem] = ()) -> list[Problem]:
    """Return what still stands in the way, each with a link to the place where it can be mended.

    *nowhere*: the places of the form for which no department is registered.
    """
    told = {problem.name for problem in draft.problems}
    places = [place for place in nowhere if place.name not in told]
    found = [Problem(problem.text, _link(draft, problem.name)) for problem in (*draft.problems, *places)]
    found += [_of_material(draft.id, one) for one in draft.materials if one.problem]
    found += [Problem(one.problem, reverse("portal:parties", args=[draft.id])) for one in draft.parties if one.problem]
    if draft.unsigned:
        place = reverse("portal:signing", args=[draft.signing]) if draft.signing else reverse("portal:parties", args=[draft.id])
        found.append(Problem(draft.unsigned, place))
    if refused and not found:
        found = [Problem(_NOT_DECLARED, "#declaration") if refused.field == "declaration" else Problem(refused.text, "")]
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
    if name in draft.thing.questions_by_fact:
        return answers.address(draft, name)
    return reverse("portal:application", args=[draft.id])


def _form(draft_id: UUID, entity: str) -> str:
    return reverse("portal:form", args=[draft_id, entity])

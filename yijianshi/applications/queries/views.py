"""What a draft looks like to the person filling it in: form groups by person and subject, materials, letters, readiness."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yijianshi.applications.logic.parties import PartyState
from yijianshi.applications.queries.display import display
from yijianshi.applications.queries.moves import Moved
from yijianshi.applications.queries.reads import ConsentAsk
from yijianshi.catalogue.logic import values
from yijianshi.catalogue.logic.checking import FactProblem
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.plan import FieldStatus, MaterialStatus, Plan, PlannedField, PlannedMaterial, Supplied
from yijianshi.catalogue.logic.schema import Commitment, Element, ElementType
from yijianshi.catalogue.logic.windows import Intake
from yijianshi.exchange.queries.sharing import ClaimCard, ReadCard
from yijianshi.kernel.text import Text

SHOWN = {FieldStatus.ASK, FieldStatus.ANSWERED, FieldStatus.PREFILLED}
UPLOAD_MISSING = Text("请上传“{name}”，或换一种方式。", 'Please upload "{name}", or choose another way.')
LETTER_MISSING = Text("请阅读并确认“{name}”。", 'Please read and confirm "{name}".')


@dataclass(frozen=True, slots=True)
class FormField:
    """One field as shown: the value in words, the raw value for the input, its source and what is wrong with it."""

    element: Element
    status: FieldStatus
    required: bool
    value: Text | None
    raw: str | list[str]
    source: Supplied | None
    reason: Text
    problem: Text | None
    needed_by: tuple[Text, ...]
    awaited: Text | None = None  # the register that is being asked for it


@dataclass(frozen=True, slots=True)
class FormGroup:
    """The fields about one person or subject."""

    entity: str
    label: Text
    fields: tuple[FormField, ...]

    @property
    def complete(self) -> bool:
        """Say whether nothing in this group stands in the way of submitting."""
        return not any(one.problem for one in self.fields)

    @property
    def to_ask(self) -> int:
        """Return how many fields the person has to fill in."""
        return sum(one.status is FieldStatus.ASK for one in self.fields)


@dataclass(frozen=True, slots=True)
class DraftMaterial:
    """One material as shown: how it is met, what has been uploaded, what is missing."""

    planned: PlannedMaterial
    files: tuple[Mapping[str, Any], ...]
    problem: Text | None


@dataclass(frozen=True, slots=True)
class DraftLetter:
    """A commitment letter to read, and when it was agreed to."""

    code: str
    letter: Commitment
    agreed_at: datetime | None


@dataclass(frozen=True, slots=True)
class DraftView:
    """Everything a draft's pages show."""

    id: UUID
    thing: CompiledThing
    title: Text
    facts: Mapping[str, Any]
    declined: tuple[str, ...]
    plan: Plan
    revision: int
    problems: tuple[FactProblem, ...]
    groups: tuple[FormGroup, ...]
    materials: tuple[DraftMaterial, ...]
    letters: tuple[DraftLetter, ...]
    parties: tuple[PartyState, ...]
    unsigned: Text | None  # what is missing where everybody signs
    signing: UUID | None  # the document to sign, once it is made
    promised_on: date | None
    intake: Intake
    updated_at: datetime
    expires_on: date | None
    moved: Moved | None = None
    reads: tuple[ReadCard, ...] = ()
    consents: tuple[ConsentAsk, ...] = ()
    disputed: Mapping[str, ClaimCard] = field(default_factory=dict)

    @property
    def reading(self) -> tuple[ReadCard, ...]:
        """Return the registers that have not answered yet."""
        return tuple(one for one in self.reads if one.is_pending)

    @property
    def just_asked(self) -> bool:
        """Say whether an answer may come any moment, so that looking again soon makes sense."""
        return any(one.state == "WAITING" for one in self.reads)

    @property
    def ready(self) -> bool:
        """Say whether it can be submitted now."""
        agreed = not self.unsigned and not any(one.problem for one in self.parties)
        return self.finished and self.intake.is_open and agreed

    @property
    def finished(self) -> bool:
        """Say whether everything is filled in and handed in, so that the other parties can be asked."""
        complete = not self.problems and not any(one.problem for one in self.materials)
        return self.plan.route == "BUNDLE" and complete

    def group(self, entity: str) -> FormGroup | None:
        """Return the form group of *entity*, or None."""
        return next((group for group in self.groups if group.entity == entity), None)


def form_groups(
    thing: CompiledThing,
    plan: Plan,
    facts: Mapping[str, Any],
    supplied: Mapping[str, Supplied],
    problems: Sequence[FactProblem],
) -> tuple[FormGroup, ...]:
    """Return the form in authored order, one group per person or subject, without groups that have nothing to show."""
    wrong = {problem.name: problem.text for problem in problems}
    by_entity: dict[str, list[FormField]] = {}
    for planned in plan.fields:
        if planned.status in SHOWN:
            found = supplied.get(planned.name)
            shown = _form_field(thing, planned, facts.get(planned.name), found, wrong.get(planned.name))
            by_entity.setdefault(planned.entity, []).append(shown)
    labels = {entity.code: entity.label for entity in thing.entities}
    own_labels = {group.entity: group.label for group in thing.form if group.label}
    return tuple(
        FormGroup(entity, own_labels.get(entity) or labels.get(entity, Text(entity, entity)), tuple(fields))
        for entity, fields in by_entity.items()
    )


def draft_materials(
    plan: Plan, files: Mapping[str, Sequence[Mapping[str, Any]]], agreed: Mapping[str, datetime]
) -> tuple[DraftMaterial, ...]:
    """Return the materials with their uploads and what is still missing."""
    return tuple(_draft_material(planned, tuple(files.get(planned.code, ())), agreed) for planned in plan.materials)


def title_of(thing: CompiledThing, facts: Mapping[str, Any]) -> Text:
    """Return the name of an application in lists: the thing and whom it is about."""
    about = [str(facts[name]) for name in thing.title_facts if facts.get(name)]
    if not about:
        return thing.name
    return Text(f"{thing.name.zh} · {'、'.join(about)}", f"{thing.name.en} · {', '.join(about)}")


def _form_field(
    thing: CompiledThing, planned: PlannedField, value: Any, source: Supplied | None, problem: Text | None
) -> FormField:
    element = thing.element(planned.name)
    in_use = source if source and (source.locked or source.value == value) else None
    return FormField(
        element=element,
        status=planned.status,
        required=planned.required,
        value=display(element, value),
        raw=raw_value(element, value),
        source=in_use,
        reason=planned.reason,
        problem=problem,
        needed_by=tuple(thing.item(code).name for code in planned.needed_by),
        awaited=planned.awaited,
    )


def raw_value(element: Element, value: Any) -> str | list[str]:
    """Return the value as a form input holds it."""
    if element.type is ElementType.LIST:
        return [str(part) for part in value or ()]
    if value is None:
        return ""
    if element.type is ElementType.DATETIME:
        local: str = value.astimezone(values.BEIJING).strftime("%Y-%m-%dT%H:%M")
        return local
    encoded = values.encode(value)
    return str(encoded).lower() if isinstance(encoded, bool) else str(encoded)


def _draft_material(
    planned: PlannedMaterial, files: tuple[Mapping[str, Any], ...], agreed: Mapping[str, datetime]
) -> DraftMaterial:
    problem = None
    if planned.certain and planned.status is MaterialStatus.TO_UPLOAD and not files:
        problem = UPLOAD_MISSING.format(name=planned.name)
    if planned.certain and planned.status is MaterialStatus.TO_COMMIT and planned.letter not in agreed:
        problem = LETTER_MISSING.format(name=planned.name)
    return DraftMaterial(planned, files, problem)

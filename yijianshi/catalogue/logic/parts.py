"""What a compiled thing is made of: one immutable, self-contained version that applications stay on for life."""

from datetime import date
from typing import Literal, Self

from pydantic import PrivateAttr

from yijianshi.catalogue.logic.schema import (
    Binding,
    CertificateType,
    Commitment,
    Condition,
    DepartmentKind,
    Element,
    ElementType,
    Entity,
    Item,
    Material,
    Option,
    Register,
    Strict,
    T,
)
from yijianshi.catalogue.logic.schema.item import EdgeKind
from yijianshi.catalogue.logic.schema.thing import Applicant, Before, FormGroup, ListEntry, Party, ThingTexts, Tone, Window


class Question(Strict):
    """A guide question with all that is needed to show it."""

    fact: str
    text: T
    why: T
    hint: T | None = None
    unknown: T | None = None
    type: ElementType
    options: tuple[Option, ...] = ()


class CompiledItem(Strict):
    """An item as used in this thing: its definition, and when it applies."""

    definition: Item
    when: str | None = None

    @property
    def code(self) -> str:
        """Return the item's code."""
        return self.definition.code


class CompiledEdge(Strict):
    """A possible dependency: which facts and certificates of *upstream* the *downstream* item may use."""

    upstream: str
    downstream: str
    kind: EdgeKind
    facts: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    explicit: T | None = None


class CompiledParts(Strict):
    """Everything needed to guide, plan, check, split and show one thing, in authored order; ``sha`` names the content exactly."""

    code: str
    sha: str = ""
    region: str
    name: T
    alias: tuple[str, ...] = ()
    summary: T
    life_cycle: Literal["PERSON", "BUSINESS"]
    domain: str
    lead: str
    list_entry: ListEntry | None = None
    effective_on: date
    applicant: Applicant
    title_facts: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    items: tuple[CompiledItem, ...]
    entities: tuple[Entity, ...]
    elements: tuple[Element, ...]
    materials: tuple[Material, ...] = ()
    certificates: tuple[CertificateType, ...] = ()
    letters: tuple[Commitment, ...] = ()
    registers: tuple[Register, ...] = ()
    departments: tuple[DepartmentKind, ...] = ()
    questions: tuple[Question, ...] = ()
    edges: tuple[CompiledEdge, ...] = ()
    form: tuple[FormGroup, ...] = ()
    parties: tuple[Party, ...] = ()
    tone: Tone = "PLAIN"
    windows: tuple[Window, ...] = ()
    before: Before = Before()
    bindings: tuple[Binding, ...] = ()
    texts: ThingTexts

    _base: "CompiledParts | None" = PrivateAttr(default=None)

    @property
    def base(self) -> Self:
        """Return the version as published, where this is one with its repeated objects written out; else itself."""
        return self._base or self  # type: ignore[return-value]  # only ever made from a thing of the same kind

    @property
    def is_expanded(self) -> bool:
        """Say whether its repeated objects are written out, one by one."""
        return self._base is not None

    def expanded_from(self, base: Self) -> Self:
        """Return this thing, knowing the published version it is an expansion of."""
        self._base = base
        return self

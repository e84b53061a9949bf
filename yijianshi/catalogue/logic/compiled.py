"""The compiled thing: one immutable, self-contained version that applications stay on for life."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Literal

from yijianshi.catalogue.logic.item_standard.regional import BoundItem, bind
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
    Strict,
    T,
)
from yijianshi.catalogue.logic.schema.item import EdgeKind
from yijianshi.catalogue.logic.schema.thing import Applicant, Before, FormGroup, ListEntry, Party, ThingTexts, Tone, Window
from yijianshi.kernel.text import Text

SINGLE_PREFIX = "item:"
SOME_DEPARTMENT = Text("主管部门", "Competent department")


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


class CompiledThing(Strict):
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

    @cached_property
    def elements_by_name(self) -> Mapping[str, Element]:
        """Return the data elements by fact name."""
        return {element.name: element for element in self.elements}

    @cached_property
    def items_by_code(self) -> Mapping[str, Item]:
        """Return the item definitions by code."""
        return {item.code: item.definition for item in self.items}

    @cached_property
    def materials_by_code(self) -> Mapping[str, Material]:
        """Return the material types by code."""
        return {material.code: material for material in self.materials}

    @cached_property
    def certificates_by_code(self) -> Mapping[str, CertificateType]:
        """Return the certificate types by code."""
        return {certificate.code: certificate for certificate in self.certificates}

    @cached_property
    def letters_by_code(self) -> Mapping[str, Commitment]:
        """Return the commitment letters by code."""
        return {letter.code: letter for letter in self.letters}

    @cached_property
    def questions_by_fact(self) -> Mapping[str, Question]:
        """Return the guide questions by fact name."""
        return {question.fact: question for question in self.questions}

    def element(self, name: str) -> Element:
        """Return one data element; KeyError if the thing does not use it."""
        return self.elements_by_name[name]

    def item(self, code: str) -> Item:
        """Return one item's definition; KeyError if the thing does not have it."""
        return self.items_by_code[code]

    def item_in(self, code: str, region: str) -> BoundItem:
        """Return one item as *region* offers it; KeyError if the thing does not have it."""
        return bind(self.item(code), self.bindings, region)

    def department(self, kind: str) -> Text:
        """Return what people call this kind of office."""
        return next((one.name for one in self.departments if one.code == kind), SOME_DEPARTMENT)

    def label(self, name: str) -> Text:
        """Return a fact's label, or its bare name where the dictionary has none."""
        element = self.elements_by_name.get(name)
        return element.label if element else Text(name, name)


def item_facts(thing: CompiledThing, item_code: str) -> tuple[str, ...]:
    """Return the facts that item's department may see: what it needs and what it produces, nothing more."""
    item = thing.item(item_code)
    return tuple(dict.fromkeys([*(need.fact for need in item.needs), *item.produces.facts]))

"""The compiled thing: one immutable, self-contained version that applications stay on for life, and how its parts are found."""

from collections.abc import Mapping
from functools import cached_property

from yijianshi.catalogue.logic.item_standard.regional import BoundItem, bind
from yijianshi.catalogue.logic.parts import CompiledEdge, CompiledItem, CompiledParts, Question
from yijianshi.catalogue.logic.repeating import most_of
from yijianshi.catalogue.logic.schema import CertificateType, Commitment, Element, Item, Material, Register
from yijianshi.kernel.text import Text

SINGLE_PREFIX = "item:"
SOME_DEPARTMENT = Text("主管部门", "Competent department")


class CompiledThing(CompiledParts):
    """A compiled thing; of one as published, what belongs to a second or later object is found too (``vehicle_2.plate``)."""

    @cached_property
    def whole(self) -> "CompiledThing":
        """Return the thing with as many objects as it may have; an expansion is whole by itself."""
        return self if self.is_expanded else most_of(self)

    @cached_property
    def elements_by_name(self) -> Mapping[str, Element]:
        """Return the data elements by fact name."""
        return {element.name: element for element in self.whole.elements}

    @cached_property
    def items_by_code(self) -> Mapping[str, Item]:
        """Return the item definitions by code."""
        return {item.code: item.definition for item in self.whole.items}

    @cached_property
    def materials_by_code(self) -> Mapping[str, Material]:
        """Return the material types by code."""
        return {material.code: material for material in self.whole.materials}

    @cached_property
    def questions_by_fact(self) -> Mapping[str, Question]:
        """Return the guide questions by fact name."""
        return {question.fact: question for question in self.whole.questions}

    @cached_property
    def certificates_by_code(self) -> Mapping[str, CertificateType]:
        """Return the certificate types by code."""
        return {certificate.code: certificate for certificate in self.certificates}

    @cached_property
    def letters_by_code(self) -> Mapping[str, Commitment]:
        """Return the commitment letters by code."""
        return {letter.code: letter for letter in self.letters}

    @cached_property
    def registers_by_code(self) -> Mapping[str, Register]:
        """Return the registers that items of this thing read, by code."""
        return {register.code: register for register in self.registers}

    def element(self, name: str) -> Element:
        """Return one data element; KeyError if the thing does not use it."""
        return self.elements_by_name[name]

    def item(self, code: str) -> Item:
        """Return one item's definition; KeyError if the thing does not have it."""
        return self.items_by_code[code]

    def item_in(self, code: str, region: str) -> BoundItem:
        """Return one item as *region* offers it; KeyError if the thing does not have it."""
        return bind(self.item(code), self.whole.bindings, region)

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


__all__ = ["SINGLE_PREFIX", "CompiledEdge", "CompiledItem", "CompiledThing", "Question", "item_facts"]

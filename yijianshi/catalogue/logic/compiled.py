"""The compiled thing: one immutable, self-contained version that applications stay on for life, and how its parts are found."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from yijianshi.catalogue.logic.item_standard.regional import BoundItem, bind
from yijianshi.catalogue.logic.parts import CompiledEdge, CompiledItem, CompiledParts, Question
from yijianshi.catalogue.logic.repeating import first_called, most_of, object_of
from yijianshi.catalogue.logic.schema import Binding, CertificateType, Commitment, Element, Item, Material, Register
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

    @cached_property
    def bindings_by_item(self) -> Mapping[str, tuple[Binding, ...]]:
        """Return what regions say for themselves, by item; items no region says anything about are left out."""
        found: dict[str, tuple[Binding, ...]] = {}
        for one in self.whole.bindings:
            found[one.item] = (*found.get(one.item, ()), one)
        return found

    @cached_property
    def binding_places(self) -> tuple[str, ...]:
        """Return the facts that say where those items are handled that some region speaks about."""
        bound = [use.definition for use in self.items if use.code in self.bindings_by_item]
        return tuple(sorted({item.department.region_from for item in bound if item.department.region_from}))

    def item_name(self, code: str, beside: Iterable[str]) -> Text:
        """Return what an item is called beside others of its application: with several objects the first is numbered too."""
        item = self.item(code)
        mine = object_of(self, item.repeat) if item.repeat else None
        if mine is None or mine[1] > 1:
            return item.name
        others = (object_of(self, self.item(other).repeat or "") for other in beside)
        several = any(other is not None and other[0] == mine[0] and other[1] > 1 for other in others)
        return first_called(mine[0], item.name) if several else item.name

    def item_in(self, code: str, region: str) -> BoundItem:
        """Return one item as *region* offers it; KeyError if the thing does not have it."""
        return bind(self.item(code), self.bindings_by_item.get(code, ()), region)

    def item_for(self, item: Item, facts: Mapping[str, object]) -> Item:
        """Return the item as the place offers it that these facts name: the province's template while that is not known."""
        bindings = self.bindings_by_item.get(item.code)
        if bindings is None:
            return item
        return bind(item, bindings, str(facts.get(item.department.region_from or "") or self.region)).item

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

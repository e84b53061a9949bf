"""What can be said about a one-thing before a single question is answered."""

from dataclasses import dataclass

from django.urls import reverse

from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX, CompiledThing
from yijianshi.catalogue.logic.planning.items import result_of
from yijianshi.catalogue.logic.schema import Item, Material
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Part:
    """One item with its department and what the citizen gets."""

    item: Item
    department: Text
    result: Text


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts and lists of the thing page."""

    parts: list[Part]
    departments: list[Text]
    materials: list[Material]
    separate_steps: int
    separate_visits: int


def address(thing: CompiledThing) -> str:
    """Return the page that explains a one-thing or a single item."""
    single = thing.code.removeprefix(SINGLE_PREFIX)
    return reverse("portal:item", args=[single]) if single != thing.code else reverse("portal:thing", args=[thing.code])


def of_thing(thing: CompiledThing) -> Overview:
    """Return what the thing consists of, under any answers."""
    parts = [
        Part(c.definition, thing.department(c.definition.department.kind), result_of(thing, c.definition)) for c in thing.items
    ]
    by_name = {part.department.zh: part.department for part in parts}
    return Overview(
        parts=parts,
        departments=list(by_name.values()),
        materials=list(thing.materials),
        separate_steps=sum(part.item.separately.steps for part in parts),
        separate_visits=sum(part.item.separately.visits for part in parts),
    )

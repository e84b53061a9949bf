"""One item repeated per object: a thing whose repeated entities are written out, as many as there are.

Object 1 keeps every name; object k has its facts under ``vehicle_k``, its items and materials under codes ending in ``-k``. So
nothing a person typed moves when the count changes, and no name of one object is ever a name of another.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

from yijianshi.catalogue.logic.objects import Objects
from yijianshi.catalogue.logic.parts import CompiledParts
from yijianshi.catalogue.logic.schema import Entity, Item
from yijianshi.kernel.text import Text

P = TypeVar("P", bound=CompiledParts)
Counts = Mapping[str, int]
_KEPT_IN_MEMORY = 128
_expansions: OrderedDict[tuple[str, tuple[tuple[str, int], ...]], CompiledParts] = OrderedDict()


def expanded(thing: P, facts: Mapping[str, object]) -> P:
    """Return *thing* with the objects that *facts* count, each with its own facts, items, materials and questions.

    Of a thing without repeated entities itself; a count that is missing or out of bounds counts as the nearest possible one.
    """
    base: P = thing.base
    counts = counts_of(base, facts)
    if not counts:
        return base
    key = (base.sha, tuple(counts.items()))
    found = _expansions.get(key) if base.sha else None
    if found is None:
        found = _written_out(base, counts, number_first=True)
        if base.sha:
            _expansions[key] = found
            while len(_expansions) > _KEPT_IN_MEMORY:
                _expansions.popitem(last=False)
    return found  # type: ignore[return-value]  # kept under the sha of the thing it is an expansion of


def most_of(thing: P) -> P:
    """Return *thing* with as many objects as it may have, to find by name what belongs to any of them."""
    counts = {entity.code: entity.repeats.most for entity in thing.entities if entity.repeats}
    return _written_out(thing, counts, number_first=False) if counts else thing


def counts_of(thing: CompiledParts, facts: Mapping[str, object]) -> dict[str, int]:
    """Return repeated entity → how many objects of it these facts name, between one and the most there may be."""
    return {entity.code: _bounded(entity, facts) for entity in thing.base.entities if entity.repeats}


def object_of(thing: CompiledParts, entity: str) -> tuple[Entity, int] | None:
    """Return the repeated entity and the place of an object such as ``vehicle_2``; None for anything else."""
    found = re.fullmatch(r"(.+?)(?:_([2-9]|[1-9]\d))?", entity)
    if found is None:
        return None
    code, number = found.group(1), int(found.group(2) or 1)
    repeated = next((one for one in thing.base.entities if one.repeats and one.code == code), None)
    return (repeated, number) if repeated and repeated.repeats and number <= repeated.repeats.most else None


def first_called(entity: Entity, name: Text) -> Text:
    """Return what an item of the first object is called where there are several."""
    return Objects(entity, 2, number_first=True).item_called(name, 1)


def own_names(thing: CompiledParts, item: Item) -> Mapping[str, str]:
    """Return fact → what it is called for the object this item is about, where that differs (``vehicle.plate`` → …)."""
    found = object_of(thing, item.repeat) if item.repeat else None
    if found is None or found[1] == 1:
        return {}
    code = found[0].code
    names = [element.name for element in thing.base.elements if element.entity == code]
    return {name: f"{item.repeat}.{name.partition('.')[2]}" for name in names}


@dataclass(frozen=True)
class Renaming:
    """What is called otherwise once an object is gone; None: gone with it. *materials* from the front object to the back one."""

    entities: Mapping[str, str | None]
    materials: Mapping[str, str | None]

    def fact(self, name: str) -> str | None:
        """Return the new name of a fact."""
        entity, _, field = name.partition(".")
        if entity not in self.entities:
            return name
        new = self.entities[entity]
        return None if new is None else f"{new}.{field}"

    def material(self, code: str) -> str | None:
        """Return the new code of a material."""
        return self.materials.get(code, code)


def without_object(thing: CompiledParts, entity: Entity, gone: int, count: int) -> Renaming:
    """Return how the *count* objects of *entity* are called once number *gone* is no more: those behind it move up by one."""
    moves = range(gone, count + 1)
    papers = [material.code for material in thing.base.materials if material.repeat == entity.code]
    return Renaming(
        {_placed(entity.code, "_", n): None if n == gone else _placed(entity.code, "_", n - 1) for n in moves},
        {_placed(code, "-", n): None if n == gone else _placed(code, "-", n - 1) for n in moves for code in papers},
    )


def _placed(name: str, sign: str, number: int) -> str:
    return name if number == 1 else f"{name}{sign}{number}"


def _bounded(entity: Entity, facts: Mapping[str, object]) -> int:
    if entity.repeats is None:
        return 1
    value = facts.get(entity.repeats.count)
    return min(max(value, 1), entity.repeats.most) if isinstance(value, int) else 1


def _written_out(thing: P, counts: Counts, *, number_first: bool) -> P:
    entities = [entity for entity in thing.entities if entity.code in counts]
    parts = reduce(lambda done, entity: Objects(entity, counts[entity.code], number_first).write_out(done), entities, thing)
    sha = f"{thing.sha}+{','.join(f'{code}={count}' for code, count in counts.items())}" if thing.sha else ""
    content = {name: getattr(parts, name) for name in type(thing).model_fields}
    return type(thing).model_construct(**(content | {"sha": sha})).expanded_from(thing)

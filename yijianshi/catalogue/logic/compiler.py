"""The one-thing compiler: items, dictionary and materials in, one self-contained version out."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX, CompiledItem, CompiledThing, Question
from yijianshi.catalogue.logic.edges import derive_edges, find_item_cycle
from yijianshi.catalogue.logic.library import Library, UnknownThing
from yijianshi.catalogue.logic.reach import (
    certificate_codes,
    counted_by,
    element_names,
    letter_codes,
    material_codes,
    names_in,
    ordered_elements,
    register_codes,
    rule_names,
)
from yijianshi.catalogue.logic.schema import (
    Binding,
    DepartmentKind,
    Element,
    Entity,
    GuideQuestion,
    Item,
    ItemUse,
    Need,
    Thing,
)
from yijianshi.catalogue.logic.schema.thing import Applicant, Before, ListEntry, ThingTexts
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.rules.functions import region_prefix
from yijianshi.kernel.text import Text

_KEPT_EACH = 4  # of each code: as in use, and as some proposals would have it
_compiled: dict[str, tuple[tuple[CompiledThing, CompiledThing], ...]] = {}
_ITEM_EXISTS_SINCE = date(2000, 1, 1)


class CircularThing(Invalid):
    """“{thing}”里的事项互相等待，绕成了一个圈：{path}。请去掉其中一个先后关系。

    The items of '{thing}' wait for each other in a circle: {path}. Please remove one of the dependencies.
    """


def compile_thing(library: Library, code: str) -> CompiledThing:
    """Return the compiled version of a one-thing, or of one item for a code like ``item:<code>``.

    Raises UnknownThing for a code the content does not have, CircularThing when items wait for each other.
    """
    if code.startswith(SINGLE_PREFIX):
        return compile_item(library, code.removeprefix(SINGLE_PREFIX))
    return _compile(library, library.thing(code), library.thing(code).list_entry, code)


def compile_item(library: Library, item_code: str) -> CompiledThing:
    """Return a thing of this one item, code ``item:<code>``: the single-handling route, open to everybody."""
    item = library.item(item_code)
    home = _home_of(library, item_code)
    names = {need.fact for need in item.needs}
    asked = rule_names([item]) | counted_by(library, item)
    asked = asked.union(*(names_in(window.when) for window in (home.windows if home else ())))
    questions = [question for question in (home.questions if home else ()) if question.fact in asked]
    known = {question.fact for question in questions}
    thing = Thing.model_construct(
        kind="thing",
        code=item.code,
        name=item.name,
        alias=item.alias,
        summary=item.summary or item.name,
        life_cycle=home.life_cycle if home else ("PERSON" if "1" in item.service_objects else "BUSINESS"),
        domain=home.domain if home else "",
        region=home.region if home else "000000",
        lead=item.department.kind,
        effective_on=item.standard.dates.effective_on or (home.effective_on if home else _ITEM_EXISTS_SINCE),
        applicant=home.applicant if home else Applicant(kind="PERSON" if "1" in item.service_objects else "ENTERPRISE"),
        title_facts=tuple(name for name in (home.title_facts if home else ()) if name in names),
        conditions=(),
        items=(ItemUse(item=item.code),),
        questions=(*questions, *_own_questions(library, item, asked - known - names)),
        order=(),
        form=home.form if home else (),
        parties=tuple(party for party in (home.parties if home else ()) if party.id_number in names),
        tone=home.tone if home else "PLAIN",
        windows=home.windows if home else (),  # one item alone is taken when the whole is
        before=Before(),
        texts=_single_texts(item),
    )
    return _compile(library, thing, None, SINGLE_PREFIX + item.code)


def all_codes(library: Library) -> list[str]:
    """Return everything that can be published: the things, and each item on its own."""
    return [*library.things, *(SINGLE_PREFIX + code for code in library.items)]


def fingerprint(thing: CompiledThing) -> str:
    """Return the SHA-256 (hex) of the thing's content, the same for equal content whatever ``sha`` says."""
    return fingerprint_of(thing.model_dump(mode="json"))


def fingerprint_of(content: Mapping[str, Any]) -> str:
    """Return the same of a thing as it is stored."""
    told = {name: value for name, value in content.items() if name != "sha"}
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _compile(library: Library, thing: Thing, entry: ListEntry | None, code: str) -> CompiledThing:
    uses = tuple(_use(_with_region_need(library.item(use.item)), use.when, thing.region) for use in thing.items)
    items = [use.definition for use in uses]
    cycle = find_item_cycle(items, thing.order, library.materials)
    if cycle:
        raise CircularThing(thing=thing.name, path=" → ".join(library.item(step).name.zh for step in cycle))
    materials = material_codes(items)
    certificates = certificate_codes(library, items, materials)
    elements = ordered_elements(library, thing, element_names(library, thing, items, certificates))
    limits = {one.model.repeats.count: one.model.repeats.most for one in library.entities.values() if one.model.repeats}
    compiled = CompiledThing(
        code=code,
        **{name: getattr(thing, name) for name in _COPIED},
        list_entry=entry,
        items=uses,
        entities=_entities(library, (element.entity for element in elements)),
        elements=tuple(_bounded(element, limits.get(element.name)) for element in elements),
        materials=tuple(library.materials[name].model for name in materials),
        certificates=tuple(library.certificates[name].model for name in certificates),
        letters=tuple(library.commitments[name].model for name in letter_codes(library, materials)),
        registers=tuple(library.registers[name].model for name in register_codes(library, items)),
        departments=_departments(library, items),
        questions=tuple(_question(library, question) for question in thing.questions),
        edges=derive_edges(items, thing.order, library.materials),
        bindings=_bindings(library, {item.code for item in items}),
    )
    return _sealed(compiled)


def _sealed(compiled: CompiledThing) -> CompiledThing:
    """Return the thing with its sha; one that equals an earlier one is that one, with all that is kept in memory for it."""
    known = _compiled.get(compiled.code, ())
    for unsealed, sealed in known:
        if unsealed == compiled:
            return sealed
    sealed = compiled.model_copy(update={"sha": fingerprint(compiled)})
    _compiled[compiled.code] = ((compiled, sealed), *known)[:_KEPT_EACH]
    return sealed


def _bounded(element: Element, most: int | None) -> Element:
    """How many objects there may be is said once, with the entity: none is no answer, and there is a most."""
    return element if most is None else element.model_copy(update={"min": "1", "max": str(most)})


def _bindings(library: Library, codes: Collection[str]) -> tuple[Binding, ...]:
    found = (document.model for document in library.bindings if document.model.item in codes)
    return tuple(sorted(found, key=lambda binding: (binding.item, binding.region)))


_COPIED = (
    "region",
    "name",
    "alias",
    "summary",
    "life_cycle",
    "domain",
    "lead",
    "effective_on",
    "applicant",
    "title_facts",
    "conditions",
    "form",
    "parties",
    "tone",
    "windows",
    "before",
    "texts",
)


def _use(item: Item, when: str | None, region: str) -> CompiledItem:
    """An item that is not offered everywhere applies only where it is; the fact that says where is the competent authority's."""
    fact = item.department.region_from
    if not item.offered_in or fact is None or any(region.startswith(region_prefix(one)) for one in item.offered_in):
        return CompiledItem(definition=item, when=when)
    offered = " or ".join(f"in_region({fact}, '{one}')" for one in item.offered_in)
    return CompiledItem(definition=item, when=f"({when}) and ({offered})" if when else offered)


def _with_region_need(item: Item) -> Item:
    """The fact that decides which authority is competent is always needed."""
    region = item.department.region_from
    if region is None or any(need.fact == region for need in item.needs):
        return item
    return item.model_copy(update={"needs": (*item.needs, Need(fact=region))})


def _home_of(library: Library, item_code: str) -> Thing | None:
    for document in library.things.values():
        if any(use.item == item_code for use in document.model.items):
            return document.model
    return None


def _own_questions(library: Library, item: Item, missing: Iterable[str]) -> list[GuideQuestion]:
    """Facts that decide about this item and that no form field asks for are asked in plain words made from their label."""
    return [
        GuideQuestion(
            fact=name,
            text=Text("请告诉我们：{label}", "Please tell us: {label}").format(label=library.element(name).label),
            why=Text("“{item}”要填哪些内容、交哪些材料，取决于这个回答。", "It decides what '{item}' asks for.").format(
                item=item.name
            ),
        )
        for name in sorted(missing)
        if name in library.elements
    ]


def _single_texts(item: Item) -> ThingTexts:
    return ThingTexts(
        intro=Text("单独办理“{name}”。", "Apply for '{name}' on its own.").format(name=item.name),
        after_submit=Text("我们已经把申请送到办理部门。", "Your application has been passed to the department."),
        done=Text("“{name}”已经办好。", "'{name}' is done.").format(name=item.name),
    )


def _question(library: Library, question: GuideQuestion) -> Question:
    element = library.element(question.fact)
    return Question(
        fact=question.fact,
        text=question.text,
        why=question.why,
        hint=question.hint or element.hint,
        unknown=question.unknown,
        type=element.type,
        options=element.options,
    )


def _departments(library: Library, items: Iterable[Item]) -> tuple[DepartmentKind, ...]:
    wanted = dict.fromkeys(item.department.kind for item in items)
    return tuple(library.departments[kind].model for kind in wanted if kind in library.departments)


def _entities(library: Library, codes: Iterable[str]) -> tuple[Entity, ...]:
    wanted = dict.fromkeys(codes)
    missing = next((code for code in wanted if code not in library.entities), None)
    if missing is not None:
        raise UnknownThing(what=missing)
    return tuple(sorted((library.entities[code].model for code in wanted), key=lambda entity: (entity.order, entity.code)))

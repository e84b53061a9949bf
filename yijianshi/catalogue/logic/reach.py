"""What a set of items reaches: every element, material, certificate and letter a compiled thing must carry to stand alone."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from yijianshi.catalogue.logic.library import Document, Library
from yijianshi.catalogue.logic.schema import Element, Item, Thing
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.rules import CERTIFICATES_HELD, names, parse


@lru_cache(maxsize=4096)
def names_in(rule: str | None) -> frozenset[str]:
    """Return the facts a rule mentions; none for no rule, or for one that cannot be read (the check reports it)."""
    if rule is None:
        return frozenset()
    try:
        return names(parse(rule)) - {CERTIFICATES_HELD}
    except DomainError:
        return frozenset()


def item_rules(item: Item) -> list[str]:
    """Return the rules that decide what an item asks for (not its pre-checks and advice)."""
    begins = item.eligible.on if item.eligible else None
    whens = [
        begins,
        *(need.when for need in item.needs),
        *(use.when for use in item.materials),
        *(read.when for read in item.reads),
    ]
    return [when for when in whens if when is not None]


def rule_names(items: Iterable[Item]) -> frozenset[str]:
    """Return the facts that decide what these items ask for."""
    return frozenset().union(*(names_in(rule) for item in items for rule in item_rules(item)))


def counted_by(library: Library, item: Item) -> frozenset[str]:
    """Return the facts that say how many objects this item is about."""
    about = {item.repeat, *(need.fact.partition(".")[0] for need in item.needs)} & library.entities.keys()
    return frozenset(one.repeats.count for one in (library.entities[code].model for code in about if code) if one.repeats)


def material_codes(items: Iterable[Item]) -> tuple[str, ...]:
    """Return the material types the items use, in order of first use."""
    return tuple(dict.fromkeys(use.material for item in items for use in item.materials))


def register_codes(library: Library, items: Iterable[Item]) -> tuple[str, ...]:
    """Return the registers the items read."""
    return tuple(dict.fromkeys(read.register_ for item in items for read in item.reads if read.register_ in library.registers))


def letter_codes(library: Library, materials: Iterable[str]) -> tuple[str, ...]:
    """Return the commitment letters by which these materials can be met."""
    satisfiers = (satisfier for code in materials for satisfier in library.materials[code].model.satisfiers)
    return tuple(dict.fromkeys(satisfier.letter for satisfier in satisfiers if satisfier.letter))


def certificate_codes(library: Library, items: Sequence[Item], materials: Iterable[str]) -> tuple[str, ...]:
    """Return the certificates produced by the items, accepted for their materials, or read for their facts."""
    produced = [code for item in items for code in item.produces.certificates]
    accepted = [
        satisfier.certificate
        for code in materials
        for satisfier in library.materials[code].model.satisfiers
        if satisfier.certificate
    ]
    needed = dict.fromkeys(need.fact for item in items for need in item.needs)
    read = [
        supplier.certificate
        for name in needed
        for supplier in (library.elements[name].model.suppliers if name in library.elements else ())
        if supplier.certificate
    ]
    return tuple(dict.fromkeys([*produced, *accepted, *read]))


def element_names(library: Library, thing: Thing, items: Sequence[Item], certificates: Iterable[str]) -> set[str]:
    """Return every fact the thing mentions anywhere, with what their suppliers' conditions mention."""
    found = set(thing.title_facts) | {question.fact for question in thing.questions} | rule_names(items)
    found.update(party.id_number for party in thing.parties)
    found.update(*(names_in(rule) for rule in _thing_rules(thing)))
    for item in items:
        found.update(need.fact for need in item.needs)
        found.update(item.produces.facts)
        found.update(*(names_in(rule) for rule in fee_rules(item)))
        found.update(*(names_in(rule) for rule in (*(c.rule for c in item.checks), *(a.when for a in item.advice))))
    for code in material_codes(items):
        for satisfier in library.materials[code].model.satisfiers:
            found.update(*_match_names(satisfier.match))
    for code in certificates:
        certificate = library.certificates[code].model
        facts = (*certificate.fields, certificate.holder.name, certificate.holder.id_number, certificate.number)
        found.update(fact for fact in facts if fact is not None)
        found.update(names_in(certificate.holder.applicant_when))
    return _with_suppliers(library.elements, found)


def _thing_rules(thing: Thing) -> list[str | None]:
    return [
        *(use.when for use in thing.items),
        *(condition.rule for condition in thing.conditions),
        *(window.when for window in thing.windows),
        *(party.when for party in thing.parties),
    ]


def fee_rules(item: Item) -> list[str]:
    """Return the rules and expressions that decide what an item costs."""
    rates = item.fee.rates if item.fee else ()
    return [rule for rate in rates for rule in (rate.when, rate.times) if rule is not None]


def _with_suppliers(elements: Mapping[str, Document[Element]], found: Iterable[str]) -> set[str]:
    todo = list(found)
    closed: set[str] = set()
    while todo:
        name = todo.pop()
        if name in closed or name not in elements:
            continue
        closed.add(name)
        todo.extend(_supplier_names(elements[name].model))
    return closed


def _supplier_names(element: Element) -> Iterable[str]:
    bounds = [names_in(bound) for bound in (element.min, element.max)]
    rules = [names_in(supplier.when) for supplier in element.suppliers]
    return frozenset().union(
        *bounds, *rules, *(names for supplier in element.suppliers for names in _match_names(supplier.match))
    )


def _match_names(match: Mapping[str, str]) -> list[frozenset[str]]:
    """Return the facts a match compares, and those its expressions mention."""
    return [frozenset(match), *(names_in(rule) for rule in match.values())]


def ordered_elements(library: Library, thing: Thing, wanted: set[str]) -> list[Element]:
    """Return the elements in form order: as listed by the thing, then by the entity's order and the dictionary's own."""
    listed = [name for group in thing.form for name in group.elements if name in wanted]
    listed_entities = [group.entity for group in thing.form]
    position = {name: rank for rank, name in enumerate(library.elements)}

    def rank(name: str) -> tuple[int, int, int, int]:
        entity = name.partition(".")[0]
        document = library.entities.get(entity)
        group = listed_entities.index(entity) if entity in listed_entities else len(listed_entities)
        own = listed.index(name) if name in listed else len(listed)
        return (group, document.model.order if document else 0, own, position[name])

    return [library.elements[name].model for name in sorted(wanted, key=rank)]

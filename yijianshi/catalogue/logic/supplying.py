"""Who supplies a fact instead of the applicant: the first supplier whose condition holds and whose source offers it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.matching import fits
from yijianshi.catalogue.logic.plan import Offer, OfferKind, Supplied
from yijianshi.catalogue.logic.prepared import prepare, supplier_key
from yijianshi.catalogue.logic.repeating import expanded
from yijianshi.catalogue.logic.schema import Element, ElementType, Supplier, SupplierKind
from yijianshi.catalogue.logic.values import decode
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.rules import CERTIFICATES_HELD, Environment, Outcome
from yijianshi.kernel.text import Text

_CHANGEABLE = {ElementType.PHONE, ElementType.ADDRESS, ElementType.ACCOUNT, ElementType.REGION}
_MAX_ROUNDS = 5  # one supplied fact may open another supplier's condition; chains longer than this do not occur


def supply(thing: CompiledThing, facts: Mapping[str, object], offers: Sequence[Offer], env: Environment) -> dict[str, Supplied]:
    """Return the facts that the offers supply, given what is known; an unknown condition supplies nothing."""
    supplied: dict[str, Supplied] = {}
    if not offers:
        return supplied
    thing = expanded(thing, effective_facts(facts, supplied, offers))
    rules = prepare(thing).rules
    for _ in range(_MAX_ROUNDS):
        case = _Case(thing.elements_by_name, effective_facts(facts, supplied, offers), env)
        outcomes = rules(case.known, env)
        fresh = {name: found for name, element in case.elements.items() if (found := _first(element, offers, outcomes, case))}
        if fresh == supplied:
            break
        supplied = fresh
    return supplied


def effective_facts(facts: Mapping[str, object], supplied: Mapping[str, Supplied], offers: Sequence[Offer]) -> dict[str, object]:
    """Return what rules see: supplied facts, then the applicant's own answers over them, then the certificates held."""
    known = {name: entry.value for name, entry in supplied.items()} | dict(facts)
    for name, entry in supplied.items():
        if entry.locked:
            known[name] = entry.value
    if offers and CERTIFICATES_HELD not in known:
        known[CERTIFICATES_HELD] = tuple(sorted({offer.type for offer in offers if offer.kind == OfferKind.CERTIFICATE}))
    return known


def awaited(thing: CompiledThing, outcomes: Mapping[str, Outcome], offers: Sequence[Offer]) -> dict[str, Text]:
    """Return fact → the register that is being asked for it and has not answered yet."""
    asked = {(offer.type, offer.holder): offer.label for offer in offers if offer.kind == OfferKind.REGISTER and offer.pending}
    found: dict[str, Text] = {}
    for element in thing.elements if asked else ():
        for position, supplier in enumerate(element.suppliers):
            label = asked.get((supplier.register_ or "", supplier.holder))
            if label and (supplier.when is None or outcomes[supplier_key(element.name, position)] is True):
                found.setdefault(element.name, label)
    return found


@dataclass(frozen=True, slots=True)
class _Case:
    """What is known of the case whose facts are supplied."""

    elements: Mapping[str, Element]
    known: Mapping[str, object]
    env: Environment


def _first(element: Element, offers: Sequence[Offer], outcomes: Mapping[str, Outcome], case: _Case) -> Supplied | None:
    for position, supplier in enumerate(element.suppliers):
        if supplier.when is not None and outcomes[supplier_key(element.name, position)] is not True:
            continue
        for offer in offers:
            if _comes_from(offer, supplier, case):
                found = _read(element, supplier, offer)
                if found is not None:
                    return found
    return None


def _comes_from(offer: Offer, supplier: Supplier, case: _Case) -> bool:
    if offer.kind != supplier.kind.value or offer.pending:
        return False
    if supplier.kind is SupplierKind.PRIOR:
        return True
    if offer.holder != supplier.holder:
        return False
    if supplier.kind is SupplierKind.IDENTITY:
        return True
    if supplier.kind is SupplierKind.REGISTER:
        return offer.type == supplier.register_
    return offer.type == supplier.certificate and fits(offer, supplier.match, case.elements, case.known, case.env)


def _read(element: Element, supplier: Supplier, offer: Offer) -> Supplied | None:
    raw = offer.fields.get(supplier.field or element.name)
    if raw is None or raw == "":
        return None
    try:
        value = decode(element, raw)
    except Invalid:  # a source that holds something unreadable supplies nothing; the applicant is asked instead
        return None
    identity = supplier.kind is SupplierKind.IDENTITY
    locked = supplier.locked if supplier.locked is not None else identity and element.type not in _CHANGEABLE
    return Supplied(value, OfferKind(offer.kind), offer.ref, offer.label, offer.at, locked)

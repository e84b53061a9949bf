"""What a thing is made of, with how sure each figure is: for authors, who must know what nobody has confirmed."""

from collections.abc import Iterator
from dataclasses import dataclass

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.schema import Element, Item
from yijianshi.catalogue.logic.schema.item import days_in_words
from yijianshi.kernel.text import Text

_KINDS: dict[str, Text] = {
    "IDENTITY": Text("登录身份", "the log-in"),
    "PRIOR": Text("以前的办件", "an earlier application"),
    "REGISTER": Text("其他部门的登记库", "another authority's register"),
}
_CERTIFICATE = Text("电子证照“{name}”", "the e-certificate '{name}'")
_PROMISE = Text("承诺时限", "Promised time")
_LEGAL = Text("法定时限", "Legal time limit")
_SURE = "confirmed"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its source and how sure it is."""

    label: Text
    value: Text
    basis: Text | None
    confidence: str


@dataclass(frozen=True, slots=True)
class ItemPart:
    """One item of the thing."""

    item: Item
    department: Text
    when: str | None
    figures: tuple[Figure, ...]
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Supply:
    """A fact and who could fill it in for the citizen."""

    label: Text
    by: tuple[Text, ...]


def items(thing: CompiledThing) -> list[ItemPart]:
    """Return the items with their figures."""
    return [
        ItemPart(
            use.definition,
            thing.department(use.definition.department.kind),
            use.when,
            tuple(_figures(use.definition)),
            use.definition.confidence == _SURE,
        )
        for use in thing.items
    ]


def supplies(thing: CompiledThing) -> list[Supply]:
    """Return the facts that somebody else may supply once the citizen has logged in."""
    found = [Supply(element.label, tuple(dict.fromkeys(_suppliers(thing, element)))) for element in thing.elements]
    return [one for one in found if one.by]


def _figures(item: Item) -> Iterator[Figure]:
    limits = item.limits
    yield Figure(_PROMISE, days_in_words(limits.promise), limits.promise.basis, limits.promise.confidence)
    if limits.legal:
        yield Figure(_LEGAL, days_in_words(limits.legal), limits.legal.basis, limits.legal.confidence)
    if item.fee:
        yield Figure(item.fee.name, item.fee.amount, item.fee.basis, item.fee.confidence)


def _suppliers(thing: CompiledThing, element: Element) -> Iterator[Text]:
    for supplier in element.suppliers:
        certificate = thing.certificates_by_code.get(supplier.certificate or "")
        if certificate:
            yield _CERTIFICATE.format(name=certificate.name)
        elif supplier.kind in _KINDS:
            yield _KINDS[supplier.kind]

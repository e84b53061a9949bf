"""Where rules stand in the content: every expression with its document, its place and the type it must have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yijianshi.catalogue.logic.findings import Where
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.logic.rule_types import rule_type
from yijianshi.catalogue.logic.schema.thing import Party, Window
from yijianshi.kernel.rules import Type

_BOUND_TYPE = {Type.DATETIME: Type.DATE}  # a moment is bounded by days


@dataclass(frozen=True, slots=True)
class Place:
    """One rule as authored."""

    source: str
    where: Where
    want: Type = Type.BOOL
    decides: bool = True  # what is asked for, as against a pre-check, a piece of advice or a bound


def rule_places(library: Library) -> Iterator[Place]:
    """Yield every rule of the whole content."""
    yield from _in_dictionary(library)
    yield from _in_items(library)
    yield from _in_fees_and_days(library)
    yield from _in_things(library)
    yield from _in_certificates(library)
    for document in library.materials.values():
        for position, satisfier in enumerate(document.model.satisfiers):
            yield from _matches(library, satisfier.match, document.where("satisfiers", position, "match"))


def _in_dictionary(library: Library) -> Iterator[Place]:
    for document in library.elements.values():
        element = document.model
        for key, bound in (("min", element.min), ("max", element.max)):
            if bound is not None:
                yield Place(bound, document.where(key), _BOUND_TYPE.get(rule_type(element), rule_type(element)), decides=False)
        for position, supplier in enumerate(element.suppliers):
            if supplier.when is not None:
                yield Place(supplier.when, document.where("suppliers", position, "when"))
            yield from _matches(library, supplier.match, document.where("suppliers", position, "match"))


def _in_items(library: Library) -> Iterator[Place]:
    for document in library.items.values():
        item = document.model
        whens = {"needs": [one.when for one in item.needs], "materials": [one.when for one in item.materials]}
        whens["reads"] = [one.when for one in item.reads]
        for key, position, when in ((key, n, when) for key, ones in whens.items() for n, when in enumerate(ones)):
            if when is not None:
                yield Place(when, document.where(key, position, "when"))
        for position, check in enumerate(item.checks):
            yield Place(check.rule, document.where("checks", position, "rule"), decides=False)
        for position, advice in enumerate(item.advice):
            yield Place(advice.when, document.where("advice", position, "when"), decides=False)


def _in_fees_and_days(library: Library) -> Iterator[Place]:
    for document in library.items.values():
        if document.model.eligible is not None:
            yield Place(document.model.eligible.on, document.where("eligible", "on"), Type.DATE)
        fee = document.model.fee
        for position, rate in enumerate(fee.rates if fee else ()):
            where = ("fee", "rates", position)
            if rate.when is not None:
                yield Place(rate.when, document.where(*where, "when"), decides=False)
            if rate.times is not None:
                yield Place(rate.times, document.where(*where, "times"), Type.DECIMAL, decides=False)


def _in_things(library: Library) -> Iterator[Place]:
    for document in library.things.values():
        for position, use in enumerate(document.model.items):
            if use.when is not None:
                yield Place(use.when, document.where("items", position, "when"))
        for position, condition in enumerate(document.model.conditions):
            yield Place(condition.rule, document.where("conditions", position, "rule"))
        rest: dict[str, Sequence[Party | Window]] = {"parties": document.model.parties, "windows": document.model.windows}
        for key, position, rule in ((key, n, one.when) for key, ones in rest.items() for n, one in enumerate(ones)):
            if rule is not None:
                yield Place(rule, document.where(key, position, "when"))


def _in_certificates(library: Library) -> Iterator[Place]:
    for document in library.certificates.values():
        rule = document.model.holder.applicant_when
        if rule is not None:
            yield Place(rule, document.where("holder", "applicant_when"), decides=False)


def _matches(library: Library, match: Mapping[str, str], where: Where) -> Iterator[Place]:
    """Yield the expressions of a match; each must have the type of the field it is compared with."""
    for field, rule in match.items():
        element = library.elements.get(field)
        if element is not None:  # a field that does not exist is reported where it stands
            yield Place(rule, where, rule_type(element.model), decides=False)

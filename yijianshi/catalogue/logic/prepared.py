"""A compiled thing made ready to run: rules parsed once, compiled to one function, outcome expressions joined, labels at hand."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from yijianshi.catalogue.logic.compiled import CompiledItem, CompiledThing
from yijianshi.catalogue.logic.rule_types import labels_of, options_of, types_of, value_labels_of
from yijianshi.catalogue.logic.schema import Item
from yijianshi.kernel.rules import CERTIFICATES_HELD, CompiledRules, Expr, Type, compile_rules, names, parse
from yijianshi.kernel.rules.ir import TRUE, And, Not, conjunction, disjunction
from yijianshi.kernel.text import Text

_KEPT_IN_MEMORY = 128
_HELD = Text("持有的电子证照", "the e-certificates held")


def item_key(code: str) -> str:
    """Return the rule key of an item's applicability."""
    return f"item/{code}"


def need_key(code: str, position: int) -> str:
    """Return the rule key of an item's n-th need."""
    return f"need/{code}/{position}"


def use_key(code: str, position: int) -> str:
    """Return the rule key of an item's n-th material."""
    return f"use/{code}/{position}"


def read_key(code: str, position: int) -> str:
    """Return the rule key of what an item reads as its n-th."""
    return f"read/{code}/{position}"


def supplier_key(fact: str, position: int) -> str:
    """Return the rule key of a fact's n-th supplier."""
    return f"supplier/{fact}/{position}"


def condition_key(position: int) -> str:
    """Return the rule key of the channel's n-th condition."""
    return f"condition/{position}"


def party_key(position: int) -> str:
    """Return the rule key of the thing's n-th party."""
    return f"party/{position}"


def rate_key(code: str, position: int) -> str:
    """Return the rule key of the n-th rate of an item's fee."""
    return f"rate/{code}/{position}"


def advice_key(code: str, position: int) -> str:
    """Return the rule key of an item's n-th advice."""
    return f"advice/{code}/{position}"


@dataclass(eq=False)
class Prepared:
    """One thing's rules: ``exprs`` as authored, ``rules`` all compiled together, ``outcomes`` what the guide tries to settle.

    ``domains`` are all possible values of the facts that have few.
    ``mentioned`` are all facts in rules, ``given`` those of them that are no guide questions.
    """

    thing: CompiledThing
    exprs: Mapping[str, Expr]
    rules: CompiledRules
    names_of: Mapping[str, tuple[str, ...]]
    checks: Mapping[tuple[str, int], Expr]
    route: Expr
    applicability: tuple[Expr, ...]
    outcomes: tuple[Expr, ...]
    types: Mapping[str, Type]
    labels: Mapping[str, Text]
    value_labels: Mapping[str, Mapping[str, Text]]
    options: Mapping[str, tuple[str, ...]]
    domains: Mapping[str, tuple[object, ...]]
    mentioned: frozenset[str]
    given: frozenset[str]
    memory: dict[object, Text] = field(default_factory=dict)
    arenas: list[object] = field(default_factory=list)


_ready: OrderedDict[str, Prepared] = OrderedDict()


def prepare(thing: CompiledThing) -> Prepared:
    """Return the thing made ready; kept in memory by its sha, so that a guide answer costs no parsing."""
    found = _ready.get(thing.sha)
    if found is None or not thing.sha:
        found = _prepare(thing)
        if thing.sha:
            _ready[thing.sha] = found
            while len(_ready) > _KEPT_IN_MEMORY:
                _ready.popitem(last=False)
    return found


def _prepare(thing: CompiledThing) -> Prepared:
    exprs = {key: parse(rule) for key, rule in _authored(thing).items()}
    types, options = types_of(thing.elements), options_of(thing.elements)
    asked = {question.fact for question in thing.questions}
    applicability = tuple(exprs.get(item_key(item.code), TRUE) for item in thing.items)
    route = conjunction([exprs[condition_key(position)] for position in range(len(thing.conditions))])
    needs = (*_needs_of(thing, exprs), *_uses_of(thing, exprs), *_suppliers_of(thing, exprs))
    counts = _counts_of(thing, exprs)
    outcomes = (*applicability, *(_while_together(expr, route) for expr in (*needs, *counts)))
    mentioned = frozenset().union(*map(names, exprs.values()), *map(names, counts))
    return Prepared(
        thing=thing,
        exprs=exprs,
        rules=compile_rules(exprs, types),
        names_of={key: tuple(sorted(names(expr))) for key, expr in exprs.items()},
        checks={
            (item.code, position): parse(check.rule)
            for item in thing.items
            for position, check in enumerate(item.definition.checks)
        },
        route=route,
        applicability=applicability,
        outcomes=outcomes,
        mentioned=mentioned,
        given=mentioned - asked,
        types=types,
        labels=labels_of(thing.elements) | {CERTIFICATES_HELD: _HELD},
        value_labels=value_labels_of(thing.elements) | {CERTIFICATES_HELD: {c.code: c.name for c in thing.certificates}},
        options=options,
        domains={name: values for name, kind in types.items() if (values := _domain(name, kind, options))},
    )


def _domain(name: str, kind: Type, options: Mapping[str, tuple[str, ...]]) -> tuple[object, ...]:
    if kind is Type.BOOL:
        return (True, False)
    return options.get(name, ()) if kind is Type.CODE else ()


def _authored(thing: CompiledThing) -> dict[str, str]:
    rules: dict[str, str | None] = {}
    for position, condition in enumerate(thing.conditions):
        rules[condition_key(position)] = condition.rule
    rules |= {party_key(position): party.when for position, party in enumerate(thing.parties)}
    for item in thing.items:
        rules[item_key(item.code)] = _applies_now(item)
        definition = item.definition
        rules |= {need_key(item.code, position): need.when for position, need in enumerate(definition.needs)}
        rules |= {use_key(item.code, position): use.when for position, use in enumerate(definition.materials)}
        rules |= {read_key(item.code, position): read.when for position, read in enumerate(definition.reads)}
        rules |= {advice_key(item.code, position): advice.when for position, advice in enumerate(definition.advice)}
        rates = definition.fee.rates if definition.fee else ()
        rules |= {rate_key(item.code, position): rate.when for position, rate in enumerate(rates)}
    for element in thing.elements:
        rules |= {supplier_key(element.name, position): supplier.when for position, supplier in enumerate(element.suppliers)}
    return {key: rule for key, rule in rules.items() if rule is not None}


def _applies_now(item: CompiledItem) -> str | None:
    """An item that may be applied for only from some day on applies from that day."""
    eligible = item.definition.eligible
    if eligible is None:
        return item.when
    begun = f"({eligible.on}) <= today()"
    return f"({item.when}) and {begun}" if item.when else begun


def _while_together(expr: Expr, route: Expr) -> Expr:
    """Join a need with the conditions that share facts with it: once one of them fails, the need no longer matters here."""
    conditions = list(route.operands) if isinstance(route, And) else [route]
    mentioned, shared = names(expr), [expr]
    while touching := [condition for condition in conditions if names(condition) & mentioned]:
        conditions = [condition for condition in conditions if condition not in touching]
        shared = [*touching, *shared]
        mentioned |= frozenset().union(*map(names, touching))
    return conjunction(shared)


def _joined(exprs: Mapping[str, Expr], *keys: str) -> Expr:
    return conjunction([exprs[key] for key in keys if key in exprs])


def _needs_of(thing: CompiledThing, exprs: Mapping[str, Expr]) -> list[Expr]:
    return [
        _joined(exprs, item_key(item.code), need_key(item.code, position))
        for item in thing.items
        for position, need in enumerate(item.definition.needs)
        if need.when is not None
    ]


def _uses_of(thing: CompiledThing, exprs: Mapping[str, Expr]) -> list[Expr]:
    return [
        _joined(exprs, item_key(item.code), use_key(item.code, position))
        for item in thing.items
        for position, use in enumerate(item.definition.materials)
        if use.when is not None
    ]


def _counts_of(thing: CompiledThing, exprs: Mapping[str, Expr]) -> list[Expr]:
    """How many objects there are matters while an item about them may apply."""
    open_counts = []
    for entity in thing.entities:
        if entity.repeats:
            users = [_joined(exprs, item_key(item.code)) for item in thing.items if _is_about(item.definition, entity.code)]
            open_counts.append(conjunction([disjunction(users), parse(f"{entity.repeats.count} >= 2")]))
    return open_counts


def _is_about(item: Item, entity: str) -> bool:
    return item.repeat == entity or any(need.fact.partition(".")[0] == entity for need in item.needs)


def _suppliers_of(thing: CompiledThing, exprs: Mapping[str, Expr]) -> list[Expr]:
    """A supplier's condition matters while its fact may be needed and no item of this thing produces it."""
    needed: dict[str, list[Expr]] = {}
    produced: dict[str, list[Expr]] = {}
    for item in thing.items:
        for position, need in enumerate(item.definition.needs):
            needed.setdefault(need.fact, []).append(_joined(exprs, item_key(item.code), need_key(item.code, position)))
        for fact in item.definition.produces.facts:
            produced.setdefault(fact, []).append(_joined(exprs, item_key(item.code)))
    return [
        conjunction([disjunction(needed[element.name]), *map(Not, produced.get(element.name, ())), exprs[key]])
        for element in thing.elements
        if element.name in needed
        for key in (supplier_key(element.name, position) for position in range(len(element.suppliers)))
        if key in exprs
    ]

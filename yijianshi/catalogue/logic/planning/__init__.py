"""The planner: one set of facts in, the whole plan out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.guide import open_questions
from yijianshi.catalogue.logic.liveness import arena_of
from yijianshi.catalogue.logic.plan import (
    Edge,
    Offer,
    Plan,
    PlannedField,
    PlannedItem,
    PlannedMaterial,
    Promise,
    Reduction,
    Supplied,
)
from yijianshi.catalogue.logic.planning.fees import plan_fees
from yijianshi.catalogue.logic.planning.fields import plan_fields
from yijianshi.catalogue.logic.planning.items import Standing, plan_items, plan_route
from yijianshi.catalogue.logic.planning.later import later_items
from yijianshi.catalogue.logic.planning.materials import plan_materials
from yijianshi.catalogue.logic.planning.order import plan_edges, waits
from yijianshi.catalogue.logic.planning.parties import plan_parties
from yijianshi.catalogue.logic.planning.reasons import Reasons
from yijianshi.catalogue.logic.prepared import Prepared, advice_key, item_key, prepare
from yijianshi.catalogue.logic.promise import promise_of
from yijianshi.catalogue.logic.reductions import reductions_of
from yijianshi.catalogue.logic.repeating import expanded
from yijianshi.catalogue.logic.schema import Item
from yijianshi.catalogue.logic.supplying import awaited, effective_facts
from yijianshi.kernel.rules import UNKNOWN, Environment, Expr, evaluate, parse
from yijianshi.kernel.text import Text

_NOTHING: Mapping[str, Supplied] = {}
_NO_CHOICES: Mapping[str, str] = {}


def plan(
    thing: CompiledThing,
    facts: Mapping[str, object],
    *,
    env: Environment,
    offers: Sequence[Offer] = (),
    supplied: Mapping[str, Supplied] = _NOTHING,
    choices: Mapping[str, str] = _NO_CHOICES,
    declined: frozenset[str] = frozenset(),
) -> Plan:
    """Return the plan for these facts; what is unknown stays open and counts as needed, with the reason saying so."""
    outcome = plan_without_questions(thing, facts, env=env, offers=offers, supplied=supplied, choices=choices)
    known = effective_facts(facts, supplied, offers)
    return replace(outcome, open_questions=open_questions(thing, known, declined, env))


def plan_without_questions(
    thing: CompiledThing,
    facts: Mapping[str, object],
    *,
    env: Environment,
    offers: Sequence[Offer] = (),
    supplied: Mapping[str, Supplied] = _NOTHING,
    choices: Mapping[str, str] = _NO_CHOICES,
) -> Plan:
    """Return the plan without its open questions, which take as long to find as all the rest."""
    known = effective_facts(facts, supplied, offers)
    thing = expanded(thing, known)
    prepared = prepare(thing)
    standing = _standing(prepared, known, env)
    fields = plan_fields(standing, facts, supplied, awaited(thing, standing.outcomes, offers))
    materials = plan_materials(standing, offers, choices)
    edges = plan_edges(standing, fields, materials)
    promise = promise_of(standing.included(), edges)
    route, route_reasons = plan_route(standing)
    return Plan(
        route=route,
        route_reasons=route_reasons,
        items=plan_items(standing, waits(edges)),
        fields=fields,
        materials=materials,
        edges=edges,
        promise=promise,
        reductions=reductions_of(standing, fields, materials, promise),
        advice=_advice(prepared, standing),
        fees=plan_fees(standing),
        parties=plan_parties(standing, fields),
    )


def _standing(prepared: Prepared, known: Mapping[str, object], env: Environment) -> Standing:
    """Evaluate all rules; what three-valued logic leaves unknown but every possible answer would settle alike is settled."""
    outcomes = prepared.rules(known, env)
    arena = arena_of(prepared, env)
    settled: dict[str, bool] = {}
    for key, outcome in outcomes.items():
        if outcome is UNKNOWN:
            whatever = arena.settled(prepared.exprs[key], known)
            if whatever is not None:
                settled[key] = whatever
    together = arena.settled(prepared.route, known) if prepared.thing.conditions else True
    later = later_items(prepared.thing, outcomes | settled, known, env)
    settled |= dict.fromkeys(map(item_key, later), False)  # nothing is asked and handed in for what comes later
    reasons = Reasons(prepared, known, env, settled.keys() - set(map(item_key, later)))
    return Standing(prepared.thing, outcomes | settled, reasons, known, env, together, later)


def _advice(prepared: Prepared, standing: Standing) -> tuple[Text, ...]:
    texts = [
        advice.text
        for item in standing.included()
        for position, advice in enumerate(item.advice)
        if standing.outcomes.get(advice_key(item.code, position)) is True
    ]
    return tuple(dict.fromkeys(texts))


@lru_cache(maxsize=1024)
def _parsed(rule: str) -> Expr:
    return parse(rule)


def item_advice(item: Item, facts: Mapping[str, object], env: Environment) -> tuple[Text, ...]:
    """Return the advice of one item that applies to these facts, for the department's page; it never blocks."""
    return tuple(advice.text for advice in item.advice if evaluate(_parsed(advice.when), facts, env) is True)


__all__ = [
    "Edge",
    "Offer",
    "Plan",
    "PlannedField",
    "PlannedItem",
    "PlannedMaterial",
    "Promise",
    "Reduction",
    "Supplied",
    "item_advice",
    "plan",
    "plan_without_questions",
]

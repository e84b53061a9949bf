"""The path of an application: a plan without its words, told thousands of times a second.

``path_of`` reads it off a plan; ``Paths`` works it out directly. Both agree (tests/unit/catalogue/test_paths.py); what
decides is the same: the compiled rules, what is settled whatever the rest may be, and the planner's own order of satisfiers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import TypeVar

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.liveness import arena_of
from yijianshi.catalogue.logic.matching import fits
from yijianshi.catalogue.logic.plan import FieldStatus, ItemStatus, MaterialStatus, Offer, OfferKind, Plan, Route
from yijianshi.catalogue.logic.planning.later import later_items
from yijianshi.catalogue.logic.prepared import condition_key, item_key, need_key, prepare, use_key
from yijianshi.catalogue.logic.repeating import expanded
from yijianshi.catalogue.logic.schema import Item, Material, Satisfier, SatisfierKind
from yijianshi.catalogue.logic.schema.item import HOLDING
from yijianshi.catalogue.logic.supplying import effective_facts
from yijianshi.kernel import graph
from yijianshi.kernel.rules import UNKNOWN, Environment, Outcome, names, parse
from yijianshi.kernel.workdays import Calendar

K = TypeVar("K")
T = TypeVar("T")
_MOST_REMEMBERED = 50_000
_LEFT_OUT = {FieldStatus.NOT_NEEDED, FieldStatus.FROM_RESULT}
_ON_REQUEST = {SatisfierKind.DEFERRED, SatisfierKind.DEPARTMENT_INQUIRY}
_MISSING = object()  # beside None, which could be a value
Standings = tuple[Outcome, ...]  # of the items, in authored order
Chosen = tuple[tuple[str, str], ...]
Promised = tuple[int, ...]  # working days of the items, in authored order, as their places promise them
Way = tuple[SatisfierKind, int | None]  # how a material is met, and the place of the item whose result does it
Listed = tuple[str, Way, tuple[int, ...]]
Held = frozenset[tuple[str, int]]  # (material, place of the satisfier) that a certificate or an earlier submission meets
Means = tuple[Held, Chosen, Promised]  # all but the rules that decides about a path


@dataclass(frozen=True, slots=True)
class Path:
    """The way one application takes.

    ``fields`` are those the form shows (results filled in by a department are not among them), ``materials`` pairs of code and
    satisfier, ``waits`` pairs of (downstream, upstream) items, ``working_days`` the promise.
    """

    route: Route
    items: tuple[str, ...]
    undecided: tuple[str, ...]
    later: tuple[str, ...]
    fields: tuple[str, ...]
    materials: tuple[tuple[str, str], ...]
    waits: tuple[tuple[str, str], ...]
    working_days: int


def path_of(plan: Plan) -> Path:
    """Return the path a plan describes."""
    return Path(
        route=plan.route,
        items=plan.included(),
        undecided=tuple(item.code for item in plan.items if item.status is ItemStatus.OPEN),
        later=tuple(item.code for item in plan.items if item.status is ItemStatus.LATER),
        fields=tuple(entry.name for entry in plan.fields if entry.status not in _LEFT_OUT),
        materials=tuple(
            (entry.code, entry.satisfier or "") for entry in plan.materials if entry.status is not MaterialStatus.NOT_NEEDED
        ),
        waits=tuple(sorted({(edge.downstream, edge.upstream) for edge in plan.edges if edge.kind in HOLDING})),
        working_days=plan.promise.working_days,
    )


class Paths:
    """One thing made ready to tell the paths of many applications; equal outcomes of its rules are worked out once."""

    def __init__(self, thing: CompiledThing, calendar: Calendar | None) -> None:
        self._thing = thing
        self._calendar = calendar
        self._by_objects: dict[str, _Ready] = {}
        self._day: Environment | None = None

    def of(
        self, facts: Mapping[str, object], *, on: date, offers: Sequence[Offer] = (), choices: Mapping[str, str] | None = None
    ) -> Path:
        """Return the path that ``plan`` would give these facts on the day *on*; days in order are fastest."""
        if self._day is None or self._day.today != on:
            self._day = Environment(on, self._calendar)
        known = effective_facts(facts, {}, offers)
        thing = expanded(self._thing, known)
        ready = self._by_objects.get(thing.sha)
        if ready is None or not thing.sha:
            ready = self._by_objects[thing.sha] = _Ready(thing)
        return ready.path(known, self._day, offers, choices or {})


class _Ready:
    """The parts of one thing by what decides about them; each part is remembered by exactly that."""

    def __init__(self, thing: CompiledThing) -> None:
        self.thing = thing
        self.prepared = prepare(thing)
        self.items = [use.definition for use in thing.items]
        self.keys = [item_key(item.code) for item in self.items]
        self.form = [element.name for element in thing.elements]
        exprs = self.prepared.exprs
        wants = [[(one.fact, _key(need_key(item.code, at), exprs)) for at, one in enumerate(item.needs)] for item in self.items]
        uses = [
            [(one.material, _key(use_key(item.code, at), exprs)) for at, one in enumerate(item.materials)] for item in self.items
        ]
        self.needs, self.uses = _Parts(wants), _Parts(uses)
        self.produced = [self.needs.mask(item.produces.facts) for item in self.items]
        self.materials = [(one, self.uses.bits[one.code]) for one in thing.materials if one.code in self.uses.bits]
        self.passed_on = {
            one.code for one in thing.materials for way in one.satisfiers if way.kind is SatisfierKind.INTERNAL_PRODUCT
        }
        places = {item.code: place for place, item in enumerate(self.items)}
        self.edges = list(
            dict.fromkeys(
                (places[edge.downstream], places[edge.upstream], self.needs.mask(edge.facts), edge.explicit is not None)
                for edge in thing.edges
                if edge.kind in HOLDING
            )
        )
        self.conditions = [condition_key(position) for position in range(len(thing.conditions))]
        self.waiting = any(item.eligible is not None for item in self.items)
        self.places = tuple(sorted({item.department.region_from or "" for item in self.items if self._is_bound(item)}))
        self.decisive = tuple(sorted(self.prepared.mentioned | _days_asked(thing)))
        self._settled: dict[tuple[object, ...], bool | None] = {}
        self._paths: dict[tuple[object, ...], Path] = {}
        self._by_facts: dict[tuple[object, ...], Path] = {}
        self._ways: dict[tuple[object, ...], Way] = {}
        self._promises: dict[tuple[object, ...], int] = {}
        self._promised: dict[tuple[object, ...], Promised] = {}

    def path(self, known: Mapping[str, object], env: Environment, offers: Sequence[Offer], choices: Mapping[str, str]) -> Path:
        held = self._held(known, env, offers)
        chosen = tuple(sorted(choices.items()))
        promised = self._promised_in(known)
        facts = (env.today, held, chosen, promised, *(known.get(name, _MISSING) for name in self.decisive))
        path = self._by_facts.get(facts)
        if path is None:
            path = self._by_facts[facts] = self._by_outcomes(known, env, (held, chosen, promised))
            _shortened(self._by_facts)
        return path

    def _is_bound(self, item: Item) -> bool:
        return item.code in self.thing.bindings_by_item

    def _promised_in(self, known: Mapping[str, object]) -> Promised:
        """Return the days each item is promised in, where these facts place it."""
        places = tuple([known.get(name) for name in self.places])
        promised = self._promised.get(places)
        if promised is None:
            offered = [self.thing.item_for(item, known) for item in self.items]
            promised = self._promised[places] = tuple([item.limits.promise.as_working_days for item in offered])
            _shortened(self._promised)
        return promised

    def _by_outcomes(self, known: Mapping[str, object], env: Environment, means: Means) -> Path:
        outcomes = self.prepared.rules(known, env)
        later: tuple[str, ...] = ()
        unsettled = [key for key, outcome in outcomes.items() if outcome is UNKNOWN]
        settled = {key: found for key in unsettled if (found := self._whatever(key, known, env)) is not None}
        if self.waiting:
            days = later_items(self.thing, outcomes | settled, known, env)
            later = tuple(use.code for use in self.thing.items if use.code in days)
            settled |= dict.fromkeys(map(item_key, later), False)
        outcomes |= settled
        together = self._together(outcomes, known, env)
        key = (tuple(outcomes.values()), together, later, *means)
        path = self._paths.get(key)
        if path is None:
            path = self._paths[key] = self._worked_out(outcomes, self._route(outcomes, together), later, means)
            _shortened(self._paths)
        return path

    def _whatever(self, key: str, known: Mapping[str, object], env: Environment) -> bool | None:
        question = (key, env.today, *(known.get(name, _MISSING) for name in self.prepared.names_of[key]))
        if question not in self._settled:
            self._settled[question] = arena_of(self.prepared, env).settled(self.prepared.exprs[key], known)
            _shortened(self._settled)
        return self._settled[question]

    def _together(self, outcomes: Mapping[str, Outcome], known: Mapping[str, object], env: Environment) -> bool | None:
        """Return whether the conditions of the channel hold together; asked of the arena only where that is not plain."""
        found = [outcomes[key] for key in self.conditions]
        if False in found:
            return False
        if UNKNOWN not in found:
            return True
        question = ("", env.today, *(known.get(name, _MISSING) for name in self.decisive))
        if question not in self._settled:
            self._settled[question] = arena_of(self.prepared, env).settled(self.prepared.route, known)
            _shortened(self._settled)
        return self._settled[question]

    def _held(self, known: Mapping[str, object], env: Environment, offers: Sequence[Offer]) -> Held:
        if not offers:
            return frozenset()
        met = [
            (material.code, position)
            for material in self.thing.materials
            for position, satisfier in enumerate(material.satisfiers)
            if self._is_met(material, satisfier, offers, (known, env))
        ]
        return frozenset(met)

    def _is_met(
        self, material: Material, satisfier: Satisfier, offers: Sequence[Offer], case: tuple[Mapping[str, object], Environment]
    ) -> bool:
        if satisfier.kind is SatisfierKind.PRIOR_SUBMISSION:
            return any(offer.kind is OfferKind.PRIOR and offer.type == material.code for offer in offers)
        if satisfier.kind is not SatisfierKind.E_CERTIFICATE:
            return False
        elements = self.thing.elements_by_name
        return all(
            any(
                (offer.kind, offer.type, offer.holder) == (OfferKind.CERTIFICATE, satisfier.certificate, holder)
                and fits(offer, satisfier.match, elements, *case)
                for offer in offers
            )
            for holder in satisfier.holders
        )

    def _worked_out(self, outcomes: Mapping[str, Outcome], route: Route, later: tuple[str, ...], means: Means) -> Path:
        standing = tuple([outcomes.get(key, True) for key in self.keys])
        needs, uses = self.needs.read(standing, outcomes), self.uses.read(standing, outcomes)
        included = [place for place, outcome in enumerate(standing) if outcome is True]
        produced = 0
        for place in included:
            produced |= self.produced[place]
        materials = self._list(uses, tuple(included), means[:2])
        waits = self._waits(set(included), [mask & produced for mask in needs], materials)
        return Path(
            route=route,
            items=tuple([self.items[place].code for place in included]),
            undecided=tuple([self.items[place].code for place, outcome in enumerate(standing) if outcome is UNKNOWN]),
            later=later,
            fields=self.needs.names_in(union(needs) & ~produced, self.form),
            materials=tuple([(code, way[0].value) for code, way, _ in materials]),
            waits=tuple(sorted([(self.items[downstream].code, self.items[upstream].code) for downstream, upstream in waits])),
            working_days=self._days(tuple(included), waits, means[2]),
        )

    def _route(self, outcomes: Mapping[str, Outcome], together: bool | None) -> Route:
        found = [outcomes[key] for key in self.conditions]
        if together is False or False in found:
            return Route.SINGLE
        return Route.OPEN if UNKNOWN in found else Route.BUNDLE

    def _list(self, uses: Sequence[int], included: tuple[int, ...], means: tuple[Held, Chosen]) -> list[Listed]:
        """Return the materials with how each is met and which items (their places) want it."""
        wanted = union(uses)
        held, chosen = means[0], dict(means[1])
        listed = []
        for material, bit in self.materials:
            if wanted & bit:
                users = tuple([place for place, mask in enumerate(uses) if mask & bit])
                key = (material.code, users, included if material.code in self.passed_on else (), held, chosen.get(material.code))
                way = self._ways.get(key)
                if way is None:
                    way = self._ways[key] = _picked(material, users, [(at, self.items[at]) for at in included], (held, key[-1]))
                    _shortened(self._ways)
                listed.append((material.code, way, users))
        return listed

    def _waits(self, included: set[int], by_result: Sequence[int], materials: Sequence[Listed]) -> tuple[tuple[int, int], ...]:
        """Return (downstream, upstream) by place: who waits for whom."""
        passed = {(user, way[1]) for _, way, users in materials if way[1] is not None for user in users}
        return tuple(
            [
                (downstream, upstream)
                for downstream, upstream, mask, explicit in self.edges
                if downstream in included
                and upstream in included
                and (explicit or by_result[downstream] & mask or (downstream, upstream) in passed)
            ]
        )

    def _days(self, included: tuple[int, ...], waits: tuple[tuple[int, int], ...], promised: Promised) -> int:
        key = (included, waits, promised)
        days = self._promises.get(key)
        if days is None:
            codes = [(self.items[downstream].code, self.items[upstream].code) for downstream, upstream in waits]
            durations = {self.items[place].code: promised[place] for place in included}
            days = self._promises[key] = _days(durations, [self.items[place] for place in included], codes)
            _shortened(self._promises)
        return days


class _Parts:
    """What the items may want, each name a bit, read in one pass over the outcomes."""

    def __init__(self, entries: Sequence[Sequence[tuple[str, str | None]]]) -> None:
        names_of = dict.fromkeys(name for each in entries for name, _ in each)
        self.bits = {name: 1 << place for place, name in enumerate(names_of)}
        self._always = [union([self.bits[name] for name, key in each if key is None]) for each in entries]
        self._perhaps = [[(key, self.bits[name]) for name, key in each if key is not None] for each in entries]
        self._names: dict[int, tuple[str, ...]] = {}

    def mask(self, wanted: Iterable[str]) -> int:
        """Return the bits of these names; a name no item wants has none."""
        return union([self.bits.get(name, 0) for name in wanted])

    def read(self, standing: Standings, outcomes: Mapping[str, Outcome]) -> list[int]:
        """Return for each item the bits of what it wants or may want."""
        found = []
        for outcome, mask, perhaps in zip(standing, self._always, self._perhaps, strict=True):
            if outcome is False:
                found.append(0)
                continue
            for key, bit in perhaps:
                if outcomes[key] is not False:
                    mask |= bit
            found.append(mask)
        return found

    def names_in(self, mask: int, order: Sequence[str]) -> tuple[str, ...]:
        """Return the names of these bits in the given order."""
        found = self._names.get(mask)
        if found is None:
            found = self._names[mask] = tuple([name for name in order if self.bits.get(name, 0) & mask])
            _shortened(self._names)
        return found


def union(masks: Iterable[int]) -> int:
    """Return all bits of these masks."""
    return reduce(or_, masks, 0)


def _shortened(memory: dict[K, T]) -> None:
    if len(memory) > _MOST_REMEMBERED:
        memory.clear()


def _days_asked(thing: CompiledThing) -> frozenset[str]:
    """Return the facts that days of eligibility ask for."""
    days = [use.definition.eligible.on for use in thing.items if use.definition.eligible]
    return frozenset().union(*(names(parse(day)) for day in days))


def _key(key: str, exprs: Mapping[str, object]) -> str | None:
    return key if key in exprs else None


def _picked(
    material: Material, users: Sequence[int], included: Sequence[tuple[int, Item]], means: tuple[Held, str | None]
) -> Way:
    """Return how the material is met, and by whose result; the order of ``planning.materials``."""
    held, choice = means
    ways: list[Way] = []
    for position, satisfier in enumerate(material.satisfiers):
        kind = satisfier.kind
        if kind in (SatisfierKind.E_CERTIFICATE, SatisfierKind.PRIOR_SUBMISSION):
            ways += [(kind, None)] if (material.code, position) in held else []
        elif kind is SatisfierKind.INTERNAL_PRODUCT:
            source = _issuer(material, satisfier, users, included)
            ways += [(kind, source)] if source is not None else []
        elif kind is not SatisfierKind.DATA_SHARE and (kind is not SatisfierKind.DEFERRED or material.deferrable):
            ways.append((kind, None))
    if material.deferrable and not any(kind is SatisfierKind.DEFERRED for kind, _ in ways):
        ways.append((SatisfierKind.DEFERRED, None))
    ways = ways or [(SatisfierKind.UPLOAD, None)]
    chosen = next((way for way in ways if way[0].value == choice), None)
    return chosen or next((way for way in ways if way[0] not in _ON_REQUEST), ways[0])


def _issuer(material: Material, satisfier: Satisfier, users: Sequence[int], included: Sequence[tuple[int, Item]]) -> int | None:
    for place, item in included:
        theirs = item.repeat is None or material.repeat is None or item.repeat == material.repeat
        if theirs and satisfier.certificate in item.produces.certificates and any(user != place for user in users):
            return place
    return None


def _days(durations: Mapping[str, int], included: Sequence[Item], waits: Sequence[tuple[str, str]]) -> int:
    """Return the promise as ``promise.promise_of`` counts it."""
    waiting: dict[str, set[str]] = {code: set() for code in durations}
    for downstream, upstream in waits:
        waiting[downstream].add(upstream)
    periods = {item.code: item.timer.period.as_working_days for item in included if item.timer}
    if not periods:
        return graph.critical_path(durations, waiting).total
    weights = {code: days + periods.get(code, 0) for code, days in durations.items()}
    return sum(durations[code] for code in graph.critical_path(weights, waiting).path)

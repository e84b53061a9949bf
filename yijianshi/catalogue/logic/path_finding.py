"""The parts of one thing by what decides about them: how ``paths`` tells thousands of paths a second."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import itemgetter, or_
from typing import TypeVar

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.matching import fits
from yijianshi.catalogue.logic.path_settling import Settling
from yijianshi.catalogue.logic.plan import Offer, OfferKind, Route
from yijianshi.catalogue.logic.planning.later import later_items
from yijianshi.catalogue.logic.prepared import condition_key, item_key, need_key, prepare, use_key
from yijianshi.catalogue.logic.schema import Item, Material, Satisfier, SatisfierKind
from yijianshi.catalogue.logic.schema.item import HOLDING
from yijianshi.kernel import graph
from yijianshi.kernel.rules import UNKNOWN, Environment, Outcome, compile_rules, names, parse

K = TypeVar("K")
T = TypeVar("T")
_MOST_REMEMBERED = 10_000
_ON_REQUEST = {SatisfierKind.DEFERRED, SatisfierKind.DEPARTMENT_INQUIRY}
_DECIDING = {"condition", "item", "need", "use"}  # the rules a path depends on; suppliers, fees and advice are words beside it
_MISSING = object()  # beside None, which could be a value
Chosen = tuple[tuple[str, str], ...]
Way = tuple[SatisfierKind, int | None]  # how a material is met, and the place of the item whose result does it
Listed = tuple[str, Way, tuple[int, ...]]
Held = frozenset[tuple[str, int]]  # (material, place of the satisfier) that a certificate or an earlier submission meets


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


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One application on one day, as the rules see it; *held* and *chosen* say how its materials may be met."""

    known: Mapping[str, object]
    env: Environment
    held: Held
    chosen: Chosen


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """How the rules of one version come out for a case: ``open`` before items for later are taken out, ``settled`` after."""

    open: Mapping[str, Outcome]
    settled: Mapping[str, Outcome]
    together: bool | None
    later: tuple[str, ...]


class Ready:
    """The parts of one thing by what decides about them; each part is remembered by exactly that."""

    def __init__(self, thing: CompiledThing) -> None:
        self.thing = thing
        self.prepared = prepare(thing)
        self.items = [use.definition for use in thing.items]
        self.keys = [item_key(item.code) for item in self.items]
        self.form = [element.name for element in thing.elements]
        self.exprs = {key: expr for key, expr in self.prepared.exprs.items() if key.partition("/")[0] in _DECIDING}
        wants = [[(one.fact, self._key(need_key(i.code, at))) for at, one in enumerate(i.needs)] for i in self.items]
        uses = [[(one.material, self._key(use_key(i.code, at))) for at, one in enumerate(i.materials)] for i in self.items]
        self.needs, self.uses = _Parts(wants), _Parts(uses)
        self.produced = [self.needs.mask(item.produces.facts) for item in self.items]
        self.materials = [
            (one, self.uses.bits[one.code], self.uses.places(one.code)) for one in thing.materials if one.code in self.uses.bits
        ]
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
        self.decisive = tuple(sorted(frozenset().union(*map(names, self.exprs.values())) | _days_asked(thing)))
        self._rules = compile_rules(self.exprs, self.prepared.types)
        self._settling = Settling(self.prepared, self.exprs)
        self._paths: dict[tuple[object, ...], Path] = {}
        self._by_facts: dict[tuple[object, ...], tuple[Path, Standing]] = {}
        self._ways: dict[tuple[object, ...], Way] = {}
        self._promises: dict[tuple[object, ...], int] = {}

    def case(self, known: Mapping[str, object], env: Environment, offers: Sequence[Offer], choices: Mapping[str, str]) -> Case:
        """Return the case as this version sees it."""
        return Case(known, env, self._held(known, env, offers), tuple(sorted(choices.items())) if choices else ())

    def path(self, case: Case) -> Path:
        """Return the path of a case."""
        return self.found(case)[0]

    def found(self, case: Case) -> tuple[Path, Standing]:
        """Return the path of a case, and how the rules came out."""
        known = case.known
        facts = (case.env.today, case.held, case.chosen, *[known.get(name, _MISSING) for name in self.decisive])
        found = self._by_facts.get(facts)
        if found is None:
            outcomes = self._rules(known, case.env)
            outcomes |= self.settle(outcomes, case)
            standing = self.stand(outcomes, self.together(outcomes, case), case)
            found = self._by_facts[facts] = self.path_at(standing, case), standing
            _shortened(self._by_facts)
        return found

    def settle(self, outcomes: Mapping[str, Outcome], case: Case) -> dict[str, Outcome]:
        """Return those of the open outcomes that come out the same whatever is still unknown."""
        unsettled = [key for key, outcome in outcomes.items() if outcome is UNKNOWN]
        return {key: found for key in unsettled if (found := self._settling.whatever(key, case.known, case.env)) is not None}

    def stand(self, outcomes: Mapping[str, Outcome], together: bool | None, case: Case) -> Standing:
        """Return the standing once items that may be applied for only later are taken out."""
        if not self.waiting:
            return Standing(outcomes, outcomes, together, ())
        days = later_items(self.thing, outcomes, case.known, case.env)
        later = tuple(use.code for use in self.thing.items if use.code in days)
        return Standing(outcomes, {**outcomes, **dict.fromkeys(map(item_key, later), False)}, together, later)

    def path_at(self, standing: Standing, case: Case) -> Path:
        """Return the path for one standing; of equal ones it is worked out once."""
        key = (tuple(standing.settled.values()), standing.together, standing.later, case.held, case.chosen)
        path = self._paths.get(key)
        if path is None:
            route = self._route(standing.settled, standing.together)
            path = self._paths[key] = self._worked_out(standing.settled, route, standing.later, (case.held, case.chosen))
            _shortened(self._paths)
        return path

    def together(self, outcomes: Mapping[str, Outcome], case: Case) -> bool | None:
        """Return whether the conditions of the channel hold together; those that hold already are not asked again."""
        if any(outcomes[key] is False for key in self.conditions):
            return False
        unknown = [key for key in self.conditions if outcomes[key] is UNKNOWN]
        return not unknown or self._settling.together(unknown, case.known, case.env)

    def days(self, items: tuple[str, ...], waits: tuple[tuple[str, str], ...]) -> int:
        """Return the promise of this version for these items and who of them waits for whom."""
        key = (items, waits)
        found = self._promises.get(key)
        if found is None:
            found = self._promises[key] = _days([item for item in self.items if item.code in items], waits)
            _shortened(self._promises)
        return found

    def _key(self, key: str) -> str | None:
        return key if key in self.exprs else None

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

    def _worked_out(
        self, outcomes: Mapping[str, Outcome], route: Route, later: tuple[str, ...], means: tuple[Held, Chosen]
    ) -> Path:
        standing = [outcomes.get(key, True) for key in self.keys]
        needs, uses = self.needs.read(standing, outcomes), self.uses.read(standing, outcomes)
        included = [place for place, outcome in enumerate(standing) if outcome is True]
        produced = union([self.produced[place] for place in included])
        materials = self._list(uses, tuple(included), means)
        waits = self._waits(set(included), [mask & produced for mask in needs], materials)
        items = tuple([self.items[place].code for place in included])
        holds = tuple(sorted([(self.items[downstream].code, self.items[upstream].code) for downstream, upstream in waits]))
        return Path(
            route=route,
            items=items,
            undecided=tuple([self.items[place].code for place, outcome in enumerate(standing) if outcome is UNKNOWN]),
            later=later,
            fields=self.needs.names_in(union(needs) & ~produced, self.form),
            materials=tuple([(code, way[0].value) for code, way, _ in materials]),
            waits=holds,
            working_days=self.days(items, holds),
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
        for material, bit, possible in self.materials:
            if wanted & bit:
                users = possible if len(possible) == 1 else tuple([place for place in possible if uses[place] & bit])
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


class _Parts:
    """What the items may want, each name a bit; what one item wants is remembered by the outcomes of its own conditions."""

    def __init__(self, entries: Sequence[Sequence[tuple[str, str | None]]]) -> None:
        names_of = dict.fromkeys(name for each in entries for name, _ in each)
        self.bits = {name: 1 << place for place, name in enumerate(names_of)}
        self._entries = entries
        always = [union([self.bits[name] for name, key in each if key is None]) for each in entries]
        perhaps = [[(key, self.bits[name]) for name, key in each if key is not None] for each in entries]
        self._items = [(mask, pairs, _asked([key for key, _ in pairs])) for mask, pairs in zip(always, perhaps, strict=True)]
        self._masks: list[dict[object, int]] = [{} for _ in entries]
        self._names: dict[int, tuple[str, ...]] = {}

    def mask(self, wanted: Iterable[str]) -> int:
        """Return the bits of these names; a name no item wants has none."""
        return union([self.bits.get(name, 0) for name in wanted])

    def places(self, wanted: str) -> tuple[int, ...]:
        """Return the places of the items that may want this name."""
        return tuple([place for place, each in enumerate(self._entries) if any(name == wanted for name, _ in each)])

    def read(self, standing: Sequence[Outcome], outcomes: Mapping[str, Outcome]) -> list[int]:
        """Return for each item the bits of what it wants or may want."""
        found = []
        for outcome, (always, perhaps, asked), masks in zip(standing, self._items, self._masks, strict=True):
            if outcome is False:
                found.append(0)
            elif asked is None:
                found.append(always)
            else:
                answers = asked(outcomes)
                mask = masks.get(answers)
                if mask is None:
                    mask = masks[answers] = always | union([bit for key, bit in perhaps if outcomes[key] is not False])
                    _shortened(masks)
                found.append(mask)
        return found

    def names_in(self, mask: int, order: Sequence[str]) -> tuple[str, ...]:
        """Return the names of these bits in the given order."""
        found = self._names.get(mask)
        if found is None:
            found = self._names[mask] = tuple([name for name in order if self.bits.get(name, 0) & mask])
            _shortened(self._names)
        return found


def _asked(keys: Sequence[str]) -> Callable[[Mapping[str, Outcome]], object] | None:
    """Return what picks the outcomes of these conditions; None where there are none."""
    return itemgetter(*keys) if keys else None


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


def _days(included: Sequence[Item], waits: Sequence[tuple[str, str]]) -> int:
    """Return the promise as ``promise.promise_of`` counts it."""
    durations = {item.code: item.limits.promise.as_working_days for item in included}
    waiting: dict[str, set[str]] = {code: set() for code in durations}
    for downstream, upstream in waits:
        waiting[downstream].add(upstream)
    periods = {item.code: item.timer.period.as_working_days for item in included if item.timer}
    if not periods:
        return graph.critical_path(durations, waiting).total
    weights = {code: days + periods.get(code, 0) for code, days in durations.items()}
    return sum(durations[code] for code in graph.critical_path(weights, waiting).path)

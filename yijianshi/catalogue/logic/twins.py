"""Two versions of a thing side by side: what is the same in both is worked out once for an application.

The guarantee is plain: the pair of paths is what ``Paths`` gives for each version alone (tests/unit/catalogue/test_twins.py).
A rule whose text and facts are the same in both comes out the same, so only the others are asked a second time; and where
items, materials and order are the same too, equal outcomes give the same path but for the promise.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.path_finding import Case, Path, Ready, Standing
from yijianshi.catalogue.logic.prepared import prepare
from yijianshi.catalogue.logic.schema import Element
from yijianshi.kernel.rules import compile_rules, names, parse

_BESIDE = {"label", "hint", "pattern_hint", "unit", "sensitivity", "suppliers", "confidence"}


class Twins:
    """Two versions with the same objects, made ready together."""

    def __init__(self, old: Ready, new: Ready) -> None:
        self._old, self._new = old, new
        fresh = {key: expr for key, expr in new.exprs.items() if old.exprs.get(key) != expr}
        self._fresh = compile_rules(fresh, new.prepared.types)
        self._keys = tuple(new.exprs)
        self._is_route_same = old.prepared.route == new.prepared.route
        self._is_waiting_same = _waiting(old) == _waiting(new)
        self._is_shape_same = _shape(old) == _shape(new)

    def paths(self, case: Case) -> tuple[Path, Path]:
        """Return the path of a case on the old and on the new version."""
        before, standing = self._old.found(case)
        after = self._standing(standing, case)
        if self._is_shape_same and _is_equal(standing, after):
            days = self._new.days(before.items, before.waits)
            return before, before if days == before.working_days else replace(before, working_days=days)
        return before, self._new.path_at(after, case)

    def _standing(self, old: Standing, case: Case) -> Standing:
        asked = self._fresh(case.known, case.env)
        asked |= self._new.settle(asked, case)
        outcomes = {key: asked[key] if key in asked else old.open[key] for key in self._keys}
        together = old.together if self._is_route_same else self._new.together(outcomes, case)
        if not self._is_waiting_same or old.later:
            return self._new.stand(outcomes, together, case)
        return Standing(outcomes, outcomes, together, ())


def are_read_alike(old: CompiledThing, new: CompiledThing) -> bool:
    """Say whether both versions read every fact they share in the same way, and use no fact that only the other one knows."""
    mine, theirs = old.base.elements_by_name, new.base.elements_by_name
    shared = all(_read(mine[name]) == _read(theirs[name]) for name in mine.keys() & theirs.keys())
    strange = _used_by(old) & (theirs.keys() - mine.keys()) or _used_by(new) & (mine.keys() - theirs.keys())
    return shared and not strange and _counted(old) == _counted(new)


def are_met_alike(old: CompiledThing, new: CompiledThing) -> bool:
    """Say whether certificates and earlier submissions meet the same materials in both versions."""
    same = old.base.elements_by_name.keys() == new.base.elements_by_name.keys()
    return same and old.base.materials == new.base.materials


def _used_by(thing: CompiledThing) -> frozenset[str]:
    days = [use.definition.eligible.on for use in thing.base.items if use.definition.eligible]
    return prepare(thing.base).mentioned.union(*(names(parse(day)) for day in days))


def _read(element: Element) -> Mapping[str, object]:
    return element.model_dump(exclude=_BESIDE)


def _counted(thing: CompiledThing) -> dict[str, tuple[str, int]]:
    return {one.code: (one.repeats.count, one.repeats.most) for one in thing.base.entities if one.repeats}


def _waiting(ready: Ready) -> list[object]:
    """Return what decides about items that may be applied for only later."""
    return [(use.code, use.when, use.definition.eligible.on) for use in ready.thing.items if use.definition.eligible]


def _shape(ready: Ready) -> tuple[object, ...]:
    """Return all that a path is made of besides the outcomes of rules and the length of promises."""
    items = [
        (
            item.code,
            item.repeat,
            item.produces.facts,
            item.produces.certificates,
            [need.fact for need in item.needs],
            [use.material for use in item.materials],
        )
        for item in ready.items
    ]
    return (items, ready.exprs.keys(), _used(ready), ready.edges, ready.form, len(ready.conditions))


def _used(ready: Ready) -> Iterable[object]:
    return [(one.code, one.repeat, one.deferrable, one.satisfiers) for one, _, _ in ready.materials]


def _is_equal(old: Standing, new: Standing) -> bool:
    return (old.settled, old.together, old.later) == (new.settled, new.together, new.later)

"""Which facts can truly still change an open rule, and the memory that makes asking that again and again cheap."""

from collections.abc import Mapping
from itertools import product
from typing import Any

from yijianshi.catalogue.logic.prepared import Prepared
from yijianshi.kernel.rules import Environment, Expr, Type, evaluate, influence, names, residual

_MAX_WORLDS = 256  # combinations of answers tried one by one; beyond that a fact counts as live when the residual names it
_MAX_REMEMBERED = 50_000


class Memory:
    """Residuals, shares and live names of one thing on one day, kept beside the prepared thing."""

    def __init__(self, prepared: Prepared, env: Environment) -> None:
        self.prepared = prepared
        self.env = env
        if len(prepared.memory) > _MAX_REMEMBERED:
            prepared.memory.clear()
        self._kept: dict[Any, Any] = prepared.memory
        self._day = (env.today, id(env.calendar))

    def residual(self, expr: Expr, facts: Mapping[str, object]) -> Expr:
        """Return ``kernel.rules.residual``, remembered by the facts the rule mentions."""
        mentioned = self.names(expr)
        relevant = {name: facts[name] for name in mentioned if name in facts} if facts else {}
        key = (self._day, "residual", expr, tuple(sorted((name, repr(value)) for name, value in relevant.items())))
        if key not in self._kept:
            self._kept[key] = residual(expr, relevant, self.env)
        rest: Expr = self._kept[key]
        return rest

    def share(self, expr: Expr, name: str) -> int:
        """Return how decisive *name* is for this one open rule (``kernel.rules.influence``)."""
        key = (self._day, "share", expr, name)
        if key not in self._kept:
            self._kept[key] = influence([expr], {}, self.env, name)
        weight: int = self._kept[key]
        return weight

    def names(self, expr: Expr) -> frozenset[str]:
        """Return the facts the rule mentions."""
        key = ("names", expr)
        if key not in self._kept:
            self._kept[key] = names(expr)
        found: frozenset[str] = self._kept[key]
        return found

    def live(self, expr: Expr, declined: frozenset[str]) -> frozenset[str]:
        """Return ``live_names``, remembered."""
        relevant = declined & self.names(expr)
        key = (self._day, "live", expr, relevant)
        if key not in self._kept:
            self._kept[key] = _live_names(self, expr, relevant)
        found: frozenset[str] = self._kept[key]
        return found


def live_names(memory: Memory, expr: Expr, declined: frozenset[str]) -> frozenset[str]:
    """Return the facts that can change this open rule when *declined* stay unknown.

    Exact when all facts of the rule have few possible values (yes/no, options); otherwise the facts the residual names.
    """
    return memory.live(expr, declined)


def _live_names(memory: Memory, expr: Expr, declined: frozenset[str]) -> frozenset[str]:
    free = sorted(memory.names(expr) - declined)
    domains = [_domain(memory.prepared, name) for name in free]
    worlds = 1
    for domain in domains:
        worlds *= len(domain) if domain else _MAX_WORLDS + 1
    if worlds > _MAX_WORLDS:
        return frozenset(free)
    outcomes = {
        world: evaluate(expr, dict(zip(free, world, strict=True)), memory.env) for world in product(*(d or () for d in domains))
    }
    return frozenset(name for position, name in enumerate(free) if _matters(position, outcomes))


def _matters(position: int, outcomes: Mapping[tuple[object, ...], object]) -> bool:
    """Say whether two worlds that differ only at *position* have different outcomes."""
    first: dict[tuple[object, ...], object] = {}
    for world, outcome in outcomes.items():
        rest = (*world[:position], *world[position + 1 :])
        if first.setdefault(rest, outcome) is not outcome:
            return True
    return False


def _domain(prepared: Prepared, name: str) -> tuple[object, ...] | None:
    if prepared.types.get(name) is Type.BOOL:
        return (True, False)
    return prepared.options.get(name) if prepared.types.get(name) is Type.CODE else None

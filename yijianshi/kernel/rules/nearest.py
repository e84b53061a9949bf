"""Nearest miss: the fewest facts that would have to be different for a refused rule to hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from yijianshi.kernel.rules.evaluate import evaluate
from yijianshi.kernel.rules.ir import And, Expr, Not, Or, names
from yijianshi.kernel.rules.thresholds import candidates, effort
from yijianshi.kernel.rules.values import Environment, Facts, Outcome, read_fact

ALTERNATIVES_KEPT = 16  # per part of the rule; bounds the search, the rules of real content need two or three
LARGEST_SET = 6  # more changes than this are another case, not a near miss

_Changes: TypeAlias = Mapping[str, Outcome]


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that would have to be different; *old* is UNKNOWN when it was missing."""

    name: str
    old: Outcome
    new: Outcome


def nearest_miss(expr: Expr, facts: Facts, env: Environment) -> list[FactChange]:
    """Return the smallest set of changes that turns *expr* from False to True, sorted by name; empty when there is none.

    New values come from the thresholds written in the rule. Fewest facts first, then the least effort (relative change, see
    ``thresholds.effort``), then names in order. The search keeps 16 alternatives per part and at most 6 changes, so a miss
    further away than that has no answer; an answer given is always verified.
    """
    if evaluate(expr, facts, env) is not False:
        return []
    search = _Search(expr, facts, env)
    for changes in search.ways(expr, wanted=True):
        if evaluate(expr, {**facts, **changes}, env) is True:
            return [FactChange(name, read_fact(facts, name), changes[name]) for name in sorted(changes)]
    return []


def _agree(one: _Changes, other: _Changes) -> bool:
    return all(one.get(name, value) == value for name, value in other.items())


class _Search:
    def __init__(self, expr: Expr, facts: Facts, env: Environment) -> None:
        self._facts, self._env = facts, env
        self._pool = {name: candidates(expr, name, facts, env) for name in sorted(names(expr))}
        self._efforts = {name: [effort(read_fact(facts, name), new) for new in pool] for name, pool in self._pool.items()}

    def ways(self, expr: Expr, *, wanted: bool) -> list[_Changes]:
        """Return ways to give *expr* the wanted truth, best first; none needed is the empty way."""
        if isinstance(expr, Not):
            return self.ways(expr.operand, wanted=not wanted)
        if isinstance(expr, And | Or):
            if isinstance(expr, And) is wanted:
                return self._together(expr.operands, wanted)
            return self._best(way for operand in expr.operands for way in self.ways(operand, wanted=wanted))
        return self._best([{}] * self._holds(expr, {}, wanted) + self._single(expr, wanted))

    def _holds(self, expr: Expr, changes: _Changes, wanted: bool) -> bool:
        return evaluate(expr, {**self._facts, **changes}, self._env) is wanted

    def _single(self, condition: Expr, wanted: bool) -> list[_Changes]:
        single: list[_Changes] = [{name: value} for name in sorted(names(condition)) for value in self._pool[name]]
        return [change for change in single if self._holds(condition, change, wanted)]

    def _together(self, operands: tuple[Expr, ...], wanted: bool) -> list[_Changes]:
        """Return the best ways to satisfy every operand at once; a way that spoils an earlier one is dropped."""
        joined: list[_Changes] = [{}]
        earlier: list[tuple[Expr, frozenset[str]]] = []
        for operand in operands:
            earlier.append((operand, names(operand)))
            more = self.ways(operand, wanted=wanted)
            both = ({**one, **other} for one in joined for other in more if _agree(one, other))
            joined = self._best(
                way
                for way in both
                if all(self._holds(part, way, wanted) for part, touched in earlier if not touched.isdisjoint(way))
            )
        return joined

    def _best(self, ways: Iterable[_Changes]) -> list[_Changes]:
        costs = {}
        for way in ways:
            key = tuple(sorted((name, self._pool[name].index(value)) for name, value in way.items()))
            costs[key] = (len(key), sum(self._efforts[name][index] for name, index in key), key)
        order = sorted(cost for cost in costs.values() if cost[0] <= LARGEST_SET)[:ALTERNATIVES_KEPT]
        return [{name: self._pool[name][index] for name, index in key} for _, _, key in order]

"""Which question to ask next, and which rules a fact can touch."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from yijianshi.kernel.rules.ir import And, Expr, Not, Or, names
from yijianshi.kernel.rules.residual import residual
from yijianshi.kernel.rules.values import UNKNOWN, Environment, Facts, clean

FULL_WEIGHT = 1 << 12  # a name that decides a whole rule by itself; halved per step further away, never below 1


def influence(exprs: Iterable[Expr], facts: Facts, env: Environment, name: str) -> int:
    """Return how decisive it is to learn *name* now; 0 when it can no longer change any outcome.

    Each rule still open adds at most 4,096. The share is halved for every and/or the name's condition stands below, and for
    every further open name the condition itself needs; of several places the best one counts. So ask the largest first.
    """
    return influences(exprs, facts, env).get(name, 0)


def influences(exprs: Iterable[Expr], facts: Facts, env: Environment) -> dict[str, int]:
    """Return the influence of every name still open, most decisive first, equals by name: the order to ask in."""
    total: Counter[str] = Counter()
    for expr in exprs:
        total.update(_shares(residual(expr, facts, env)))
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))


def _shares(rest: Expr) -> dict[str, int]:
    shares: dict[str, int] = {}
    for condition, level in _conditions(rest, 0):
        needed = names(condition)
        share = max(1, FULL_WEIGHT >> (level + len(needed) - 1)) if needed else 0
        for name in needed:
            shares[name] = max(share, shares.get(name, 0))
    return shares


def _conditions(expr: Expr, level: int) -> Iterator[tuple[Expr, int]]:
    """Yield each smallest yes/no part with the number of and/or levels above it."""
    if isinstance(expr, And | Or):
        for operand in expr.operands:
            yield from _conditions(operand, level + 1)
    elif isinstance(expr, Not):
        yield from _conditions(expr.operand, level)
    else:
        yield expr, level


def affected_by(rules: Mapping[str, Expr], fact: str) -> frozenset[str]:
    """Return the names of the rules which mention *fact*: no other rule can change when it does."""
    return frozenset(name for name, rule in rules.items() if fact in names(rule))


def may_flip(expr: Expr, fact: str, old: object, new: object, env: Environment) -> bool:
    """Say whether *expr* can change its outcome when *fact* changes from *old* to *new*, whatever the other facts are.

    False is certain: every condition that looks at the fact has the same value, or the same open rest, before and after.
    """
    if clean(old) == clean(new) and type(clean(old)) is type(clean(new)):
        return False
    before = {fact: old} if clean(old) is not UNKNOWN else {}
    after = {fact: new} if clean(new) is not UNKNOWN else {}
    return residual(expr, before, env) != residual(expr, after, env)

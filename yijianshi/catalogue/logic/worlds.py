"""Trying out all answers: which facts can truly change a rule, and whether it is settled whatever the rest may be.

Exact when the facts of a rule have few possible values (yes/no, options). Otherwise cautious: every fact the rule still names
counts as live, and nothing counts as settled. Parts of an and/or that share no facts are tried out separately.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from yijianshi.kernel.rules import UNKNOWN, Environment, Expr, Outcome, evaluate, names
from yijianshi.kernel.rules.ir import And, Literal, Or, conjunction, disjunction

MAX_WORLDS = 256  # combinations tried for one part; a rule of content rarely has more than four facts

Domain = Callable[[str], tuple[object, ...] | None]
World = tuple[object, ...]


def live_names(expr: Expr, declined: frozenset[str], domain: Domain, env: Environment) -> frozenset[str]:
    """Return the facts that can change the outcome of *expr* while those of *declined* stay unknown."""
    found: set[str] = set()
    for part in _parts(expr):
        free = sorted(names(part) - declined)
        unknown = sorted(names(part) & declined)
        table = _table(part, [*free, *unknown], domain, env)
        found.update(free if table is None else _live_in(free, _known_whatever(table, len(free))))
    return frozenset(found)


def settled(expr: Expr, domain: Domain, env: Environment) -> bool | None:
    """Return True or False when *expr* comes out the same whatever the unknown facts are, else None."""
    if isinstance(expr, Literal):
        return expr.value if isinstance(expr.value, bool) else None
    outcomes = [_constant(part, domain, env) for part in _parts(expr)]
    deciding = isinstance(expr, Or)
    if deciding in outcomes:
        return deciding
    return None if None in outcomes else not deciding if len(outcomes) > 1 else outcomes[0]


def _constant(part: Expr, domain: Domain, env: Environment) -> bool | None:
    table = _table(part, sorted(names(part)), domain, env)
    outcomes = set(table.values()) if table else set()
    return outcomes.pop() is True if len(outcomes) == 1 and outcomes <= {True, False} else None


def _parts(expr: Expr) -> Iterator[Expr]:
    """Yield the parts of an and/or which share no facts with each other; any other rule is one part."""
    if not isinstance(expr, And | Or):
        yield expr
        return
    groups: list[tuple[set[str], list[Expr]]] = []
    for operand in expr.operands:
        mentioned, together = set(names(operand)), [operand]
        for group in [group for group in groups if group[0] & mentioned]:
            groups.remove(group)
            mentioned |= group[0]
            together = [*group[1], *together]
        groups.append((mentioned, together))
    join = conjunction if isinstance(expr, And) else disjunction
    yield from (join(operands) for _, operands in groups)


def _table(part: Expr, order: list[str], domain: Domain, env: Environment) -> dict[World, Outcome] | None:
    """Return the outcome for every combination of values in the order of names, or None when there are too many."""
    domains: list[tuple[object, ...]] = []
    worlds = 1
    for name in order:
        values = domain(name)
        worlds *= len(values) if values else MAX_WORLDS + 1
        if worlds > MAX_WORLDS:
            return None
        domains.append(values or ())
    return {world: evaluate(part, dict(zip(order, world, strict=True)), env) for world in product(*domains)}


def _known_whatever(table: Mapping[World, Outcome], free: int) -> dict[World, Outcome]:
    """Return the outcome for each combination of the first *free* facts, UNKNOWN where the others would still decide."""
    merged: dict[World, Outcome] = {}
    for world, outcome in table.items():
        known = world[:free]
        merged[known] = outcome if merged.setdefault(known, outcome) is outcome else UNKNOWN
    return merged


def _live_in(free: list[str], table: Mapping[World, Outcome]) -> Iterator[str]:
    for position, name in enumerate(free):
        first: dict[World, Outcome] = {}
        for world, outcome in table.items():
            if first.setdefault((*world[:position], *world[position + 1 :]), outcome) is not outcome:
                yield name
                break

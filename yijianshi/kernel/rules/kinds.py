"""Which kind each name has, judged by its use: lets the compiler write fast code, guarded where it starts."""

from collections.abc import Iterable, Iterator, Mapping

from yijianshi.kernel.rules.functions import FUNCTIONS
from yijianshi.kernel.rules.ir import And, Arithmetic, Call, Compare, Expr, Known, Literal, Name, Negate, Not, Or, Type, children
from yijianshi.kernel.rules.values import KIND_OF_TYPE, Kind, kind_of


def name_kinds(nodes: Iterable[Expr], types: Mapping[str, Type]) -> dict[str, Kind]:
    """Return the kind of every name whose kind is declared in *types* or clear from all its uses in *nodes*."""
    kinds = {name: KIND_OF_TYPE[type_] for name, type_ in types.items()}
    everything = list(nodes)
    for _ in range(2):  # the second look knows the names the first one found: `a < b and b < 3`
        votes: dict[str, set[Kind]] = {}
        for node in everything:
            for operand, kind in _uses(node, kinds):
                if isinstance(operand, Name) and kind is not None:
                    votes.setdefault(operand.path, set()).add(kind)
        kinds |= {name: next(iter(kind)) for name, kind in votes.items() if len(kind) == 1 and name not in kinds}
    return kinds


def static_kind(expr: Expr, kinds: Mapping[str, Kind]) -> Kind | None:
    """Return the kind *expr* has whenever it is not unknown; None when that depends on the facts."""
    match expr:
        case Literal():
            return KIND_OF_TYPE[expr.type]
        case Name():
            return kinds.get(expr.path)
        case Negate():
            return Kind.NUMBER
        case Arithmetic():
            left = static_kind(expr.left, kinds)
            return Kind.NUMBER if expr.op in "*/" else left
        case Call():
            result = FUNCTIONS[expr.function].result
            return KIND_OF_TYPE[result] if result else static_kind(expr.arguments[0], kinds) if expr.arguments else None
        case _:
            return Kind.BOOL


def item_kind(expr: Expr) -> Kind | None:
    """Return the kind of the things in a list; None for an empty literal, which accepts anything."""
    if isinstance(expr, Literal) and isinstance(expr.value, tuple):
        return kind_of(expr.value[0]) if expr.value else None
    return Kind.TEXT


def _uses(node: Expr, kinds: Mapping[str, Kind]) -> Iterator[tuple[Expr, Kind | None]]:
    match node:
        case And() | Or() | Not():
            yield from ((operand, Kind.BOOL) for operand in children(node))
        case Negate():
            yield node.operand, Kind.NUMBER
        case Arithmetic():
            yield node.right, Kind.NUMBER
            yield node.left, Kind.NUMBER if node.op in "*/" else None
        case Compare():
            yield from _compared(node, kinds)
        case Call():
            function = FUNCTIONS[node.function]
            for index, argument in enumerate(node.arguments if function.accepts(len(node.arguments)) else ()):
                allowed = function.parameter(index)
                yield argument, next(iter(allowed)) if len(allowed) == 1 else None
        case Literal() | Name() | Known():
            return


def _compared(node: Compare, kinds: Mapping[str, Kind]) -> Iterator[tuple[Expr, Kind | None]]:
    if node.op in ("in", "not in"):
        yield node.left, item_kind(node.right)
        yield node.right, Kind.LIST
    else:
        yield node.left, static_kind(node.right, kinds)
        yield node.right, static_kind(node.left, kinds)

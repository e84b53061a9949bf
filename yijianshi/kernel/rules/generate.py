"""Writes the Python text of a compiled rule set: each condition once, straight down, guards first."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, cast

from yijianshi.kernel.rules.functions import FUNCTIONS, region_prefix
from yijianshi.kernel.rules.ir import (
    And,
    Arithmetic,
    Call,
    Compare,
    Expr,
    Known,
    Literal,
    Name,
    Negate,
    Not,
    Or,
    Type,
    children,
    names,
)
from yijianshi.kernel.rules.kinds import item_kind, name_kinds, static_kind
from yijianshi.kernel.rules.operators import MIRRORED, ORDER, ORDERED_KINDS
from yijianshi.kernel.rules.values import Kind

_DEEPEST_LINE = 6  # levels written into one line; Python's own parser stops at about 90
_LONGEST_NUMBER = 10**18  # longer constants are passed by name, not written out
_CLASS_OF_KIND: Final[Mapping[Kind, str]] = {Kind.BOOL: "bool", Kind.NUMBER: "int", Kind.TEXT: "str"}


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of generated text: a variable or constant (depth 0), or an expression in brackets; *sure*: never UNKNOWN."""

    text: str
    kind: Kind | None
    sure: bool = False
    depth: int = 0


def generate(rules: Mapping[str, Expr], types: Mapping[str, Type]) -> tuple[str, dict[str, object]]:
    """Return the text of ``run(facts, env)`` for *rules* and the constants it refers to."""
    writer = _Writer(rules.values(), types)
    results = []
    for name, rule in rules.items():
        part = writer.part(rule)
        results.append(f"        {name!r}: {part.text if part.kind is Kind.BOOL else f'tidy({part.text})'},")
    body = [*writer.lines, "    return {", *results, "    }"]
    return "\n".join(["def run(facts, env):", "    get = facts.get", *body]) + "\n", writer.constants


def _unique(roots: Iterable[Expr]) -> Counter[Expr]:
    """Count how many distinct places use each distinct node."""
    uses: Counter[Expr] = Counter()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        uses[node] += 1
        if uses[node] == 1:
            waiting.extend(children(node))
    return uses


def _whole_ratio(op: str, limit: Expr, exact: str) -> str:
    """Put before *exact* the quick case: whole numbers above zero against a written limit, a / b >= p / q as a * q >= b * p."""
    if not isinstance(limit, Literal):
        return exact
    fraction = Fraction(cast(Decimal, limit.value))
    if max(abs(fraction.numerator), fraction.denominator) >= _LONGEST_NUMBER:
        return exact
    crossed = f"{{0}} * {fraction.denominator} {op} {{1}} * {fraction.numerator}"
    return f"{crossed} if type({{0}}) is type({{1}}) is int and {{1}} > 0 else {exact}"


class _Writer:
    def __init__(self, roots: Iterable[Expr], types: Mapping[str, Type]) -> None:
        rules = list(roots)
        self._uses = _unique(rules)
        self._kinds = name_kinds(self._uses, types)
        self._variables: dict[str, str] = {}
        self._parts: dict[Expr, _Part] = {}
        self._temporaries = 0
        self.constants: dict[str, object] = {}
        self.lines: list[str] = []
        for name in sorted(set().union(*(names(rule) for rule in rules))):
            self._read(name)

    def _read(self, name: str) -> None:
        variable = self._variables[name] = f"v{len(self._variables)}"
        kind = self._kinds.get(name)
        self.lines.append(f"    {variable} = get({name!r}, U)")
        if kind is None:
            self.lines.append(f"    {variable} = clean({variable})")
            return
        usual = _CLASS_OF_KIND.get(kind)
        guard = f"{variable} is not U" + (f" and type({variable}) is not {usual}" if usual else "")
        self.lines.append(f"    if {guard}: {variable} = fit({variable}, K_{kind.name})")

    def part(self, expr: Expr) -> _Part:
        """Return the text for *expr*; what is used twice, or grows too deep, gets a line and a variable of its own."""
        known = self._parts.get(expr)
        if known is not None:
            return known
        part = self._write(expr)
        if part.depth and (self._uses[expr] > 1 or part.depth >= _DEEPEST_LINE):
            variable = self._temporary()
            self.lines.append(f"    {variable} = {part.text}")
            part = _Part(variable, part.kind, part.sure)
        self._parts[expr] = part
        return part

    def _temporary(self) -> str:
        self._temporaries += 1
        return f"t{self._temporaries}"

    def _constant(self, value: object) -> str:
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def _once(self, part: _Part) -> tuple[str, str]:
        """Return the text for the first mention and for later ones, so that nothing is computed twice."""
        if part.depth == 0:
            return part.text, part.text
        variable = self._temporary()
        return f"({variable} := {part.text})", variable

    def _guarded(self, parts: list[_Part], body: str, kind: Kind | None, *, sure: bool = True) -> _Part:
        """Return *body* (with ``{0}``, ``{1}`` for the parts) unless one of the parts is unknown."""
        tests, later = [], []
        for part in parts:
            if part.sure:
                later.append(part.text)
                continue
            first, again = self._once(part)
            tests.append(f"{first} is U")
            later.append(again)
        text = body.format(*later)
        depth = 1 + max((part.depth for part in parts), default=0)
        if not tests:
            return _Part(f"({text})", kind, sure, depth)
        return _Part(f"(U if {' or '.join(tests)} else {text})", kind, False, depth)

    def _called(self, text: str, kind: Kind | None, parts: Iterable[_Part]) -> _Part:
        return _Part(text, kind, False, 1 + max((part.depth for part in parts), default=0))

    def _write(self, expr: Expr) -> _Part:
        return _WRITERS[type(expr)](self, expr)

    def _literal(self, expr: Literal) -> _Part:
        short = isinstance(expr.value, bool | str) or (isinstance(expr.value, int) and abs(expr.value) < _LONGEST_NUMBER)
        return _Part(f"({expr.value!r})" if short else self._constant(expr.value), static_kind(expr, {}), True)

    def _name(self, expr: Name) -> _Part:
        return _Part(self._variables[expr.path], self._kinds.get(expr.path))

    def _known(self, expr: Known) -> _Part:
        return _Part(f"({self._variables[expr.name.path]} is not U)", Kind.BOOL, True, 1)

    def _negate(self, expr: Negate) -> _Part:
        operand = self.part(expr.operand)
        return self._called(f"minus({operand.text})", Kind.NUMBER, [operand])

    def _not(self, expr: Not) -> _Part:
        operand = self.part(expr.operand)
        if operand.kind is Kind.BOOL:
            return self._guarded([operand], "not {0}", Kind.BOOL)
        return self._called(f"negation({operand.text})", Kind.BOOL, [operand])

    def _join(self, expr: And | Or) -> _Part:
        """Write Kleene's and / or: the deciding value first, then the agreeing one, else unknown."""
        parts, every = [self.part(item) for item in expr.operands], isinstance(expr, And)
        if any(part.kind is not Kind.BOOL for part in parts):
            texts = ", ".join(part.text for part in parts)
            return self._called(f"{'all_of' if every else 'any_true'}(({texts},))", Kind.BOOL, parts)
        depth = 1 + max(part.depth for part in parts)
        if all(part.sure for part in parts):
            return _Part(f"({(' and ' if every else ' or ').join(part.text for part in parts)})", Kind.BOOL, True, depth)
        decides, agrees = ("False", "True") if every else ("True", "False")
        pairs = [self._once(part) for part in parts]
        first = " or ".join(f"{text} is {decides}" for text, _ in pairs)
        rest = " and ".join(f"{text} is {agrees}" for _, text in pairs)
        return _Part(f"({decides} if {first} else {agrees} if {rest} else U)", Kind.BOOL, False, depth)

    def _compare(self, expr: Compare) -> _Part:
        if expr.op in ("in", "not in"):
            return self._membership(expr)
        crossed = self._ratio(expr)
        if crossed is not None:
            return crossed
        left, right = self.part(expr.left), self.part(expr.right)
        usable = left.kind in ORDERED_KINDS if expr.op in ORDER else left.kind is not Kind.LIST
        if left.kind is not None and left.kind is right.kind and usable:
            return self._guarded([left, right], f"{{0}} {expr.op} {{1}}", Kind.BOOL)
        return self._called(f"compare({expr.op!r}, {left.text}, {right.text})", Kind.BOOL, [left, right])

    def _ratio(self, expr: Compare) -> _Part | None:
        """Write ``a / b >= c`` as a multiplication, None when *expr* compares no ratio of numbers."""
        for ratio, other, op in ((expr.left, expr.right, expr.op), (expr.right, expr.left, MIRRORED[expr.op])):
            if isinstance(ratio, Arithmetic) and ratio.op == "/" and self._worth_crossing(ratio):
                parts = [self.part(item) for item in (ratio.left, ratio.right, other)]
                if all(part.kind is Kind.NUMBER for part in parts):
                    exact = f"compare_ratio({op!r}, {{0}}, {{1}}, {{2}})"
                    return self._guarded(parts, _whole_ratio(op, other, exact), Kind.BOOL, sure=False)
        return None

    def _worth_crossing(self, ratio: Arithmetic) -> bool:
        """Say whether multiplying is cheaper than dividing: always, unless it would repeat work on both sides."""
        return self._uses[ratio] == 1 or all(isinstance(side, Name | Literal) for side in (ratio.left, ratio.right))

    def _membership(self, expr: Compare) -> _Part:
        left = self.part(expr.left)
        item = item_kind(expr.right)
        if isinstance(expr.right, Literal) and isinstance(expr.right.value, tuple) and item is not None and left.kind is item:
            listed = self._constant(frozenset(expr.right.value))
            return self._guarded([left], f"{{0}} {expr.op} {listed}", Kind.BOOL)
        right = self.part(expr.right)
        return self._called(f"compare({expr.op!r}, {left.text}, {right.text})", Kind.BOOL, [left, right])

    def _arithmetic(self, expr: Arithmetic) -> _Part:
        left, right = self.part(expr.left), self.part(expr.right)
        kind = static_kind(expr, self._kinds)
        if left.kind is not Kind.NUMBER or right.kind is not Kind.NUMBER:
            return self._called(f"arithmetic({expr.op!r}, {left.text}, {right.text})", kind, [left, right])
        exact = f"numbers({expr.op!r}, {{0}}, {{1}})"
        if expr.op == "/":
            return self._guarded([left, right], exact, kind, sure=False)
        return self._guarded([left, right], f"({{0}} {expr.op} {{1}} if type({{0}}) is type({{1}}) is int else {exact})", kind)

    def _call(self, expr: Call) -> _Part:
        function = FUNCTIONS[expr.function]
        parts = [self.part(item) for item in expr.arguments]
        kind = static_kind(expr, self._kinds)
        fits = function.accepts(len(parts)) and all(p.kind in function.parameter(i) for i, p in enumerate(parts))
        if not fits or function.result is None:
            texts = ", ".join(part.text for part in parts)
            return self._called(f"call_function({expr.function!r}, [{texts}], env)", kind, parts)
        if expr.function == "today":
            return _Part("(env.today)", kind, True, 1)
        last = expr.arguments[-1]
        if expr.function in ("in_region", "starts_with") and isinstance(last, Literal):
            prefix = region_prefix(str(last.value)) if expr.function == "in_region" else str(last.value)
            return self._guarded(parts[:1], f"{{0}}.startswith({self._constant(prefix)})", kind)
        call = self._constant(function.call)
        if not function.strict:
            return self._called(f"{call}(env, {', '.join(part.text for part in parts)})", kind, parts)
        holes = ", ".join(f"{{{index}}}" for index in range(len(parts)))
        return self._guarded(parts, f"{call}(env, {holes})", kind, sure=False)


_WRITERS: Final[Mapping[type, Callable[[_Writer, Any], _Part]]] = {
    Literal: _Writer._literal,
    Name: _Writer._name,
    Known: _Writer._known,
    Compare: _Writer._compare,
    Arithmetic: _Writer._arithmetic,
    Negate: _Writer._negate,
    Not: _Writer._not,
    And: _Writer._join,
    Or: _Writer._join,
    Call: _Writer._call,
}

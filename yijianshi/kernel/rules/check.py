"""Content check: every name known, every type right, every code on its list, before a rule meets its first citizen."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from yijianshi.kernel.rules import ir
from yijianshi.kernel.rules import problems as say
from yijianshi.kernel.rules.functions import FUNCTIONS
from yijianshi.kernel.rules.ir import Type
from yijianshi.kernel.rules.operators import ORDER, ORDERED_KINDS
from yijianshi.kernel.rules.problems import RuleProblem
from yijianshi.kernel.rules.values import KIND_OF_TYPE, Kind, kind_of

_REGION = re.compile(r"\d{2}|\d{4}|\d{6}|\d{12}")
_NO_OPTIONS: Mapping[str, Sequence[str]] = MappingProxyType({})


def check(
    expr: ir.Expr,
    types: Mapping[str, Type],
    *,
    want: Type | None = Type.BOOL,
    options: Mapping[str, Sequence[str]] = _NO_OPTIONS,
) -> list[RuleProblem]:
    """Return everything wrong with *expr*, in reading order; never raises.

    *types* is the dictionary, *want* the type the whole rule must have (None: any), *options* the codes allowed per name.
    """
    checker = _Checker(types, options)
    found = checker.infer(expr)
    if want is not None and found is not None and not _fits(found, want):
        checker.add(say.wrong_result(expr.column, found, want))
    return sorted(checker.problems, key=lambda problem: problem.column)


def _fits(found: Type, want: Type) -> bool:
    return KIND_OF_TYPE[found] is KIND_OF_TYPE[want] and not (want is Type.INT and found is Type.DECIMAL)


def _kind(found: Type | None) -> Kind | None:
    return None if found is None else KIND_OF_TYPE[found]


class _Checker:
    """Infers types bottom-up; a part already reported has type None and is not reported again."""

    def __init__(self, types: Mapping[str, Type], options: Mapping[str, Sequence[str]]) -> None:
        self._types = {ir.CERTIFICATES_HELD: Type.LIST, **types}
        self._options = options
        self.problems: list[RuleProblem] = []

    def add(self, problem: RuleProblem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def infer(self, expr: ir.Expr) -> Type | None:
        match expr:
            case ir.Literal():
                return expr.type
            case ir.Name():
                return self._name(expr)
            case ir.Known():
                self._name(expr.name)
                return Type.BOOL
            case ir.Compare():
                self._compare(expr)
                return Type.BOOL
            case ir.Arithmetic():
                return self._arithmetic(expr)
            case ir.Negate():
                return self._number(expr.operand, "-")
            case ir.Call():
                return self._call(expr)
            case _:
                self._truths(ir.children(expr))
                return Type.BOOL

    def _name(self, name: ir.Name) -> Type | None:
        found = self._types.get(name.path)
        if found is None:
            near = difflib.get_close_matches(name.path, sorted(self._types), 1)
            self.add(say.unknown_name(name.column, name.path, near[0] if near else None))
        return found

    def _truths(self, operands: Iterable[ir.Expr]) -> None:
        for operand in operands:
            found = self.infer(operand)
            if found not in (None, Type.BOOL):
                self.add(say.not_a_truth(operand.column, found))

    def _number(self, expr: ir.Expr, op: str) -> Type | None:
        found = self.infer(expr)
        if found is not None and _kind(found) is not Kind.NUMBER:
            self.add(say.not_a_number(expr.column, op, found))
            return None
        return found

    def _arithmetic(self, expr: ir.Arithmetic) -> Type | None:
        left = self.infer(expr.left)
        if left in (Type.DATE, Type.DATETIME):
            return self._shift(expr, left)
        if left is not None and _kind(left) is not Kind.NUMBER:
            self.add(say.not_a_number(expr.left.column, expr.op, left))
            left = None
        right = self._number(expr.right, expr.op)
        if left is None or right is None:
            return None
        return Type.INT if left is right is Type.INT and expr.op != "/" else Type.DECIMAL

    def _shift(self, expr: ir.Arithmetic, left: Type) -> Type | None:
        right = self.infer(expr.right)
        if expr.op in ("+", "-") and right in (Type.INT, None):
            return left
        self.add(say.not_days(expr.column, expr.op, right))
        return None

    def _compare(self, expr: ir.Compare) -> None:
        left, right = self.infer(expr.left), self.infer(expr.right)
        self._check_options(expr)
        if left is None or right is None:
            return
        if expr.op in ("in", "not in"):
            self._membership(expr, left, right)
        elif KIND_OF_TYPE[left] is not KIND_OF_TYPE[right] or left is Type.LIST:
            self.add(say.not_comparable(expr.column, left, right))
        elif expr.op in ORDER and KIND_OF_TYPE[left] not in ORDERED_KINDS:
            self.add(say.not_ordered(expr.column, expr.op, left))

    def _membership(self, expr: ir.Compare, left: Type, right: Type) -> None:
        item = Kind.TEXT
        if isinstance(expr.right, ir.Literal) and isinstance(expr.right.value, tuple):
            if not expr.right.value:
                self.add(say.empty_list(expr.right.column))
                return
            item = kind_of(expr.right.value[0])
        if right is not Type.LIST:
            self.add(say.not_a_list(expr.right.column, right))
        elif KIND_OF_TYPE[left] is not item:
            self.add(say.not_in_such_a_list(expr.left.column, left))

    def _check_options(self, expr: ir.Compare) -> None:
        for one, other in ((expr.left, expr.right), (expr.right, expr.left)):
            if isinstance(one, ir.Name) and isinstance(other, ir.Literal):
                self._options_of(one, other)

    def _options_of(self, name: ir.Name, literal: ir.Literal) -> None:
        allowed = self._options.get(name.path)
        if allowed is None:
            return
        for code in literal.value if isinstance(literal.value, tuple) else (literal.value,):
            if isinstance(code, str) and code not in allowed:
                near = difflib.get_close_matches(code, list(allowed), 1)
                self.add(say.not_an_option(literal.column, name.path, code, allowed, near[0] if near else None))

    def _call(self, expr: ir.Call) -> Type | None:
        function = FUNCTIONS[expr.function]
        if not function.accepts(len(expr.arguments)):
            self.add(say.wrong_count(expr.column, expr.function, len(function.parameters), len(expr.arguments), function.repeats))
            return function.result
        found = [self.infer(argument) for argument in expr.arguments]
        for index, (argument, type_) in enumerate(zip(expr.arguments, found, strict=True)):
            if type_ is not None and KIND_OF_TYPE[type_] not in function.parameter(index):
                self.add(say.wrong_argument(argument.column, expr.function, index + 1, type_, function.parameter(index)))
        self._check_arguments(expr)
        return function.result or self._common(expr, found)

    def _check_arguments(self, expr: ir.Call) -> None:
        first, last = expr.arguments[:1], expr.arguments[-1:]
        if expr.function == "in_region" and isinstance(last[0], ir.Literal):
            code = last[0].value
            if isinstance(code, str) and not _REGION.fullmatch(code):
                self.add(say.not_a_region(last[0].column, code))
        if expr.function == "any_of" and isinstance(first[0], ir.Name):
            for item in expr.arguments[1:]:
                if isinstance(item, ir.Literal):
                    self._options_of(first[0], item)

    def _common(self, expr: ir.Call, found: Sequence[Type | None]) -> Type | None:
        """Return the one type of min and max, whose arguments must agree."""
        present = [type_ for type_ in found if type_ is not None]
        if len({KIND_OF_TYPE[type_] for type_ in present}) > 1:
            self.add(say.not_comparable(expr.column, present[0], next(t for t in present if _kind(t) is not _kind(present[0]))))
            return None
        return Type.DECIMAL if Type.DECIMAL in present else present[0] if present else None

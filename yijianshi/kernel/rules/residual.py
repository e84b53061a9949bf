"""Partial evaluation: fold in what is known, keep what can still matter."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final, cast

from yijianshi.kernel.rules.evaluate import evaluate
from yijianshi.kernel.rules.ir import (
    FALSE,
    TRUE,
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
    children,
    conjunction,
    disjunction,
    names,
)
from yijianshi.kernel.rules.literals import literal
from yijianshi.kernel.rules.values import UNKNOWN, Environment, Facts, Outcome, read_fact


def residual(expr: Expr, facts: Facts, env: Environment) -> Expr:
    """Return what is left of *expr* once *facts* are folded in; a literal when the outcome is decided.

    Evaluating the residual with the remaining facts equals evaluating *expr* with all of them (facts of their dictionary type).
    A part that can never be known (a division by zero) stays, without names.
    """
    return _BY_NODE[type(expr)](expr, facts, env)


def open_names(expr: Expr, facts: Facts, env: Environment) -> frozenset[str]:
    """Return the missing facts which can still change the outcome of *expr*."""
    return names(residual(expr, facts, env))


def constant(outcome: Outcome) -> Expr | None:
    """Return *outcome* as an expression without names, None when it is unknown; a ratio without end stays a division."""
    if outcome is UNKNOWN:
        return None
    if isinstance(outcome, Fraction):
        return Arithmetic("/", literal(outcome.numerator), literal(outcome.denominator))
    return literal(outcome)


def _fold(expr: Expr, env: Environment) -> Expr:
    """Replace *expr* by its value when no open name is left in it."""
    if not all(isinstance(part, Literal) or not (isinstance(part, Name) or names(part)) for part in children(expr)):
        return expr
    return constant(evaluate(expr, {}, env)) or expr


def _truth(expr: Expr) -> bool | None:
    """Return the truth *expr* has been decided to have, None while it is open."""
    return expr.value if isinstance(expr, Literal) and isinstance(expr.value, bool) else None


def _name(expr: Name, facts: Facts, env: Environment) -> Expr:
    return constant(read_fact(facts, expr.path)) or expr


def _known(expr: Known, facts: Facts, env: Environment) -> Expr:
    return expr if read_fact(facts, expr.name.path) is UNKNOWN else TRUE


def _compare(expr: Compare, facts: Facts, env: Environment) -> Expr:
    left, right = residual(expr.left, facts, env), residual(expr.right, facts, env)
    return _fold(Compare(expr.op, left, right, expr.column), env)


def _arithmetic(expr: Arithmetic, facts: Facts, env: Environment) -> Expr:
    left, right = residual(expr.left, facts, env), residual(expr.right, facts, env)
    return _fold(Arithmetic(expr.op, left, right, expr.column), env)


def _negate(expr: Negate, facts: Facts, env: Environment) -> Expr:
    return _fold(Negate(residual(expr.operand, facts, env), expr.column), env)


def _not(expr: Not, facts: Facts, env: Environment) -> Expr:
    operand = residual(expr.operand, facts, env)
    if isinstance(operand, Not):
        return operand.operand
    return _fold(Not(operand, expr.column), env)


def _and(expr: And, facts: Facts, env: Environment) -> Expr:
    kept: list[Expr] = []
    for item in expr.operands:
        part = residual(item, facts, env)
        if _truth(part) is False:
            return FALSE
        if _truth(part) is not True:
            kept.append(part)
    return conjunction(kept)


def _or(expr: Or, facts: Facts, env: Environment) -> Expr:
    kept: list[Expr] = []
    for item in expr.operands:
        part = residual(item, facts, env)
        if _truth(part) is True:
            return TRUE
        if _truth(part) is not False:
            kept.append(part)
    return disjunction(kept)


def _call(expr: Call, facts: Facts, env: Environment) -> Expr:
    arguments = tuple(residual(item, facts, env) for item in expr.arguments)
    if expr.function == "any_of" and len(arguments) > 1 and isinstance(arguments[0], Literal):
        return _any_of(arguments[0], arguments[1:], expr.column, env)
    return _fold(Call(expr.function, arguments, expr.column), env)


def _any_of(items: Literal, wanted: tuple[Expr, ...], column: int, env: Environment) -> Expr:
    """Drop the values which are certainly not in the known list; one that is in it decides."""
    kept: list[Expr] = []
    for value in wanted:
        answer = _fold(Call("any_of", (items, value), column), env)
        if _truth(answer) is True:
            return TRUE
        if _truth(answer) is not False:
            kept.append(value)
    return Call("any_of", (items, *kept), column) if kept else FALSE


_BY_NODE: Final[Mapping[type, Callable[[Any, Facts, Environment], Expr]]] = {
    Literal: lambda expr, facts, env: cast(Expr, expr),
    Name: _name,
    Known: _known,
    Compare: _compare,
    Arithmetic: _arithmetic,
    Negate: _negate,
    Not: _not,
    And: _and,
    Or: _or,
    Call: _call,
}

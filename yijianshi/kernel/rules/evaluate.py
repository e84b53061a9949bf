"""Scalar evaluation: one rule, one case, three truth values."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from yijianshi.kernel.rules import operators
from yijianshi.kernel.rules.functions import call_function
from yijianshi.kernel.rules.ir import And, Arithmetic, Call, Compare, Expr, Known, Literal, Name, Negate, Not, Or
from yijianshi.kernel.rules.values import UNKNOWN, Environment, Facts, Outcome, read_fact, tidy


def evaluate(expr: Expr, facts: Facts, env: Environment) -> Outcome:
    """Return the value of *expr*, or UNKNOWN when the facts known so far do not decide it (Kleene's three-valued logic).

    Never raises: a missing or unusable fact, a division by zero and a year without a working-day calendar are unknown.
    """
    return tidy(_value(expr, facts, env))


def _value(expr: Expr, facts: Facts, env: Environment) -> Outcome:
    return _BY_NODE[type(expr)](expr, facts, env)


def _call(expr: Call, facts: Facts, env: Environment) -> Outcome:
    return call_function(expr.function, [_value(item, facts, env) for item in expr.arguments], env)


_BY_NODE: Final[Mapping[type, Callable[[Any, Facts, Environment], Outcome]]] = {
    Literal: lambda expr, facts, env: expr.value,
    Name: lambda expr, facts, env: read_fact(facts, expr.path),
    Known: lambda expr, facts, env: read_fact(facts, expr.name.path) is not UNKNOWN,
    Compare: lambda expr, facts, env: operators.compare(expr.op, _value(expr.left, facts, env), _value(expr.right, facts, env)),
    Arithmetic: lambda expr, facts, env: operators.arithmetic(
        expr.op, _value(expr.left, facts, env), _value(expr.right, facts, env)
    ),
    Negate: lambda expr, facts, env: operators.minus(_value(expr.operand, facts, env)),
    Not: lambda expr, facts, env: operators.negation(_value(expr.operand, facts, env)),
    And: lambda expr, facts, env: operators.all_of(_value(item, facts, env) for item in expr.operands),
    Or: lambda expr, facts, env: operators.any_true(_value(item, facts, env) for item in expr.operands),
    Call: _call,
}

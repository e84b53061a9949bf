"""A whole rule set as one generated Python function: shared conditions once, microseconds for one case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from yijianshi.kernel.rules import operators
from yijianshi.kernel.rules.evaluate import evaluate
from yijianshi.kernel.rules.functions import call_function
from yijianshi.kernel.rules.generate import generate
from yijianshi.kernel.rules.ir import Expr, Type
from yijianshi.kernel.rules.values import UNKNOWN, Environment, Facts, Kind, Outcome, clean, kind_of, tidy

_UNTYPED: Final[Mapping[str, Type]] = MappingProxyType({})


class _OtherKind(Exception):
    """A fact is of another kind than its uses suggest; the fast code does not apply to this case."""


def _fit(value: object, kind: Kind) -> Outcome:
    usable = clean(value)
    if usable is not UNKNOWN and kind_of(usable) is not kind:
        raise _OtherKind
    return usable


_RUNTIME: Final[Mapping[str, object]] = {
    "U": UNKNOWN,
    "fit": _fit,
    "clean": clean,
    "tidy": tidy,
    "compare": operators.compare,
    "compare_ratio": operators.compare_ratio,
    "numbers": operators.numbers,
    "arithmetic": operators.arithmetic,
    "minus": operators.minus,
    "all_of": operators.all_of,
    "any_true": operators.any_true,
    "negation": operators.negation,
    "call_function": call_function,
    **{f"K_{kind.name}": kind for kind in Kind},
}


@dataclass(frozen=True, slots=True)
class CompiledRules:
    """Rules made ready to run together; call it with the facts of one case."""

    rules: Mapping[str, Expr]
    source: str  # the generated Python, to read when in doubt
    _run: Callable[[Facts, Environment], dict[str, Outcome]]

    def __call__(self, facts: Facts, env: Environment) -> dict[str, Outcome]:
        """Return the outcome of each rule, equal to ``evaluate`` on each; never raises."""
        try:
            return self._run(facts, env)
        except _OtherKind:
            return {name: evaluate(rule, facts, env) for name, rule in self.rules.items()}


def compile_rules(rules: Mapping[str, Expr], types: Mapping[str, Type] = _UNTYPED) -> CompiledRules:
    """Return *rules* as one function; *types* (the dictionary, optional) spares it some guessing and makes it faster."""
    source, constants = generate(rules, types)
    namespace: dict[str, Any] = {**_RUNTIME, **constants}
    # The text is ours: operators from the closed tables, numbered variables and repr() of plain constants, no word of an author.
    exec(compile(source, "<rules>", "exec"), namespace)  # noqa: S102
    return CompiledRules(dict(rules), source, namespace["run"])

"""The rule language: one expression, evaluated for a case, compiled for many rules, folded into what is still open.

Words: *rule* (an expression with a name), *fact* (a dictionary entry's value), *outcome* (a value or UNKNOWN),
*residual* (what is left of a rule once facts are folded in), *reason* (why an outcome came about).
How it works and what it guarantees: ``docs/algorithms/rules.md``.
"""

from yijianshi.kernel.rules.check import check
from yijianshi.kernel.rules.compiled import CompiledRules, compile_rules
from yijianshi.kernel.rules.errors import RuleSyntaxError
from yijianshi.kernel.rules.evaluate import evaluate
from yijianshi.kernel.rules.explain import Join, Reason, explain
from yijianshi.kernel.rules.influence import affected_by, influence, influences, may_flip
from yijianshi.kernel.rules.ir import CERTIFICATES_HELD, Expr, Type, names
from yijianshi.kernel.rules.nearest import FactChange, nearest_miss
from yijianshi.kernel.rules.parse import parse
from yijianshi.kernel.rules.problems import RuleProblem
from yijianshi.kernel.rules.rename import renamed
from yijianshi.kernel.rules.residual import open_names, residual
from yijianshi.kernel.rules.scan import is_name
from yijianshi.kernel.rules.source import to_source
from yijianshi.kernel.rules.values import UNKNOWN, Environment, Facts, Outcome, Unknown, Value

__all__ = [
    "CERTIFICATES_HELD",
    "UNKNOWN",
    "CompiledRules",
    "Environment",
    "Expr",
    "FactChange",
    "Facts",
    "Join",
    "Outcome",
    "Reason",
    "RuleProblem",
    "RuleSyntaxError",
    "Type",
    "Unknown",
    "Value",
    "affected_by",
    "check",
    "compile_rules",
    "evaluate",
    "explain",
    "influence",
    "influences",
    "is_name",
    "may_flip",
    "names",
    "nearest_miss",
    "open_names",
    "parse",
    "renamed",
    "residual",
    "to_source",
]

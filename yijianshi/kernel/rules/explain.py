"""Why a rule came out as it did: a tree of plain sentences, and the one sentence that decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from yijianshi.kernel.rules import ir
from yijianshi.kernel.rules.evaluate import evaluate
from yijianshi.kernel.rules.operators import OPPOSITE, ORDER
from yijianshi.kernel.rules.values import UNKNOWN, Environment, Facts, Outcome, read_fact
from yijianshi.kernel.rules.wording import ANSWER, KNOWN, NO, YES, Wording, listed
from yijianshi.kernel.text import Text

MOST_STATEMENTS = 5  # in one summary sentence; the tree has them all

_NO_LABELS: Final[Mapping[str, Text]] = MappingProxyType({})
_NO_VALUE_LABELS: Final[Mapping[str, Mapping[str, Text]]] = MappingProxyType({})


class Join(Enum):
    """How a reason depends on its children."""

    ALL = "all"
    ANY = "any"
    NOT = "not"
    CONDITION = "condition"  # a leaf


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a rule: the condition (*text*), what is in fact so (*statement*), its outcome, its parts.

    *missing* are the labels of the facts a leaf still lacks.
    """

    text: Text
    statement: Text
    value: Outcome
    join: Join = Join.CONDITION
    children: tuple["Reason", ...] = ()
    missing: tuple[Text, ...] = ()

    def decisive(self) -> tuple["Reason", ...]:
        """Return the leaves which decided: for a refusal everything that failed, for a yes the first sufficient way."""
        chosen = self.children
        if self.join in (Join.ALL, Join.ANY):
            settling = self.value if self.value is UNKNOWN else (self.join is Join.ANY)
            if self.value is settling:
                chosen = tuple(child for child in self.children if child.value is settling)
            if self.join is Join.ANY and self.value is True:
                chosen = chosen[:1]
        return tuple(leaf for child in chosen for leaf in child.decisive()) if self.children else (self,)

    def summary(self) -> Text:
        """Return the decisive reason in one sentence: "因为:…" / "Because: …", or what is still needed when undecided."""
        leaves = self.decisive()
        missing = tuple(dict.fromkeys(label for leaf in leaves for label in leaf.missing))
        if self.value is UNKNOWN and missing:
            return Text("还需要知道：{names}", "Still needed: {names}").format(names=listed(missing))
        statements = list(dict.fromkeys(leaf.statement for leaf in leaves))
        shown, more = statements[:MOST_STATEMENTS], len(statements) - MOST_STATEMENTS
        chinese = ";".join(item.zh for item in shown) + (f";另有 {more} 项" if more > 0 else "")
        english = "; ".join(item.en for item in shown) + (f"; and {more} more" if more > 0 else "")
        return Text(f"因为：{chinese}", f"Because: {english}")


def explain(
    expr: ir.Expr,
    facts: Facts,
    env: Environment,
    labels: Mapping[str, Text] = _NO_LABELS,
    value_labels: Mapping[str, Mapping[str, Text]] = _NO_VALUE_LABELS,
) -> Reason:
    """Return the reasons of ``evaluate(expr, facts, env)`` as a tree.

    *labels* are the dictionary's words for names, *value_labels* for the codes of a name (certificate types under
    ``certificates.held``).
    """
    return _Explainer(facts, env, Wording(labels, value_labels)).reason(expr)


class _Explainer:
    def __init__(self, facts: Facts, env: Environment, words: Wording) -> None:
        self._facts, self._env, self._words = facts, env, words

    def reason(self, expr: ir.Expr) -> Reason:
        value = evaluate(expr, self._facts, self._env)
        match expr:
            case ir.And():
                text = Text("以下全部满足", "All of these hold")
                return self._joined(expr.operands, text, value, Join.ALL)
            case ir.Or():
                text = Text("以下满足任意一项", "At least one of these holds")
                return self._joined(expr.operands, text, value, Join.ANY)
            case ir.Not():
                text = Text("以下不成立", "This does not hold")
                return self._joined((expr.operand,), text, value, Join.NOT)
            case _:
                return self._leaf(expr, value)

    def _joined(self, operands: tuple[ir.Expr, ...], text: Text, value: Outcome, join: Join) -> Reason:
        children = tuple(self.reason(operand) for operand in operands)
        answer = Text("还不能确定", "not certain yet") if value is UNKNOWN else self._words.value(value)
        return Reason(text, Text("{text}：{answer}", "{text}: {answer}").format(text=text, answer=answer), value, join, children)

    def _leaf(self, expr: ir.Expr, value: Outcome) -> Reason:
        text = self._words.phrase(expr)
        if isinstance(expr, ir.Name):
            text = Text("{name}：是", "{name}: yes").format(name=text)
        if value is UNKNOWN:
            return self._undecided(expr, text)
        return Reason(text, self._statement(expr, text, value), value)

    def _undecided(self, expr: ir.Expr, text: Text) -> Reason:
        missing = sorted(name for name in ir.names(expr) if read_fact(self._facts, name) is UNKNOWN)
        labels = tuple(self._words.name(name) for name in missing)
        if labels:
            statement = Text("还不知道 {names}", "not known yet: {names}").format(names=listed(labels))
        else:
            statement = Text("现在无法算出：{text}", "cannot be worked out now: {text}").format(text=text)
        return Reason(text, statement, UNKNOWN, missing=labels)

    def _statement(self, expr: ir.Expr, text: Text, value: Outcome) -> Text:
        """Return what is so, whether or not the condition holds."""
        match expr:
            case ir.Name() if isinstance(value, bool):
                return ANSWER.format(name=self._words.name(expr.path), answer=YES if value else NO)
            case ir.Compare():
                return self._compared(expr, text, value is True)
            case ir.Call() if isinstance(value, bool):
                return self._with_present(text if value else self._words.call(expr, denied=True), expr.arguments[0])
            case ir.Known():
                name = self._words.name(expr.name.path)
                return (
                    KNOWN.format(name=name) if value is True else Text("还不知道 {name}", "{name} is not known").format(name=name)
                )
            case _:
                return Text("{text} 是 {value}", "{text} is {value}").format(text=text, value=self._words.value(value))

    def _compared(self, expr: ir.Compare, text: Text, holds: bool) -> Text:
        for side, other in ((expr.left, expr.right), (expr.right, expr.left)):
            fixed = isinstance(other, ir.Literal)
            if expr.op not in ORDER and isinstance(side, ir.Name) and fixed and side.path != ir.CERTIFICATES_HELD:
                return self._present_is(side)
        sentence = text if holds else self._words.comparison(expr, OPPOSITE[expr.op])
        return sentence if expr.op in ("in", "not in") else self._with_present(sentence, expr.left)

    def _present_is(self, name: ir.Name) -> Text:
        fact = read_fact(self._facts, name.path)
        label, value = self._words.name(name.path), self._words.value(fact, name.path)
        if isinstance(fact, bool):
            return ANSWER.format(name=label, answer=value)
        return Text("{name}是“{value}”", "{name} is {value}").format(name=label, value=value)

    def _with_present(self, sentence: Text, side: ir.Expr) -> Text:
        """Add the present value of *side* in brackets, so that people can check it."""
        if isinstance(side, ir.Literal):
            return sentence
        path = side.path if isinstance(side, ir.Name) else None
        value = self._words.value(evaluate(side, self._facts, self._env), path)
        return Text("{sentence}（现在是 {value}）", "{sentence} (now {value})").format(sentence=sentence, value=value)

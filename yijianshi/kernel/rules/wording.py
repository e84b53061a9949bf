"""Plain words for conditions and facts, in Chinese and English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from yijianshi.kernel.rules import ir
from yijianshi.kernel.rules.functions import CHINA_TIME
from yijianshi.kernel.rules.kinds import static_kind
from yijianshi.kernel.rules.values import Kind, Outcome
from yijianshi.kernel.text import Text

YES: Final = Text("是", "yes")
NO: Final = Text("否", "no")
ANSWER: Final = Text("{name}：{answer}", "{name}: {answer}")
NOT_KNOWN: Final = Text("还不知道", "not known yet")
KNOWN: Final = Text("已知道 {name}", "{name} is known")

_EQUALITY: Final[Mapping[str, Text]] = {
    "==": Text("{left}是“{right}”", "{left} is {right}"),
    "!=": Text("{left}不是“{right}”", "{left} is not {right}"),
    "in": Text("{left} 是 {right} 之一", "{left} is one of {right}"),
    "not in": Text("{left} 不是 {right} 中的任何一个", "{left} is none of {right}"),
}
_AMOUNTS: Final[Mapping[str, Text]] = {
    "==": Text("{left} 等于 {right}", "{left} is {right}"),
    "!=": Text("{left} 不等于 {right}", "{left} is not {right}"),
    "<": Text("{left} 小于 {right}", "{left} is less than {right}"),
    "<=": Text("{left} 不超过 {right}", "{left} is at most {right}"),
    ">": Text("{left} 大于 {right}", "{left} is more than {right}"),
    ">=": Text("{left} 不少于 {right}", "{left} is at least {right}"),
}
_DAYS: Final[Mapping[str, Text]] = {
    "<": Text("{left} 在 {right} 之前", "{left} is before {right}"),
    "<=": Text("{left} 不晚于 {right}", "{left} is on or before {right}"),
    ">": Text("{left} 在 {right} 之后", "{left} is after {right}"),
    ">=": Text("{left} 不早于 {right}", "{left} is on or after {right}"),
}
_CALLS: Final[Mapping[str, Text]] = {
    "years_between": Text("从 {a} 到 {b} 的整年数", "full years from {a} to {b}"),
    "months_between": Text("从 {a} 到 {b} 的整月数", "full months from {a} to {b}"),
    "days_between": Text("从 {a} 到 {b} 的天数", "days from {a} to {b}"),
    "working_days_between": Text("从 {a} 到 {b} 的工作日数", "working days from {a} to {b}"),
    "plus_months": Text("{a} 之后 {b} 个月", "{b} months after {a}"),
    "today": Text("今天", "today"),
    "in_region": Text("{a} 在 {b} 范围内", "{a} is within {b}"),
    "starts_with": Text("{a} 以 {b} 开头", "{a} starts with {b}"),
    "count": Text("{a} 的个数", "the number of {a}"),
    "any_of": Text("{a} 中有 {rest} 之一", "{a} includes one of {rest}"),
    "min": Text("{every} 中最小的", "the smallest of {every}"),
    "max": Text("{every} 中最大的", "the largest of {every}"),
}
_DENIED_CALLS: Final[Mapping[str, Text]] = {
    "in_region": Text("{a} 不在 {b} 范围内", "{a} is not within {b}"),
    "starts_with": Text("{a} 不以 {b} 开头", "{a} does not start with {b}"),
    "any_of": Text("{a} 中没有 {rest}", "{a} includes none of {rest}"),
}
_ARITHMETIC: Final[Mapping[str, Text]] = {
    "+": Text("{a} 加 {b}", "{a} plus {b}"),
    "-": Text("{a} 减 {b}", "{a} minus {b}"),
    "*": Text("{a} 乘以 {b}", "{a} times {b}"),
    "/": Text("{a} 除以 {b}", "{a} divided by {b}"),
}
_LATER: Final = Text("{a} 之后 {b} 天", "{b} days after {a}")
_EARLIER: Final = Text("{a} 之前 {b} 天", "{b} days before {a}")
_HELD: Final[Mapping[str, Text]] = {
    "in": Text("持有 {left}", "{left} is held"),
    "not in": Text("没有 {left}", "{left} is not held"),
}
_INCLUDED: Final[Mapping[str, Text]] = {
    "in": Text("{right} 中有 {left}", "{right} includes {left}"),
    "not in": Text("{right} 中没有 {left}", "{right} does not include {left}"),
}


def listed(items: Sequence[Text]) -> Text:
    """Return *items* as an enumeration."""
    return Text("、".join(item.zh for item in items) or "（空）", ", ".join(item.en for item in items) or "(none)")


@dataclass(frozen=True, slots=True)
class Wording:
    """Turns parts of a rule into words, with the dictionary's labels for names and codes."""

    labels: Mapping[str, Text]
    value_labels: Mapping[str, Mapping[str, Text]]

    def name(self, path: str) -> Text:
        """Return what the dictionary calls *path*; without a label, the path itself."""
        return self.labels.get(path) or Text(path, path)

    def value(self, value: Outcome, path: str | None = None) -> Text:
        """Return *value* in words; codes take their label from the name *path* they belong to."""
        match value:
            case bool():
                return YES if value else NO
            case str():
                label = self.value_labels.get(path or "", {}).get(value)
                return label or Text(value, value) if value.strip() else Text("（空）", "(empty)")
            case tuple():
                return listed([self.value(item, path) for item in value])
            case datetime():
                return _same(value.astimezone(CHINA_TIME).strftime("%Y-%m-%d %H:%M"))
            case date():
                return _same(value.isoformat())
            case Decimal():
                return _same(format(value, "f"))
            case int() | Fraction():
                return _same(str(value))
            case _:
                return NOT_KNOWN

    def phrase(self, expr: ir.Expr, path: str | None = None) -> Text:
        """Return *expr* as it stands in the middle of a sentence; *path* names whose codes its literals are."""
        match expr:
            case ir.Literal():
                return self.value(expr.value, path)
            case ir.Name():
                return self.name(expr.path)
            case ir.Known():
                return KNOWN.format(name=self.name(expr.name.path))
            case ir.Call():
                return self.call(expr)
            case ir.Compare():
                return self.comparison(expr, expr.op)
            case _:
                return self._operation(expr)

    def _operation(self, expr: ir.Expr) -> Text:
        match expr:
            case ir.Arithmetic():
                return self._arithmetic(expr)
            case ir.Negate():
                return Text("负的 {a}", "minus {a}").format(a=self.phrase(expr.operand))
            case ir.Not():
                return Text("并非：{a}", "not: {a}").format(a=self.phrase(expr.operand))
            case _:
                return self._join(expr)

    def comparison(self, expr: ir.Compare, op: str) -> Text:
        """Return the comparison in words, with *op* in place of its own operator (to state the opposite)."""
        left = self.phrase(expr.left, _path(expr.right))
        right = self.phrase(expr.right, _path(expr.left))
        if op in ("in", "not in"):
            return self._membership(expr, op, left, right)
        if isinstance(expr.right, ir.Literal) and isinstance(expr.right.value, bool):
            return ANSWER.format(name=left, answer=YES if expr.right.value is (op == "==") else NO)
        kind = static_kind(expr.left, {}) or static_kind(expr.right, {})
        if op in _DAYS and kind in (Kind.DATE, Kind.DATETIME):
            return _DAYS[op].format(left=left, right=right)
        words = _AMOUNTS if op in _DAYS or kind is Kind.NUMBER else _EQUALITY
        return words[op].format(left=left, right=right)

    def _membership(self, expr: ir.Compare, op: str, left: Text, right: Text) -> Text:
        if isinstance(expr.right, ir.Literal):
            single = isinstance(expr.right.value, tuple) and len(expr.right.value) == 1
            words = _EQUALITY[{"in": "==", "not in": "!="}[op] if single else op]
        else:
            words = (_HELD if _path(expr.right) == ir.CERTIFICATES_HELD else _INCLUDED)[op]
        return words.format(left=left, right=right)

    def call(self, expr: ir.Call, *, denied: bool = False) -> Text:
        """Return a function call in words; *denied* states the opposite of a yes/no function."""
        words = (_DENIED_CALLS if denied else _CALLS)[expr.function]
        path = _path(expr.arguments[0]) if expr.arguments else None
        parts = [self.phrase(item, path) for item in expr.arguments]
        first, second = [*parts, NOT_KNOWN, NOT_KNOWN][:2]
        return words.format(a=first, b=second, rest=listed(parts[1:]), every=listed(parts))

    def _arithmetic(self, expr: ir.Arithmetic) -> Text:
        words = _ARITHMETIC[expr.op]
        if static_kind(expr.left, {}) in (Kind.DATE, Kind.DATETIME):
            words = _LATER if expr.op == "+" else _EARLIER
        return words.format(a=self._operand(expr.left), b=self._operand(expr.right))

    def _operand(self, expr: ir.Expr) -> Text:
        text = self.phrase(expr)
        return Text(f"({text.zh})", f"({text.en})") if isinstance(expr, ir.Arithmetic) else text

    def _join(self, expr: ir.Expr) -> Text:
        parts = [self.phrase(item) for item in ir.children(expr)]
        chinese, english = ("且", "and") if isinstance(expr, ir.And) else ("或", "or")
        return Text(f" {chinese} ".join(part.zh for part in parts), f" {english} ".join(part.en for part in parts))


def _path(expr: ir.Expr) -> str | None:
    return expr.path if isinstance(expr, ir.Name) else None


def _same(text: str) -> Text:
    return Text(text, text)

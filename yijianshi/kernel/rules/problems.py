"""The words for everything a content check can find: what is wrong, and how to mend it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from yijianshi.kernel.rules.ir import Type
from yijianshi.kernel.rules.values import Kind
from yijianshi.kernel.text import Text

_KINDS: Final[Mapping[Kind, Text]] = {
    Kind.BOOL: Text("是或否", "yes or no"),
    Kind.NUMBER: Text("数字", "a number"),
    Kind.TEXT: Text("文字或代码", "a text or code"),
    Kind.DATE: Text("日期", "a date"),
    Kind.DATETIME: Text("时刻", "a moment"),
    Kind.LIST: Text("列表", "a list"),
}
_TYPES: Final[Mapping[Type, Text]] = {
    Type.BOOL: Text("是或否", "yes or no"),
    Type.INT: Text("整数", "a whole number"),
    Type.DECIMAL: Text("小数", "a decimal number"),
    Type.TEXT: Text("文字", "a text"),
    Type.CODE: Text("代码", "a code"),
    Type.DATE: Text("日期", "a date"),
    Type.DATETIME: Text("时刻", "a moment"),
    Type.LIST: Text("列表", "a list"),
}


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """One thing wrong with a rule: where (column from 1), what to tell the author, and a replacement if one is near."""

    column: int
    text: Text
    suggestion: str | None = None


def _did_you_mean(near: str | None) -> Text:
    return (
        Text(f",是不是想写 {near}", f"; did you mean {near}")
        if near
        else Text(",请先在字典里登记", "; add it to the dictionary first")
    )


def unknown_name(column: int, name: str, near: str | None) -> RuleProblem:
    """A name the dictionary does not have."""
    text = Text("字典里没有“{name}”{mend}。", "The dictionary has no “{name}”{mend}.")
    return RuleProblem(column, text.format(name=name, mend=_did_you_mean(near)), near)


def not_an_option(column: int, name: str, code: str, allowed: Sequence[str], near: str | None) -> RuleProblem:
    """A code that is not on the list of its name: the comparison could never be true."""
    listed = ", ".join(allowed[:12]) + (" …" if len(allowed) > 12 else "")
    text = Text(
        "“{code}”不在 {name} 的选项里，所以永远不会相等。选项有：{listed}。",
        "“{code}” is not among the options of {name}, so the two can never be equal. The options are: {listed}.",
    )
    return RuleProblem(column, text.format(code=code, name=name, listed=listed), near)


def wrong_result(column: int, found: Type, want: Type) -> RuleProblem:
    """The rule as a whole has another type than its place needs."""
    text = Text("这里的规则结果应是{want}，现在得到的是{found}。", "The rule's result should be {want} here; it is {found}.")
    return RuleProblem(column, text.format(want=_TYPES[want], found=_TYPES[found]))


def not_a_truth(column: int, found: Type | None) -> RuleProblem:
    """An operand of and, or, not that is no question."""
    kind = _TYPES[found or Type.TEXT]
    text = Text(
        "and、or、not 只连接判断，这里是{kind}。请写成比较，如 x == 1。",
        "and, or, not join questions, but this is {kind}. Compare it with something, such as x == 1.",
    )
    return RuleProblem(column, text.format(kind=kind))


def not_a_number(column: int, op: str, found: Type) -> RuleProblem:
    """Arithmetic on something that is no number."""
    text = Text("“{op}”要用在数字上，这里是{kind}。", "“{op}” works on numbers, but this is {kind}.")
    return RuleProblem(column, text.format(op=op, kind=_TYPES[found]))


def not_days(column: int, op: str, found: Type | None) -> RuleProblem:
    """A date combined with anything but plus or minus whole days."""
    if found in (Type.DATE, Type.DATETIME):
        text = Text(
            "两个日期不能直接相减，请写 days_between(早, 晚)。", "Dates are not subtracted; write days_between(earlier, later)."
        )
        return RuleProblem(column, text, "days_between")
    text = Text("日期只能加减整数天，不能用“{op}”接{kind}。", "A date takes plus or minus whole days, not “{op}” with {kind}.")
    return RuleProblem(column, text.format(op=op, kind=_TYPES[found or Type.DECIMAL]))


def not_comparable(column: int, left: Type, right: Type) -> RuleProblem:
    """Two sides of different kinds."""
    if left is right is Type.LIST:
        return RuleProblem(column, Text("两个列表不能比较，请用 any_of 或 in。", "Lists are not compared; use any_of or in."))
    mend = Text("两边要是同一类", "Both sides must be of one kind")
    if {left, right} == {Type.DATE, Type.TEXT}:
        mend = Text("日期请写 date(2026, 1, 1)", "Write a date as date(2026, 1, 1)")
    elif {left, right} == {Type.DATE, Type.DATETIME}:
        mend = Text("日期和时刻请用 days_between 比较", "Compare a date with a moment by days_between")
    text = Text("{left}不能和{right}比较。{mend}。", "{left} cannot be compared with {right}. {mend}.")
    return RuleProblem(column, text.format(left=_TYPES[left], right=_TYPES[right], mend=mend))


def not_ordered(column: int, op: str, found: Type) -> RuleProblem:
    """Greater or less on something without an order."""
    text = Text(
        "{kind}没有大小先后，不能用“{op}”，请用 ==、!= 或 in。",
        "There is no order in {kind}: instead of “{op}” use ==, != or in.",
    )
    return RuleProblem(column, text.format(kind=_TYPES[found], op=op))


def not_a_list(column: int, found: Type) -> RuleProblem:
    """Membership in something that is no list."""
    text = Text(
        'in 后面要写列表，这里是{kind}。一个值也要写成 ["a"]。',
        'After “in” comes a list, but this is {kind}. Even a single value is written ["a"].',
    )
    return RuleProblem(column, text.format(kind=_TYPES[found]))


def not_in_such_a_list(column: int, found: Type) -> RuleProblem:
    """Membership of a value in a list of another kind."""
    text = Text("列表里的值和左边（{kind}）不是一类。", "The values in the list are of another kind than the left side ({kind}).")
    return RuleProblem(column, text.format(kind=_TYPES[found]))


def empty_list(column: int) -> RuleProblem:
    """Membership in nothing."""
    return RuleProblem(
        column,
        Text("列表是空的，永远不会成立。请写上选项。", "The list is empty, so nothing is ever in it. Fill in the options."),
    )


def wrong_count(column: int, function: str, wanted: int, given: int, repeats: bool) -> RuleProblem:
    """Too many or too few arguments."""
    count = Text(f"至少 {wanted} 个", f"at least {wanted}") if repeats else Text(f"{wanted} 个", str(wanted))
    text = Text("{function} 需要{count}参数，这里写了 {given} 个。", "{function} takes {count} argument(s); {given} given.")
    return RuleProblem(column, text.format(function=function, count=count, given=given))


def wrong_argument(column: int, function: str, position: int, found: Type, allowed: Iterable[Kind]) -> RuleProblem:
    """An argument of the wrong kind."""
    kinds = [_KINDS[kind] for kind in Kind if kind in set(allowed)]
    want = Text("或".join(kind.zh for kind in kinds), " or ".join(kind.en for kind in kinds))
    text = Text(
        "{function} 的第 {position} 个参数应是{want}，这里是{found}。",
        "Argument {position} of {function} should be {want}; this is {found}.",
    )
    return RuleProblem(column, text.format(function=function, position=position, want=want, found=_TYPES[found]))


def not_a_region(column: int, code: str) -> RuleProblem:
    """A region that is no GB/T 2260 code."""
    text = Text(
        "“{code}”不是行政区划代码。请写 2、4、6 或 12 位数字，如 410100。",
        "“{code}” is no region code. Write 2, 4, 6 or 12 digits, such as 410100.",
    )
    return RuleProblem(column, text.format(code=code))

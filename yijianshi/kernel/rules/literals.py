"""Written forms with a meaning of their own: lists, dates, moments, ``known`` and ``has_certificate``."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final, TypeAlias

from yijianshi.kernel.rules import ir
from yijianshi.kernel.rules.errors import RuleSyntaxError
from yijianshi.kernel.rules.values import Kind, kind_of
from yijianshi.kernel.text import Text

Arguments: TypeAlias = tuple[ir.Expr, ...]

_LISTABLE: Final = frozenset({Kind.TEXT, Kind.NUMBER, Kind.DATE})


def literal(value: ir.LiteralValue, column: int = 0) -> ir.Literal:
    """Return *value* as a literal of its natural type."""
    match value:
        case bool():
            kind = ir.Type.BOOL
        case int():
            kind = ir.Type.INT
        case Decimal():
            kind = ir.Type.DECIMAL
        case str():
            kind = ir.Type.TEXT
        case datetime():
            kind = ir.Type.DATETIME
        case date():
            kind = ir.Type.DATE
        case _:
            kind = ir.Type.LIST
    return ir.Literal(value, kind, column)


def make_list(items: list[ir.Expr], column: int) -> ir.Literal:
    """Return the list literal of *items*: texts, numbers or dates, not mixed; raises RuleSyntaxError otherwise."""
    values = [item.value for item in items if isinstance(item, ir.Literal)]
    kinds = {kind_of(value) for value in values}
    if len(values) < len(items) or len(kinds) > 1 or not kinds <= _LISTABLE:
        raise RuleSyntaxError(
            column=column,
            why=Text(
                "列表里要写同一种固定值（文字、数字或日期）", "a list holds fixed values of one kind: texts, numbers or dates"
            ),
            mend=Text('例如 ["a", "b"];要比较其他名称请用 or', 'For example ["a", "b"]; to compare with other names use or'),
        )
    return ir.Literal(tuple(values), ir.Type.LIST, column)


def _date(arguments: Arguments, column: int) -> ir.Expr:
    numbers = [item.value for item in arguments if isinstance(item, ir.Literal) and item.type is ir.Type.INT]
    if len(numbers) == len(arguments) == 3:
        try:
            return ir.Literal(date(*numbers), ir.Type.DATE, column)  # type: ignore[arg-type]
        except (ValueError, OverflowError):
            pass
    raise RuleSyntaxError(
        column=column,
        why=Text("日历上没有这一天，或写法不对", "there is no such day, or it is written differently"),
        mend=Text("请写 date(年, 月, 日),如 date(2026, 1, 1)", "Write date(year, month, day), such as date(2026, 1, 1)"),
    )


def _datetime(arguments: Arguments, column: int) -> ir.Expr:
    if len(arguments) == 1 and isinstance(arguments[0], ir.Literal) and isinstance(arguments[0].value, str):
        try:
            moment = datetime.fromisoformat(arguments[0].value)
        except ValueError:
            moment = datetime.min  # noqa: DTZ901 - only marks a text that is no moment, refused just below
        if moment.utcoffset() is not None:
            return ir.Literal(moment, ir.Type.DATETIME, column)
    raise RuleSyntaxError(
        column=column,
        why=Text("时刻的写法不对，或缺少时区", "the moment is written differently or lacks its time zone"),
        mend=Text('请写 datetime("2026-01-01T09:00:00+08:00")', 'Write datetime("2026-01-01T09:00:00+08:00")'),
    )


def _known(arguments: Arguments, column: int) -> ir.Expr:
    if len(arguments) == 1 and isinstance(arguments[0], ir.Name):
        return ir.Known(arguments[0], column)
    raise RuleSyntaxError(
        column=column,
        why=Text("known 的括号里要写一个名称", "known takes one name"),
        mend=Text("例如 known(child.birth_date)", "For example known(child.birth_date)"),
    )


def _has_certificate(arguments: Arguments, column: int) -> ir.Expr:
    if len(arguments) == 1 and isinstance(arguments[0], ir.Literal) and isinstance(arguments[0].value, str):
        return ir.Compare("in", arguments[0], ir.Name(ir.CERTIFICATES_HELD, column), column)
    raise RuleSyntaxError(
        column=column,
        why=Text("has_certificate 的括号里要写一个证照类型代码", "has_certificate takes one certificate type code"),
        mend=Text('例如 has_certificate("marriage-certificate")', 'For example has_certificate("marriage-certificate")'),
    )


SPECIAL_FORMS: Final[Mapping[str, Callable[[Arguments, int], ir.Expr]]] = {
    "date": _date,
    "datetime": _datetime,
    "known": _known,
    "has_certificate": _has_certificate,
}

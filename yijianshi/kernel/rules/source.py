"""From rule tree back to text, so that ``parse(to_source(rule)) == rule``."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from yijianshi.kernel.rules import ir

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _UNARY, _ATOM = range(8)
_ESCAPES: Final[Mapping[str, str]] = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def to_source(expr: ir.Expr) -> str:
    """Return *expr* in the rule language, with no more brackets than needed."""
    return _write(expr)[0]


def literal_source(value: ir.LiteralValue) -> str:
    """Return one constant as it is written in a rule."""
    match value:
        case bool() | int():
            return str(value)
        case Decimal():
            digits = format(value, "f")
            return digits if "." in digits else f"{digits}.0"
        case str():
            return _quoted(value)
        case datetime():
            return f'datetime("{value.isoformat()}")'
        case date():
            return f"date({value.year}, {value.month}, {value.day})"
        case _:
            return f"[{', '.join(literal_source(item) for item in value)}]"


def _quoted(text: str) -> str:
    return f'"{"".join(_ESCAPES.get(sign) or _visible(sign) for sign in text)}"'


def _visible(sign: str) -> str:
    # Surrogates cannot be encoded and control or separator characters cannot be seen: write their number instead.
    return sign if sign == " " or sign.isprintable() or ord(sign) > 0xFFFF else f"\\u{ord(sign):04x}"


def _write(expr: ir.Expr) -> tuple[str, int]:
    match expr:
        case ir.Literal():
            negative = isinstance(expr.value, int | Decimal) and expr.value < 0
            return literal_source(expr.value), _UNARY if negative else _ATOM
        case ir.Name():
            return expr.path, _ATOM
        case ir.Known():
            return f"known({expr.name.path})", _ATOM
        case ir.Call():
            return f"{expr.function}({', '.join(to_source(item) for item in expr.arguments)})", _ATOM
        case ir.Compare():
            return _write_compare(expr)
        case _:
            return _write_operator(expr)


def _write_compare(expr: ir.Compare) -> tuple[str, int]:
    held = isinstance(expr.right, ir.Name) and expr.right.path == ir.CERTIFICATES_HELD
    if expr.op == "in" and held and isinstance(expr.left, ir.Literal) and isinstance(expr.left.value, str):
        return f"has_certificate({literal_source(expr.left.value)})", _ATOM
    return f"{_at(expr.left, _SUM)} {expr.op} {_at(expr.right, _SUM)}", _COMPARE


def _write_operator(expr: ir.Arithmetic | ir.Negate | ir.Not | ir.And | ir.Or) -> tuple[str, int]:
    match expr:
        case ir.Arithmetic():
            level = _SUM if expr.op in "+-" else _PRODUCT
            return f"{_at(expr.left, level)} {expr.op} {_at(expr.right, level + 1)}", level
        case ir.Negate():
            # A negated number would be read back as a negative literal, so its brackets stay.
            return f"-{_at(expr.operand, _ATOM)}", _UNARY
        case ir.Not():
            return f"not {_at(expr.operand, _NOT)}", _NOT
        case ir.And():
            return " and ".join(_at(item, _NOT) for item in expr.operands), _AND
        case ir.Or():
            return " or ".join(_at(item, _AND) for item in expr.operands), _OR


def _at(expr: ir.Expr, level: int) -> str:
    text, own = _write(expr)
    return text if own >= level else f"({text})"

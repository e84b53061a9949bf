"""The same rule about other facts."""

from collections.abc import Callable
from dataclasses import replace

from yijianshi.kernel.rules import ir


def renamed(expr: ir.Expr, new_name: Callable[[str], str]) -> ir.Expr:
    """Return *expr* with each fact called what *new_name* says; everything else stays, literals that look alike included."""
    match expr:
        case ir.Name():
            return replace(expr, path=new_name(expr.path))
        case ir.Known():
            return replace(expr, name=replace(expr.name, path=new_name(expr.name.path)))
        case ir.Compare() | ir.Arithmetic():
            return replace(expr, left=renamed(expr.left, new_name), right=renamed(expr.right, new_name))
        case ir.Not() | ir.Negate():
            return replace(expr, operand=renamed(expr.operand, new_name))
        case ir.And() | ir.Or():
            return replace(expr, operands=_all(expr.operands, new_name))
        case ir.Call():
            return replace(expr, arguments=_all(expr.arguments, new_name))
        case _:
            return expr


def _all(parts: tuple[ir.Expr, ...], new_name: Callable[[str], str]) -> tuple[ir.Expr, ...]:
    return tuple(renamed(part, new_name) for part in parts)

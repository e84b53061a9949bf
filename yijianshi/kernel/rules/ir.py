"""The rule tree: small frozen nodes, equal and hashable by meaning, never by place in the source."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

LiteralValue: TypeAlias = bool | int | Decimal | str | date | datetime | tuple["LiteralValue", ...]

CERTIFICATES_HELD = "certificates.held"  # the fact behind has_certificate(): type codes of valid certificates


class Type(Enum):
    """The types a dictionary entry, a literal or a whole rule can have."""

    BOOL = "bool"
    INT = "int"
    DECIMAL = "decimal"
    TEXT = "text"
    CODE = "code"
    DATE = "date"
    DATETIME = "datetime"
    LIST = "list"  # of texts or codes


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant; its type takes part in equality, so that ``1``, ``1.0`` and ``True`` stay three literals."""

    value: LiteralValue
    type: Type
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A dictionary entry such as ``child.birth_date``."""

    path: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Known:
    """``known(name)``: has this fact been established? Never unknown itself."""

    name: Name
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """One comparison; *op* is ``== != < <= > >= in`` or ``not in``."""

    op: str
    left: "Expr"
    right: "Expr"
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``+ - * /`` on exact numbers, or a date plus or minus whole days."""

    op: str
    left: "Expr"
    right: "Expr"
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Negate:
    """Unary minus."""

    operand: "Expr"
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """Logical negation."""

    operand: "Expr"
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more operands; never holds another And directly."""

    operands: tuple["Expr", ...]
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more operands; never holds another Or directly."""

    operands: tuple["Expr", ...]
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the closed table in ``functions.py``."""

    function: str
    arguments: tuple["Expr", ...]
    column: int = field(default=0, compare=False)


Expr: TypeAlias = Literal | Name | Known | Compare | Arithmetic | Negate | Not | And | Or | Call

TRUE = Literal(True, Type.BOOL)
FALSE = Literal(False, Type.BOOL)


def children(expr: Expr) -> tuple[Expr, ...]:
    """Return the direct operands of *expr*, left to right."""
    match expr:
        case Compare() | Arithmetic():
            return (expr.left, expr.right)
        case Not() | Negate():
            return (expr.operand,)
        case And() | Or():
            return expr.operands
        case Call():
            return expr.arguments
        case Known():
            return (expr.name,)
        case _:
            return ()


def walk(expr: Expr) -> Iterator[Expr]:
    """Yield *expr* and everything below it, parents first, left to right."""
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(children(node))


def names(expr: Expr) -> frozenset[str]:
    """Return the facts the rule mentions; ``has_certificate`` mentions ``certificates.held``."""
    return frozenset(node.path for node in walk(expr) if isinstance(node, Name))


def conjunction(operands: list[Expr]) -> Expr:
    """Return all *operands* joined by and: flattened, without repetition; no operand at all is True."""
    flat = dict.fromkeys(part for item in operands for part in (item.operands if isinstance(item, And) else (item,)))
    return TRUE if not flat else next(iter(flat)) if len(flat) == 1 else And(tuple(flat))


def disjunction(operands: list[Expr]) -> Expr:
    """Return all *operands* joined by or: flattened, without repetition; no operand at all is False."""
    flat = dict.fromkeys(part for item in operands for part in (item.operands if isinstance(item, Or) else (item,)))
    return FALSE if not flat else next(iter(flat)) if len(flat) == 1 else Or(tuple(flat))

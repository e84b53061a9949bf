"""The words in which a system describes itself: tables, business, registers, names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

Row = Mapping[str, Any]  # by the system's own column names


@dataclass(frozen=True, slots=True)
class Lack:
    """One point to be mended before the case can be taken: a field or a material, by the system's own name."""

    kind: str  # field | material
    name: str
    text: str


class Desk(Protocol):
    """What a system's rules may ask of its own storage, inside the transaction of the step."""

    today: date

    def find(self, table: str, **where: Any) -> Row | None:
        """Return one row, or None."""
        ...

    def add(self, table: str, row: Row) -> None:
        """Write one row; columns the table does not have are left out."""
        ...

    def change(self, table: str, where: Row, values: Row) -> None:
        """Change the rows that match."""
        ...

    def serial(self, prefix: str) -> int:
        """Return the next number of a sequence of its own."""
        ...


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the system's own model; the first column is its key."""

    name: str
    zh: str
    en: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseTable:
    """The table in which handed-over cases stand, with the system's own words for its standing columns."""

    name: str
    number: str
    kind: str
    state: str
    received: str
    decided: str


def _no_lacks(_desk: Desk, _row: Row) -> list[Lack]:
    return []


def _no_objection(_desk: Desk, _row: Row) -> str:
    return ""


def _no_results(_desk: Desk, _row: Row) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """What the system does for one item of the house."""

    item: str
    kind: str  # its own code for this business
    lacks: Callable[[Desk, Row], list[Lack]] = _no_lacks
    objection: Callable[[Desk, Row], str] = _no_objection  # why it is not taken; empty when it is
    basis: str = ""
    grant: Callable[[Desk, Row], dict[str, Any]] = _no_results  # writes own rows, returns results by own names
    delivered: str = "电子送达"


@dataclass(frozen=True, slots=True)
class Register:
    """Something others may read: rows of one table, found by one column."""

    code: str
    table: str
    key: str
    name: str = ""  # the column that must agree with the name in the question, when one is given
    fields: Mapping[str, str] = field(default_factory=dict)  # the house's name → column


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One outside system."""

    code: str
    zh: str
    en: str
    departments: tuple[str, ...]  # the house's kinds of department it works for
    cases: CaseTable
    columns: tuple[str, ...] = ()  # more columns of its case table
    names: Mapping[str, str]  # the house's name → its own, both ways
    transport: str = "http_push"
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    businesses: tuple[Business, ...] = ()
    registers: tuple[Register, ...] = ()
    seed: Callable[[Desk], None] | None = None
    wishes: Mapping[str, Any] = field(default_factory=dict)  # what the house reports to it, as the neighbour file says it
    report_needs: tuple[str, ...] = ()  # texts without which a report is of no use
    witness: bool = False  # co-signs the house's transparency log
    hear: Callable[[Desk, str, Row], None] | None = None  # keeps one report: its kind, its fields by own names

    def business(self, item: str) -> Business | None:
        """Return what it does for *item*, None when that is not its business."""
        return next((one for one in self.businesses if one.item == item), None)

    def case_columns(self) -> tuple[str, ...]:
        """Return the columns of its case table: its own five, then one for each thing it knows by a name."""
        own = self.cases
        return tuple(
            dict.fromkeys([own.number, own.kind, own.state, own.received, own.decided, *self.columns, *self.names.values()])
        )


def numbered(item: str, kind: str, *results: str, **more: Any) -> Business:
    """Return a business whose only result is a number of its own: kind, year and serial."""

    def grant(desk: Desk, _row: Row) -> dict[str, Any]:
        return {name: f"{kind}{desk.today:%Y}{desk.serial(kind):06d}" for name in results}

    return Business(item=item, kind=kind, grant=grant, **more)


def stated(item: str, kind: str, results: Mapping[str, Any], **more: Any) -> Business:
    """Return a business whose result is always the same value, such as a finding or a fixed rate."""
    return Business(item=item, kind=kind, grant=lambda _desk, _row: dict(results), **more)


def wanting(*columns: str) -> Callable[[Desk, Row], list[Lack]]:
    """Return a check that each of *columns* is filled in."""

    def lacks(_desk: Desk, row: Row) -> list[Lack]:
        return [Lack("field", one, "这一项没有填，请补上。") for one in columns if not row.get(one)]

    return lacks


def people_of(rows: Sequence[Sequence[Any]], columns: Sequence[str]) -> list[dict[str, Any]]:
    """Return rows by column names, so that seeds read like tables."""
    return [dict(zip(columns, row, strict=True)) for row in rows]

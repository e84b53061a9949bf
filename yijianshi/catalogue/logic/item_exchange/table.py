"""A record as a row of cells: nested keys become columns (``limits.promise.working_days``), lists one cell of JSON."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

Cell = str | int | float | bool | None
NULL = "null"  # said on purpose; an empty cell means: not said
_LISTS = ("[", "{")


class UnreadableCell(ValueError):
    """A cell whose JSON does not parse; the argument is its column."""


def to_cells(record: Mapping[str, Any], prefix: str = "") -> dict[str, Cell]:
    """Return the cells of a record by column."""
    cells: dict[str, Cell] = {}
    for key, value in record.items():
        column = f"{prefix}{key}"
        if isinstance(value, Mapping) and value:
            cells |= to_cells(value, f"{column}.")
        elif isinstance(value, list | Mapping):
            cells[column] = json.dumps(value, ensure_ascii=False)
        else:
            cells[column] = NULL if value is None else value
    return cells


def from_cells(cells: Mapping[str, Cell]) -> dict[str, Any]:
    """Return the record of a row; empty cells are left out. Raises UnreadableCell."""
    record: dict[str, Any] = {}
    for column, cell in cells.items():
        if cell is None or cell == "":
            continue
        *parents, last = column.split(".")
        at = record
        for parent in parents:
            inner = at.setdefault(parent, {})
            if not isinstance(inner, dict):
                raise UnreadableCell(column)
            at = inner
        at[last] = _value(column, cell)
    return record


def columns_of(rows: Iterable[Mapping[str, Cell]]) -> list[str]:
    """Return all columns in the order they first come up."""
    return list(dict.fromkeys(column for row in rows for column in row))


def _value(column: str, cell: Cell) -> Any:
    if cell == NULL:
        return None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)  # spreadsheets keep whole numbers as floats
    if isinstance(cell, str) and cell.startswith(_LISTS):
        try:
            return json.loads(cell)
        except ValueError:
            raise UnreadableCell(column) from None
    return cell

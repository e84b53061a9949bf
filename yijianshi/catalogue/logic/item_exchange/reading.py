"""From rows to records, all rows looked at and every wrong one named, so that nothing half-right is taken over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from yijianshi.catalogue.logic.item_exchange.foreign_codes import Codes, to_gb
from yijianshi.catalogue.logic.item_exchange.table import Cell, UnreadableCell, from_cells
from yijianshi.catalogue.logic.plain_errors import explain_error
from yijianshi.catalogue.logic.schema import Binding, Item, Material, Strict
from yijianshi.kernel.text import Text

SHEETS: Mapping[str, type[Strict]] = {"items": Item, "materials": Material, "bindings": Binding}
_NOT_READ = Text(
    '这一格不是完整的列表。请照着导出的写法改，例如 ["1"]。',
    'This cell is no complete list. Write it as exported, such as ["1"].',
)
_TWICE = Text("“{key}”在第 {first} 行已经有了。请留下一行。", "'{key}' already stands in row {first}. Keep one of the rows.")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one cell: the sheet, the row as its program counts it, the column, and why."""

    sheet: str
    row: int
    column: str
    why: Text

    def text(self) -> Text:
        """Return the problem on one line."""
        return Text("{sheet} 第 {row} 行，{column} 列：{why}", "{sheet} row {row}, column {column}: {why}").format(
            sheet=self.sheet, row=self.row, column=self.column, why=self.why
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read, with the number its program shows."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The records of all good rows by sheet, and what is wrong with the others."""

    records: Mapping[str, Sequence[Strict]]
    problems: Sequence[RowProblem]


def read_rows(rows: Iterable[Row], codes: Codes = "gb") -> ReadRows:
    """Return the records of the rows and all problems; a key that comes twice is one."""
    records: dict[str, list[Strict]] = {sheet: [] for sheet in SHEETS}
    problems: list[RowProblem] = []
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        found = _read(row, codes)
        if isinstance(found, list):
            problems += found
            continue
        key = key_of(found)
        first = seen.setdefault((row.sheet, key), row.number)
        if first != row.number:
            problems.append(RowProblem(row.sheet, row.number, "code", _TWICE.format(key=key, first=first)))
        records[row.sheet].append(found)
    return ReadRows(records, problems)


def key_of(record: Strict) -> str:
    """Return what names a record among its kind."""
    if isinstance(record, Binding):
        return f"{record.region}/{record.item}"
    return str(record.code) if isinstance(record, Item | Material) else ""


def _read(row: Row, codes: Codes) -> Strict | list[RowProblem]:
    model = SHEETS[row.sheet]
    try:
        record = from_cells(row.cells)
    except UnreadableCell as problem:
        return [RowProblem(row.sheet, row.number, str(problem), _NOT_READ)]
    try:
        return model.model_validate(to_gb(record, codes) if model is Item else record)
    except ValidationError as error:
        return [_problem(row, detail, model) for detail in error.errors()]


def _problem(row: Row, detail: Any, model: type[Strict]) -> RowProblem:
    column = ".".join(str(step) for step in detail["loc"])
    return RowProblem(row.sheet, row.number, column, explain_error(detail, model)[1])

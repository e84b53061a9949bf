"""Items, materials and bindings out to one JSON or XLSX file and back into the content folder; all rows or none."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal
from zipfile import BadZipFile

import yaml
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from yijianshi.catalogue import content_folder
from yijianshi.catalogue.logic.item_exchange.foreign_codes import Codes
from yijianshi.catalogue.logic.item_exchange.reading import SHEETS, Row, key_of, read_rows
from yijianshi.catalogue.logic.item_exchange.table import Cell, columns_of, to_cells
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.logic.schema import Binding, Item, Strict
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.text import Text

Format = Literal["json", "xlsx"]
_SHOWN = 20
_FIRST_ROW = 2  # the first row holds the names of the columns


class NothingImported(Invalid):
    """有 {count} 处要改，所以一行也没有导入，内容没有变。请改好后再导入：{lines}

    {count:place needs|places need} a change, so no row was imported and the content is as it was. Mend, then import again:{lines}
    """


class UnreadableFile(Invalid):
    """读不懂文件“{name}”。请用本平台导出的 .json 或 .xlsx 文件，改好后原样保存。

    The file '{name}' cannot be read. Use a .json or .xlsx file exported here, and keep its form when saving.
    """


def export_to(content_dir: Path, file: Path, form: Format) -> int:
    """Write all items, materials and bindings to the file and return how many there are."""
    library, _ = content_folder.load_library(content_dir)
    records = {
        sheet: [one.model_dump(mode="json", exclude_defaults=True) for one in ones] for sheet, ones in _all(library).items()
    }
    if form == "json":
        file.write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    else:
        _write_workbook(file, records)
    return sum(len(ones) for ones in records.values())


def import_from(content_dir: Path, file: Path, codes: Codes = "gb") -> list[Path]:
    """Take over what the file changes and return the files written; comments of a changed file are not kept.

    Raises NothingImported (naming row, column and why) when any row is wrong or the content would no longer pass its check,
    UnreadableFile for anything that is not an export.
    """
    read = read_rows(_rows(file), codes)
    if read.problems:
        raise _refusal([problem.text() for problem in read.problems])
    library, _ = content_folder.load_library(content_dir)
    known = {(sheet, key_of(one)): one for sheet, ones in _all(library).items() for one in ones}
    fresh = [one for sheet, ones in read.records.items() for one in ones if known.get((sheet, key_of(one))) != one]
    texts = {_place(library, one): _as_yaml(one) for one in fresh}
    findings = content_folder.check_with(content_dir, texts)
    if findings.errors:
        raise _refusal([Text(found.line("zh"), found.line("en")) for found in findings.errors])
    for path, text in texts.items():
        target = content_dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return [content_dir / path for path in texts]


def _refusal(lines: list[Text]) -> NothingImported:
    shown = lines[:_SHOWN]
    said = Text("".join(f"\n{line.zh}" for line in shown), "".join(f"\n{line.en}" for line in shown))
    return NothingImported(count=len(lines), lines=said)


def _all(library: Library) -> dict[str, list[Strict]]:
    return {
        "items": [document.model for document in library.items.values()],
        "materials": [document.model for document in library.materials.values()],
        "bindings": [document.model for document in library.bindings],
    }


def _place(library: Library, record: Strict) -> str:
    if isinstance(record, Binding):
        return f"bindings/{record.region}/{record.item}.yaml"
    if isinstance(record, Item):
        here = library.items.get(record.code)
        return here.path if here else f"items/{record.department.kind}/{record.code}.yaml"
    code = key_of(record)
    return library.materials[code].path if code in library.materials else f"materials/{code}.yaml"


def _as_yaml(record: Strict) -> str:
    content = record.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=140)


def _write_workbook(file: Path, records: dict[str, list[dict[str, Any]]]) -> None:
    book = Workbook(write_only=True)
    for sheet, ones in records.items():
        page = book.create_sheet(sheet)
        page.freeze_panes = "B2"
        rows = [to_cells(one) for one in ones]
        columns = columns_of(rows)
        page.append(columns)
        for row in rows:
            page.append([_cell(page, row.get(column)) for column in columns])
    book.save(file)


def _cell(page: Any, value: Cell) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(page, value=value)
    cell.data_type = "s"  # what begins with = is a text of ours, never a formula
    return cell


def _rows(file: Path) -> Iterator[Row]:
    if not file.is_file():
        raise UnreadableFile(name=file.name)
    return _json_rows(file) if file.suffix.lower() == ".json" else _workbook_rows(file)


def _json_rows(file: Path) -> Iterator[Row]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        pages = [(sheet, list(content[sheet])) for sheet in SHEETS if content.get(sheet)]
    except (ValueError, TypeError, AttributeError):
        raise UnreadableFile(name=file.name) from None
    for sheet, records in pages:
        for number, record in enumerate(records, start=1):
            if not isinstance(record, dict):
                raise UnreadableFile(name=file.name)
            yield Row(sheet, number, to_cells(record))


def _workbook_rows(file: Path) -> Iterator[Row]:
    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, OSError, KeyError, ValueError):
        raise UnreadableFile(name=file.name) from None
    for sheet in SHEETS:
        if sheet in book.sheetnames:
            yield from _sheet_rows(sheet, book[sheet].iter_rows(values_only=True))
    book.close()


def _sheet_rows(sheet: str, lines: Iterable[tuple[Any, ...]]) -> Iterator[Row]:
    reading = iter(lines)
    columns = [str(name or "") for name in next(reading, ())]
    for number, line in enumerate(reading, start=_FIRST_ROW):
        cells = {column: value for column, value in zip(columns, line, strict=False) if column and value is not None}
        if cells:
            yield Row(sheet, number, cells)

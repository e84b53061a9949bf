"""Out to a file and back without loss; a wrong row stops everything and is named."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.unit.catalogue.stall import FILES
from yijianshi.catalogue import entrance
from yijianshi.catalogue.exchange_files import NothingImported, UnreadableFile
from yijianshi.catalogue.logic.item_exchange.foreign_codes import PROJECT_TYPE, satisfaction_of_stars, to_gb
from yijianshi.catalogue.logic.item_exchange.reading import Row, read_rows
from yijianshi.catalogue.logic.item_exchange.table import UnreadableCell, from_cells, to_cells

RICH = (
    'standard: {channels: {forms: ["2", "4"], mail_materials: true, booking: {zh: 打电话, en: Call}, booking_daily: 9},'
    " place: {hours: {zh: =9 点, en: =Nine}}, dates: {effective_on: 2026-02-01}}\nremedies: null"
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    files = dict(FILES)
    files["items/market/permit-issue.yaml"] = files["items/market/permit-issue.yaml"].replace("remedies: null", RICH)
    files["bindings/410105/permit-issue.yaml"] = (
        "kind: binding\nitem: permit-issue\nregion: '410105'\nset: {promise: 2}\nconfidence: D\n"
    )
    for path, text in files.items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text(text, encoding="utf-8")
    return tmp_path / "content"


def models(folder: Path) -> dict[str, object]:
    library, findings = entrance.load_library(folder)
    assert not findings.errors
    known = {code: document.model for code, document in {**library.items, **library.materials}.items()}
    return known | {f"{one.model.region}/{one.model.item}": one.model for one in library.bindings}


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_what_goes_out_comes_back_the_same(content: Path, tmp_path: Path, form: entrance.Format) -> None:
    before = models(content)
    file = tmp_path / f"out.{form}"
    assert entrance.export_to(content, file, form) == len(before)
    assert entrance.import_from(content, file) == []
    for path in [*content.rglob("items/*/*.yaml"), *content.rglob("bindings/*/*.yaml")]:
        path.unlink()
    written = entrance.import_from(content, file)
    assert len(written) == 4  # three items and a binding; the materials were still there
    assert models(content) == before


def test_one_changed_cell_changes_one_file(content: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    entrance.export_to(content, file, "xlsx")
    book = load_workbook(file)
    page = book["items"]
    column = next(cell.column for cell in page[1] if cell.value == "limits.promise.working_days")
    row = next(row for row in range(2, page.max_row + 1) if page.cell(row, 2).value == "sign-filing")
    page.cell(row, column).value = 3
    book.save(file)
    untouched = (content / "items/health/food-check.yaml").read_bytes()
    assert [path.name for path in entrance.import_from(content, file)] == ["sign-filing.yaml"]
    assert entrance.load_library(content)[0].item("sign-filing").limits.promise.working_days == 3
    assert (content / "items/health/food-check.yaml").read_bytes() == untouched


def test_ten_thousand_rows_with_three_bad_ones_import_nothing_and_name_the_three(content: Path, tmp_path: Path) -> None:
    file = tmp_path / "many.json"
    entrance.export_to(content, file, "json")
    records = json.loads(file.read_text(encoding="utf-8"))
    model = records["items"][0]
    rows = [{**model, "code": f"item-{number}"} for number in range(1, 10_001)]
    rows[16]["project_type"] = "7"
    rows[4_999] = {**rows[4_999], "limits": {**model["limits"], "promise": {"working_days": -1, "confidence": "D"}}}
    rows[9_999]["code"] = "item-1"
    file.write_text(json.dumps({"items": rows}), encoding="utf-8")
    before = {path: path.read_bytes() for path in content.rglob("*.yaml")}
    with pytest.raises(NothingImported) as refused:
        entrance.import_from(content, file)
    assert refused.value.text.zh.splitlines()[1:] == [
        "items 第 17 行，project_type 列：“project_type”只能是 '1', '2' or '9'，现在是 7。",
        "items 第 5000 行，limits.promise.working_days 列：“limits.promise.working_days”不能小于 0。",
        "items 第 10000 行，code 列：“item-1”在第 1 行已经有了。请留下一行。",
    ]
    assert refused.value.text.en.splitlines()[1:] == [
        "items row 17, column project_type: 'project_type' can only be '1', '2' or '9', not 7.",
        "items row 5000, column limits.promise.working_days: 'limits.promise.working_days' must not be less than 0.",
        "items row 10000, column code: 'item-1' already stands in row 1. Keep one of the rows.",
    ]
    assert {path: path.read_bytes() for path in content.rglob("*.yaml")} == before


def test_rows_that_would_break_the_content_are_refused_by_its_check(content: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    entrance.export_to(content, file, "json")
    records = json.loads(file.read_text(encoding="utf-8"))
    sign = next(one for one in records["items"] if one["code"] == "sign-filing")
    sign["needs"] = [{"fact": "stall.kin"}]
    file.write_text(json.dumps(records), encoding="utf-8")
    with pytest.raises(NothingImported, match=r"C201"):
        entrance.import_from(content, file)


@pytest.mark.parametrize(
    ("name", "body"), [("a.json", "{"), ("a.json", "[]"), ("a.xlsx", "no zip"), ("a.json", '{"items": [1]}')]
)
def test_a_file_of_another_kind_is_told_so(content: Path, tmp_path: Path, name: str, body: str) -> None:
    (tmp_path / name).write_text(body, encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        entrance.import_from(content, tmp_path / name)
    assert name in refused.value.text.zh
    with pytest.raises(UnreadableFile):
        entrance.import_from(content, tmp_path / "missing.xlsx")


def test_codes_of_systems_that_count_the_other_way_are_translated_by_name() -> None:
    assert PROJECT_TYPE == {"1": "2", "2": "1", "3": "9", "4": "9", "5": "9"}
    row = {"project_type": 1, "standard": {"admission": {"special_procedures": [{"code": "A"}, {"code": "B"}]}}}
    found = to_gb(row, "reversed")
    assert found["project_type"] == "2"
    assert [one["code"] for one in found["standard"]["admission"]["special_procedures"]] == ["1", "2"]
    assert to_gb({"project_type": "8"}, "reversed")["project_type"] == "?8"  # no guess: the schema refuses it
    assert to_gb({"project_type": "1"}, "gb")["project_type"] == "1"
    assert [satisfaction_of_stars(stars) for stars in (5, 4, 3, 2, 1)] == ["1", "2", "3", "4", "5"]
    with pytest.raises(ValueError, match="stars"):
        satisfaction_of_stars(0)


def test_a_cell_with_half_a_list_names_its_column() -> None:
    problems = read_rows([Row("items", 3, {"code": "a", "needs": '[{"fact": '})]).problems
    assert [(one.row, one.column) for one in problems] == [(3, "needs")]
    with pytest.raises(UnreadableCell):
        from_cells({"a": "text", "a.b": "inside"})


def test_an_empty_cell_is_not_said_and_null_is() -> None:
    record = {"fee": None, "limits": {"promise": {"working_days": 3}}, "alias": ["a"], "name": {"zh": "名", "en": "N"}}
    cells = to_cells(record)
    assert cells == {"fee": "null", "limits.promise.working_days": 3, "alias": '["a"]', "name.zh": "名", "name.en": "N"}
    assert from_cells({**cells, "note": None, "result": ""}) == record

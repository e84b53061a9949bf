"""Reading the folder itself: missing, unreadable, and the schemas written beside it."""

import json
from pathlib import Path

import pytest

from tests.unit.catalogue.stall import FILES
from yijianshi.catalogue import content_folder, entrance


def written(folder: Path) -> Path:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_good_folder_has_no_findings_and_counts_its_files(tmp_path: Path) -> None:
    findings = entrance.check(written(tmp_path))
    assert (findings.all, findings.files) == ((), len(FILES))
    assert findings.summary().zh == f"检查了 {len(FILES)} 个文件：0 处错误，0 处提醒。"


def test_a_missing_folder_says_how_to_name_it(tmp_path: Path) -> None:
    with pytest.raises(entrance.ContentFolderMissing, match="was not found"):
        entrance.check(tmp_path / "nowhere")


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "materials" / "old.yaml").write_bytes("kind: 材料".encode("gb18030"))
    (finding,) = entrance.check(folder).errors
    assert (finding.code, finding.where.path) == ("C101", "materials/old.yaml")
    assert "UTF-8" in finding.text.zh


def test_the_folder_becomes_what_is_in_use(tmp_path: Path) -> None:
    folder = written(tmp_path)
    spare = folder / "materials" / "spare.yaml"
    spare.write_text("kind: material\n", encoding="utf-8")
    (folder / "README.md").write_text("stays", encoding="utf-8")
    texts = {**FILES, "items/market/new.yaml": "kind: item\n"}
    assert {path.name for path in content_folder.write_texts(folder, texts)} == {"spare.yaml", "new.yaml"}
    assert content_folder.read_texts(folder) == texts
    assert not spare.exists()
    assert (folder / "README.md").exists()
    assert content_folder.write_texts(folder, texts) == []


def test_schemas_are_written_as_json(tmp_path: Path) -> None:
    paths = entrance.write_schemas(tmp_path)
    assert {path.stem for path in paths} == {
        "dictionary",
        "material",
        "certificate",
        "commitment",
        "department",
        "item",
        "binding",
        "list",
        "notice",
        "register",
        "thing",
        "example",
    }
    item = json.loads((tmp_path / "_schema" / "item.json").read_text(encoding="utf-8"))
    assert item["additionalProperties"] is False
    assert "department" in item["required"]

"""``yijianshi content``: schemas are written, items go out and come back, and a missing file is asked for."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from yijianshi.config import cli

CONTENT = Path(__file__).parents[3] / "content"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(CONTENT, tmp_path / "content")
    monkeypatch.setattr(settings, "CONTENT_DIR", tmp_path / "content")
    return tmp_path / "content"


def test_the_schemas_are_written(content: Path) -> None:
    shutil.rmtree(content / "_schema")
    assert cli.main(["content", "schema"]) == 0
    written = {path.name: path.read_bytes() for path in (content / "_schema").iterdir()}
    assert written == {path.name: path.read_bytes() for path in (CONTENT / "_schema").iterdir()}


def test_the_whole_content_goes_out_and_changes_nothing_when_it_comes_back(content: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in content.rglob("*.yaml")}
    for name in ("all.xlsx", "all.json"):
        assert cli.main(["content", "export", str(tmp_path / name)]) == 0
        assert cli.main(["content", "import", str(tmp_path / name)]) == 0
    assert {path: path.read_bytes() for path in content.rglob("*.yaml")} == before


@pytest.mark.parametrize("action", ["export", "import"])
def test_without_a_file_one_is_asked_for(content: Path, action: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["content", action]) == 2


def test_a_wrong_row_ends_with_status_one(content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.json").write_text('{"items": [{"kind": "item", "code": "NO"}]}', encoding="utf-8")
    assert cli.main(["content", "import", str(tmp_path / "bad.json")]) == 1
    assert "items 第 1 行，code 列" in capsys.readouterr().err


def test_drafts_are_not_moved_without_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["content", "migrate", "--thing", "newborn", "--version", "2", "--reason-zh", "换了"]) == 2
    assert cli.main(["content", "migrate"]) == 2

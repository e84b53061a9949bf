"""Reading the content folder, for the check and for publishing: the only place of the catalogue that opens content files."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from yijianshi.catalogue.logic.findings import Finding, Findings, Where, collect
from yijianshi.catalogue.logic.json_schemas import schema_files
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.catalogue.logic.loading import FOLDERS
from yijianshi.catalogue.logic.yaml_lines import READER
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text
from yijianshi.kernel.workdays import Calendar, load_calendar

NATIONAL_CALENDAR = Path("calendars") / "cn.yaml"


class ContentFolderMissing(NotFound):
    """没有找到内容文件夹“{path}”。请在项目根目录运行，或用 --content 指明它在哪里。

    The content folder '{path}' was not found. Run this from the project's root, or say where it is with --content.
    """


def check(content_dir: Path) -> Findings:
    """Check all content, worked examples included, and return every finding. Raises ContentFolderMissing."""
    return load_library(content_dir)[1]


def load_library(content_dir: Path) -> tuple[Library, Findings]:
    """Return the content as a library together with its findings. Raises ContentFolderMissing."""
    files, unreadable = _read(content_dir)
    library, findings = check_files(files, national_calendar(content_dir))
    return library, collect([*unreadable, *findings], findings.files + len(unreadable))


def check_with(content_dir: Path, changed: Mapping[str, str]) -> Findings:
    """Return what the check would find if these files (path → text) were written. Raises ContentFolderMissing."""
    files, _ = _read(content_dir)
    return check_files({**files, **changed}, national_calendar(content_dir))[1]


def read_texts(content_dir: Path) -> dict[str, str]:
    """Return path → text of all content files that can be read. Raises ContentFolderMissing."""
    return _read(content_dir)[0]


def write_texts(content_dir: Path, texts: Mapping[str, str]) -> list[Path]:
    """Make the content files of the folder those of *texts* and return the files written or removed."""
    written = []
    for path in sorted({*texts, *(read_texts(content_dir) if content_dir.is_dir() else {})}):
        target = content_dir / path
        if path not in texts:
            target.unlink()
        elif target.is_file() and target.read_bytes() == texts[path].encode():
            continue
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(texts[path].encode())
        written.append(target)
    return written


def write_schemas(content_dir: Path) -> list[Path]:
    """Write the generated JSON Schemas to ``_schema`` in the content folder and return their paths."""
    folder = content_dir / "_schema"
    folder.mkdir(exist_ok=True)
    written = []
    for name, text in schema_files().items():
        (folder / name).write_text(text, encoding="utf-8")
        written.append(folder / name)
    return written


def _read(content_dir: Path) -> tuple[dict[str, str], list[Finding]]:
    if not content_dir.is_dir():
        raise ContentFolderMissing(path=content_dir)
    files: dict[str, str] = {}
    unreadable: list[Finding] = []
    for path in sorted(path for folder in FOLDERS for path in (content_dir / folder).rglob("*.yaml")):
        name = path.relative_to(content_dir).as_posix()
        try:
            files[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            text = Text("文件不是 UTF-8 编码。请另存为 UTF-8。", "The file is not UTF-8. Please save it as UTF-8.")
            unreadable.append(Finding("C101", Where(name), text))
    return files, unreadable


def national_calendar(content_dir: Path) -> Calendar | None:
    path = content_dir / NATIONAL_CALENDAR
    if not path.is_file():
        return None
    return load_calendar(yaml.load(path.read_text(encoding="utf-8"), Loader=READER))  # noqa: S506  (the safe one, in C)

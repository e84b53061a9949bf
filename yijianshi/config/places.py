"""Where the house keeps things on disk: the project, its content, and one folder for everything that changes (VAR)."""

import os
import sys
import tempfile
from functools import cache
from pathlib import Path

from yijianshi.config import env

ROOT = Path(__file__).resolve().parents[2]


def var(mode: str) -> Path:
    """Return the folder for the database, keys, files and logs; created on first use. Tests have a folder of their own in it.

    ``YIJIANSHI_VAR`` if set, else ``<project>/var``, else ``$XDG_STATE_HOME/yijianshi`` with a message (read-only project).
    """
    return _made(_base() / "test") if mode == "test" else _base()


def private(parent: Path, name: str) -> Path:
    """Return the folder *name* of *parent* that only its owner may enter; created on first use."""
    folder = parent / name
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def public(parent: Path, name: str) -> Path:
    """Return the folder *name* of *parent* that a web server may read; created on first use."""
    folder = parent / name
    folder.mkdir(mode=0o755, exist_ok=True)
    return folder


def content() -> Path:
    """Return the folder of the content a city edits."""
    wanted = env.text("YIJIANSHI_CONTENT", "", "内容目录（事项、一件事等）", "Folder of the content (default: content/)")
    return Path(wanted).expanduser().resolve() if wanted else ROOT / "content"


@cache
def _base() -> Path:
    meaning = ("存放数据库、密钥、文件的目录", "folder for the database, keys and files (default: var/ in the project)")
    wanted = env.text("YIJIANSHI_VAR", "", *meaning)
    if wanted:
        return _explicit(Path(wanted).expanduser().resolve())
    here = ROOT / "var"
    try:
        return _made(here)
    except OSError:
        state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
        fallback = _made(Path(state) / "yijianshi")
        sys.stderr.write(f"{here} 不能写入，改用 {fallback}。 {here} cannot be written to; using {fallback} instead.\n")
        return fallback


def _explicit(folder: Path) -> Path:
    try:
        return _made(folder)
    except OSError as error:
        raise env.BadSetting(
            f"YIJIANSHI_VAR 指定的 {folder} 不能写入（{error.strerror}）。请换一个目录，或把它交给当前用户。\n"
            f"{folder}, named in YIJIANSHI_VAR, cannot be written to. Name another folder, or give this one to the present user."
        ) from error


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):  # os.access lies on some network and read-only file systems
        return folder

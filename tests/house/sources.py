"""The files the house tests look at: everything tracked, or about to be, read once."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "yijianshi"


@cache
def files() -> tuple[str, ...]:
    """Return the paths of the project's own files, relative to its root: what git tracks and what it would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):  # an archive without git
        listed = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if not _is_byproduct(path)]
    return tuple(sorted(name for name in set(listed) if name and (ROOT / name).is_file()))


def under(folder: str, *suffixes: str) -> list[str]:
    """Return the files below *folder* with one of *suffixes*."""
    return [name for name in files() if name.startswith(f"{folder}/") and name.endswith(suffixes)]


def code() -> list[str]:
    """Return the house's own modules, without generated migrations."""
    return [name for name in under(PACKAGE, ".py") if "/migrations/" not in name]


def templates() -> list[str]:
    """Return the templates of pages, parts and pictures."""
    return [name for name in under(PACKAGE, ".html", ".svg") if "/templates/" in name]


@cache
def read(name: str) -> str:
    """Return a file's text; raises UnicodeDecodeError for anything but UTF-8."""
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def tree(name: str) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(read(name), filename=name)


def lines(name: str) -> Iterator[tuple[int, str]]:
    """Yield line number and line, from 1."""
    yield from enumerate(read(name).splitlines(), 1)


def is_text(name: str) -> bool:
    """Say whether a file holds text that a person may read or edit."""
    return b"\0" not in (ROOT / name).read_bytes()[:4096]


def told(broken: list[str], why: str) -> str:
    """Return the words of a failed rule: every place, then why the rule exists and what to do."""
    return "\n".join(["", *broken, "", why])


def _is_byproduct(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return any(part.startswith(".") and part != ".ci" for part in parts) or parts[0] in {"var", "screenshots"}

"""Files stay small enough to read in one go, and their names say what is in them."""

import ast
from pathlib import PurePosixPath

import pytest

from tests.house import sources

LONGEST = {".py": 400, ".css": 400, ".js": 400, ".html": 150}  # lines
LONGEST_FUNCTION = 60
SAY_NOTHING = frozenset(
    {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "data", "info", "process"}
)
OURS = (sources.PACKAGE, "tests", "benchmarks", "neighbours")


def _ours(*suffixes: str) -> list[str]:
    return [name for folder in OURS for name in sources.under(folder, *suffixes)]


def test_files_are_short() -> None:
    sizes = {name: len(sources.read(name).splitlines()) for name in _ours(*LONGEST)}
    broken = [f"{name}: {size} lines" for name, size in sizes.items() if size > LONGEST[PurePosixPath(name).suffix]]
    assert not broken, sources.told(
        broken, f"Nobody reads a file this long. Split it by subject; the limits are {LONGEST} (aim at half of that)."
    )


def test_functions_are_short() -> None:
    broken = [
        f"{name}:{node.lineno}: {node.name} has {size} lines"
        for name in _ours(".py")
        if "/migrations/" not in name
        for node in ast.walk(sources.tree(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (size := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not broken, sources.told(broken, f"A function has at most {LONGEST_FUNCTION} lines. Name its steps and call them.")


def silent_parts(name: str) -> list[str]:
    """Return the parts of a path that say nothing about what is inside."""
    return [part for part in PurePosixPath(name).with_suffix("").parts if part in SAY_NOTHING]


@pytest.mark.parametrize("name", ["yijianshi/cases/utils.py", "yijianshi/hall/common/queue.py"])
def test_silent_names_are_found(name: str) -> None:
    assert silent_parts(name)


def test_names_say_what_is_inside() -> None:
    broken = [f"{name}: {part!r}" for name in _ours(".py") for part in silent_parts(name)]
    assert not broken, sources.told(
        broken, "Such a name attracts everything. Call the module after its subject, in the words of docs/reference/glossary.md."
    )

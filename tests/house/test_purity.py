"""logic/ and the kernel are values in, values out (beside import-linter, which cannot see calls)."""

import ast
import re

import pytest

from tests.house import sources

PURE = re.compile(rf"^{sources.PACKAGE}/(kernel/|.*/logic/)")
FRAMEWORKS = {"django", "ninja", "psycopg", "psycopg_pool", "procrastinate", "granian", "structlog", "prometheus_client"}
WIRES = {
    "requests",
    "httpx",
    "socket",
    "ssl",
    "urllib",
    "http",
    "smtplib",
    "subprocess",
    "threading",
    "multiprocessing",
    "asyncio",
}
SURROUNDINGS = {"os", "io", "pathlib", "shutil", "tempfile", "random", "secrets", "time", "logging", "sqlite3"}
IMPURE = frozenset(FRAMEWORKS | WIRES | SURROUNDINGS)
# Making a code nobody can guess needs chance; it is a value out, and nothing else in the module is impure.
ALLOWED = {
    ("yijianshi/certificates/logic/codes.py", "secrets"),
    ("yijianshi/certificates/logic/revisions.py", "io"),  # a PDF in memory: bytes in, an answer out
    ("yijianshi/kernel/ofd/package.py", "io"),  # a zip in memory: bytes in, bytes out
    ("yijianshi/catalogue/logic/liveness.py", "threading"),  # a lock round a cache: the answer does not depend on it
}
BUILT_IN = frozenset({"open", "input", "print", "breakpoint", "__import__"})


def impurities(tree: ast.Module) -> list[tuple[int, str]]:
    """Return (line, what) of every import or call through which the outside world comes in."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, one.name.split(".")[0]) for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.lineno, node.module.split(".")[0]))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BUILT_IN:
            found.append((node.lineno, f"{node.func.id}()"))
    return [(line, name) for line, name in found if name in IMPURE or name.endswith("()")]


@pytest.mark.parametrize("source", ["import os", "from django.db import models", "import http.client", "open('x')"])
def test_impurities_are_found(source: str) -> None:
    assert impurities(ast.parse(source))


def test_logic_and_kernel_are_pure() -> None:
    modules = [name for name in sources.code() if PURE.match(name)]
    broken = [
        f"{name}:{line}: {what}"
        for name in modules
        for line, what in impurities(sources.tree(name))
        if (name, what) not in ALLOWED
    ]
    assert modules
    assert not broken, sources.told(
        broken,
        "Pure code is tested in microseconds and read by lawyers. Hand values in (today=, content=, …) and do the rest in\n"
        "commands, queries or an entrance.",
    )


def test_a_rooms_door_sign_imports_nothing() -> None:
    broken = [
        f"{name}:{line}"
        for name in sources.code()
        if re.fullmatch(rf"{sources.PACKAGE}/(channels/)?\w+/__init__\.py", name)
        for line in [node.lineno for node in sources.tree(name).body if isinstance(node, ast.Import | ast.ImportFrom)]
    ]
    assert not broken, sources.told(broken, "A room's __init__ only says what the room is for; importing it must start nothing.")

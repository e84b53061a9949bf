"""A case changes its state in one place; rows are locked in few; the present moment is asked for at the entrances."""

import ast
import re
from pathlib import PurePosixPath

import pytest

from tests.house import sources

STATE_WRITERS = ("cases/commands/moves.py", "cases/commands/split.py")


def state_writes(tree: ast.Module) -> list[int]:
    """Return the lines that assign an attribute ``state``, or update one through the ORM or a Batch."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [node.lineno for one in targets if isinstance(one, ast.Attribute) and one.attr == "state"]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
            named = {word.arg for word in node.keywords}
            on_cases = bool(node.args) and isinstance(node.args[0], ast.Name) and node.args[0].id == "CASES"
            found += [node.lineno] if "state" in named or on_cases else []
    return found


@pytest.mark.parametrize("source", ["case.state = s", "rows.update(state='X')", "batch.update(CASES, names, rows)"])
def test_state_writes_are_found(source: str) -> None:
    assert state_writes(ast.parse(source)) == [1]


def test_only_moves_change_a_cases_state() -> None:
    broken = [
        f"{name}:{line}"
        for name in sources.under(f"{sources.PACKAGE}/cases", ".py")
        if not name.endswith(STATE_WRITERS) and "/migrations/" not in name
        for line in state_writes(sources.tree(name))
    ]
    assert not broken, sources.told(
        broken, "A state changes only by a row of cases/logic/states.py. Add the row, then moves.take(case, '<action>', …)."
    )


ASKING = frozenset({"clock.now", "timezone.now", "datetime.now", "datetime.utcnow", "date.today", "time.time"})
DOORS = ("api", "tasks", "handlers", "middleware", "admin", "health", "jobs", "worker", "courier", "outbox", "clock")


def asks_for_now(tree: ast.Module) -> list[int]:
    """Return the lines that ask for the present moment or day."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and f"{node.func.value.id}.{node.func.attr}" in ASKING
    ]


def is_entrance(name: str) -> bool:
    """Say whether a module is a place where requests, jobs and commands come in: it may ask what time it is."""
    path = PurePosixPath(name)
    room = path.parts[1]
    return room in {"config", "channels"} or path.stem in DOORS or "entrance" in path.parts


def test_moments_are_found() -> None:
    assert asks_for_now(ast.parse("at = clock.now()\nday = date.today()\ndue = clock.today(at)")) == [1, 2]


def test_only_entrances_ask_what_time_it_is() -> None:
    broken = [f"{name}:{line}" for name in sources.code() if not is_entrance(name) for line in asks_for_now(sources.tree(name))]
    assert not broken, sources.told(
        broken,
        "Take at= (or today=) as an argument and let the entrance ask clock.now(): one moment for one act.",
    )


LOCK = re.compile(r"select_for_update\(|\bFOR (NO KEY )?UPDATE\b")
MAY_LOCK = re.compile(r"/queries/(locks|access)\.py$|/queries/lock_\w+\.py$|^yijianshi/foundation/")


def locking_functions(tree: ast.Module, source: str) -> list[tuple[int, str]]:
    """Return (line, name) of every function that takes row locks; module level counts as ''."""
    rows = source.splitlines()
    spans = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    found = []
    for number, row in enumerate(rows, 1):
        if LOCK.search(row):
            inside = [node for node in spans if node.lineno <= number <= (node.end_lineno or number)]
            found.append((number, max(inside, key=lambda node: node.lineno).name if inside else ""))
    return found


def test_locks_are_found() -> None:
    source = "def f(rows):\n    return rows.select_for_update()\nSQL = 'SELECT 1 FOR UPDATE'\n"
    assert locking_functions(ast.parse(source), source) == [(2, "f"), (3, "")]


def test_locks_are_taken_in_functions_that_say_so() -> None:
    broken = [
        f"{name}:{line}: {function or 'module level'}"
        for name in sources.code()
        if not MAY_LOCK.search(name)
        for line, function in locking_functions(sources.tree(name), sources.read(name))
        if not function.lstrip("_").startswith("lock_")
    ]
    assert not broken, sources.told(
        broken,
        "Locks are taken in one order (application → case → quota), so a reader must see them: put the query into a function\n"
        "called lock_… (best in queries/), and call that at the head of the command.",
    )

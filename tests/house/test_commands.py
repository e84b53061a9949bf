"""Commands are acts of somebody at some moment; entrances translate and make one call."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house import sources

LONGEST_VIEW = 15
COMMANDS = re.compile(rf"^{sources.PACKAGE}/\w+/commands/\w+\.py$")
BEHIND_THE_DOOR = re.compile(rf"^{sources.PACKAGE}/\w+/(commands|queries|models|logic)/")
WEB = re.compile(r"^(django\.(http|shortcuts|template|urls|views)|ninja)\b")
# The house itself acts here: nobody in particular tries a door, silence accepts by law, the courier carries.
# Registers are asked for a matter of somebody who is known there, and answer on their own.
_READING = {"ask", "forget", "keep_only", "lock_due_reads", "lock_due_claims", "note_answer", "note_refused", "note_reads_away"}
ACTS_OF_THE_HOUSE = frozenset(
    {"end_notices", "knock", "forgive", "deem_accepted", "return_unanswered", "note_sent", "note_away", "hasten", *_READING}
    | {"take_over_reads", "take_up_answered", "report"}
    | {"open_passages", "take_in_arrived", "take_over_answers", "note_fetched", "sign_for_results", "tell_one"}  # between regions
    | {"send_cases", "send_corrected"}
    | {"ensure_authority", "seal_due"}  # keys of the installation itself, sealing by a published rule
    | {"see", "forget_unseen"}  # whoever scans a code is nobody known
)


def acts(tree: ast.Module) -> Iterator[tuple[str, int, set[str]]]:
    """Yield name, line and arguments of every public function that is one transaction."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _is_one_transaction(node):
            yield node.name, node.lineno, {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}


def _is_one_transaction(function: ast.FunctionDef) -> bool:
    return any("transaction.atomic" in ast.unparse(one) for one in function.decorator_list)


def test_commands_say_who_and_when() -> None:
    found = [(name, *act) for name in sources.code() if COMMANDS.match(name) for act in acts(sources.tree(name))]
    broken = [
        f"{name}:{line}: {function}"
        for name, function, line, arguments in found
        if not ({"at"} if function in ACTS_OF_THE_HOUSE else {"by", "at"}) <= arguments
    ]
    assert found
    assert not broken, sources.told(
        broken, "A command takes by= (the actor) and at= (an aware moment), so that history can say who and when."
    )


def test_acts_of_the_house_still_exist() -> None:
    names = {act[0] for name in sources.code() if COMMANDS.match(name) for act in acts(sources.tree(name))}
    assert names >= ACTS_OF_THE_HOUSE, "An exception is no longer needed; take it out of ACTS_OF_THE_HOUSE."


def web_imports(tree: ast.Module) -> list[int]:
    """Return the lines that import what belongs to requests and pages."""
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and WEB.match(node.module or "")]


@pytest.mark.parametrize("source", ["from django.http import HttpRequest", "from ninja import Router"])
def test_web_imports_are_found(source: str) -> None:
    assert web_imports(ast.parse(source)) == [1]


def test_nothing_behind_the_door_knows_the_web() -> None:
    broken = [
        f"{name}:{line}" for name in sources.code() if BEHIND_THE_DOOR.match(name) for line in web_imports(sources.tree(name))
    ]
    assert not broken, sources.told(
        broken, "Commands and queries serve pages, API, worker and command line alike. Translate requests in views and api.py."
    )


def test_views_are_short() -> None:
    views = [
        (name, node)
        for name in sources.under(f"{sources.PACKAGE}/channels", ".py")
        if "/views/" in name
        for node in sources.tree(name).body
        if isinstance(node, ast.FunctionDef) and node.decorator_list and not node.name.startswith("_")
    ]
    sizes = [(f"{name}:{node.lineno}: {node.name}", (node.end_lineno or 0) - node.body[0].lineno + 1) for name, node in views]
    broken = [f"{place} has {size} lines" for place, size in sizes if size > LONGEST_VIEW]
    assert views
    assert not broken, sources.told(
        broken, "A view translates and makes one domain call. If it makes two, write the command that does both and name it."
    )

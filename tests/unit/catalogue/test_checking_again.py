"""A check that remembers says exactly what a check from nothing says."""

import random
from collections.abc import Callable, Mapping, Sequence

import pytest

from tests.unit.catalogue.stall import CALENDAR, FILES, with_change
from tests.unit.catalogue.test_lint import BROKEN
from yijianshi.catalogue.logic import compiler, liveness, loading, reach
from yijianshi.catalogue.logic.findings import Findings
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.catalogue.logic.lint_rules import examples, expressions
from yijianshi.kernel import rules

CASES = [FILES, *(with_change(path, old, new) for code, path, old, new, *_ in BROKEN if old in FILES.get(path, ""))]


def forget_everything() -> None:
    for kept in (
        loading._file,
        rules.parse,
        reach.names_in,
        expressions._is_fine,
        expressions._contradicts,
        expressions.certificates_named,
    ):
        kept.cache_clear()  # type: ignore[attr-defined]
    examples._mismatches.clear()
    examples._never_asked.clear()
    examples._structures.clear()
    liveness._arenas.clear()
    compiler._compiled.clear()


def outcome(files: Mapping[str, str]) -> tuple[Findings, dict[str, str]]:
    library, findings = check_files(files, CALENDAR)
    if findings.errors:
        return findings, {}
    codes = compiler.all_codes(library)
    return findings, {code: compiler.compile_thing(library, code).model_dump_json() for code in codes}


def test_what_is_remembered_makes_no_difference() -> None:
    assert len(CASES) > 50
    order = [*range(len(CASES)), 0, *range(len(CASES))]
    random.Random(7).shuffle(order)
    forget_everything()
    warm = {number: outcome(CASES[number]) for number in order}
    for number, files in enumerate(CASES):
        forget_everything()
        assert outcome(files) == warm[number], sorted(path for path in files if files[path] != FILES.get(path))


def test_the_same_content_compiles_to_the_same_object() -> None:
    one, other = (check_files(FILES, CALENDAR)[0] for _ in range(2))
    assert compiler.compile_thing(one, "stall") is compiler.compile_thing(other, "stall")
    changed = check_files(with_change("things/stall/thing.yaml", "zh: 开个小摊", "zh: 摆个小摊"), CALENDAR)[0]
    assert compiler.compile_thing(changed, "stall").sha != compiler.compile_thing(one, "stall").sha


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Count how often examples are planned, and how often the guide is walked for one."""
    counted = {"planned": 0, "walked": 0}

    def counting(name: str, work: Callable[..., Sequence[object]]) -> Callable[..., Sequence[object]]:
        def run(*args: object) -> Sequence[object]:
            counted[name] += 1
            return work(*args)

        return run

    monkeypatch.setattr(examples, "run_example", counting("planned", examples.run_example))
    monkeypatch.setattr(examples, "unasked_answers", counting("walked", examples.unasked_answers))
    return counted


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("things/stall/thing.yaml", "zh: 开个小摊", "zh: 摆个小摊"),
        ("dictionary/stall.yaml", "max_length: 30", "max_length: 31"),
        ("dictionary/stall.yaml", "min: 1, max: 500", "min: 1, max: 400"),
    ],
)
def test_what_no_example_can_show_runs_none(runs: dict[str, int], path: str, old: str, new: str) -> None:
    forget_everything()
    assert not check_files(FILES, CALENDAR)[1].errors
    assert runs["planned"] > 0
    assert runs["walked"] > 0
    runs.update(planned=0, walked=0)
    assert not check_files(with_change(path, old, new), CALENDAR)[1].errors
    assert runs == {"planned": 0, "walked": 0}


def test_a_promise_is_planned_again_and_asks_nothing_new(runs: dict[str, int]) -> None:
    forget_everything()
    check_files(FILES, CALENDAR)
    path = next(path for path, text in FILES.items() if path.startswith("items/") and "promise: {working_days: " in text)
    runs.update(planned=0, walked=0)
    place = FILES[path].index("promise: {working_days: ") + len("promise: {working_days: ")
    days = FILES[path][place]
    findings = check_files({**FILES, path: FILES[path][:place] + "9" + FILES[path][place + 1 :]}, CALENDAR)[1]
    assert days != "9"
    assert runs["planned"] > 0, findings
    assert runs["walked"] == 0

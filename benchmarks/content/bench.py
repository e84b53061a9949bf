"""How long authors wait for the check: the whole content from nothing with everything compiled, and one save after that."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from time import perf_counter
from typing import Any

from benchmarks import machine
from benchmarks.frame import Goal, Report, ResultsDiffer
from benchmarks.peers import ROOT
from yijianshi.catalogue import content_folder
from yijianshi.catalogue.logic import compiler, liveness, loading, prepared, reach, repeating
from yijianshi.catalogue.logic.authoring import editing
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.catalogue.logic.lint_rules import examples, expressions
from yijianshi.kernel import rules
from yijianshi.kernel.workdays import Calendar

CONTENT = ROOT / "content"
WHOLE, SAVE = 2.0, 0.3  # seconds
_SAVED: Mapping[str, tuple[str, editing.Steps]] = {
    "words in an item of one thing": ("items/social-security/resident-card-issue.yaml", ("name", "zh")),
    "words in an item of the newborn": ("items/police/household-registration-birth.yaml", ("name", "zh")),
    "the promise of that item": ("items/police/household-registration-birth.yaml", ("limits", "promise", "working_days")),
    "words in an element of many things": ("dictionary/applicant.yaml", ("elements", 0, "label", "zh")),
    "a limit of an element nearly all things use": ("dictionary/applicant.yaml", ("elements", 1, "max_length")),
    "where such an element comes from": ("dictionary/applicant.yaml", ("elements", 1, "suppliers", 0, "when")),
}
_RULES = {"when": "today() >= date(2000, 1, {fresh})"}
_NUMBERS = {"working_days", "max_length"}
_NOTES = (
    "whole: every file read, every rule of the check, every worked example run, everything compiled; nothing remembered.",
    "save: one value put into the text of one file, then all of the check, in a process that has checked the content before.",
    "The database is not part of either. Each save writes what was never there, so no compiled thing is taken from memory.",
    "Before the figures: the outcome with everything remembered equals that from nothing.",
)


def run(rounds: int, options: Mapping[str, str]) -> Report:
    """Measure. Raises ValueError for an option (there are none), ResultsDiffer when memory changes an outcome."""
    if options:
        raise ValueError("The content check has no options.")
    described = machine.describe()
    calendar = content_folder.national_calendar(CONTENT)
    files = content_folder.read_texts(CONTENT)
    _prove(files, calendar)
    whole = [_timed(lambda: _from_nothing(files, calendar)) for _ in range(rounds)]
    words = count()
    saves = {name: [_timed(_saving(files, calendar, place, words)) for _ in range(rounds)] for name, place in _SAVED.items()}
    figures: dict[str, Any] = {"files": len(files), "whole check and compile": _spread(whole)}
    figures |= {f"save of {name}": _spread(seconds) for name, seconds in saves.items()}
    goals = [
        Goal("whole check and compile", statistics.median(whole), WHOLE, "s", at_most=True),
        *(Goal(f"save of {name}", statistics.median(seconds), SAVE, "s", at_most=True) for name, seconds in saves.items()),
    ]
    return Report("content", described, rounds, figures, goals=goals, notes=_NOTES)


def _from_nothing(files: Mapping[str, str], calendar: Calendar | None) -> dict[str, str]:
    _forget()
    return _outcome(files, calendar)


def _saving(
    files: Mapping[str, str], calendar: Calendar | None, place: tuple[str, editing.Steps], words: Iterator[int]
) -> Callable[[], object]:
    path, steps = place

    def save() -> object:
        fresh = next(words) + 1
        value = fresh if steps[-1] in _NUMBERS else _RULES.get(str(steps[-1]), "新的说法 {fresh}").format(fresh=fresh)
        return check_files({**files, path: editing.put(files[path], steps, value)}, calendar)

    return save


def _outcome(files: Mapping[str, str], calendar: Calendar | None) -> dict[str, str]:
    library, findings = check_files(files, calendar)
    shas = {code: compiler.compile_thing(library, code).sha for code in compiler.all_codes(library)}
    return shas | {found.line("en"): found.code for found in findings}


def _prove(files: Mapping[str, str], calendar: Calendar | None) -> None:
    if _from_nothing(files, calendar) != _outcome(files, calendar):
        raise ResultsDiffer("What the check remembers changes its outcome.")


def _forget() -> None:
    for kept in (
        loading._file,
        rules.parse,
        reach.names_in,
        expressions._is_fine,
        expressions._contradicts,
        expressions.certificates_named,
    ):
        kept.cache_clear()
    examples._mismatches.clear()
    examples._never_asked.clear()
    examples._structures.clear()
    liveness._arenas.clear()
    compiler._compiled.clear()
    prepared._ready.clear()
    repeating._expansions.clear()


def _timed(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def _spread(seconds: list[float]) -> dict[str, float | str]:
    median, least, most = (round(one, 3) for one in (statistics.median(seconds), min(seconds), max(seconds)))
    return {"median": median, "least": least, "most": most, "unit": "s"}

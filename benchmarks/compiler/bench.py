"""What compiling the newborn costs beside reading its YAML, and a guide answer beside evaluating its rules once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from benchmarks import machine
from benchmarks.frame import Report, measure
from benchmarks.local import LocalContestant
from benchmarks.peers import ROOT
from yijianshi.catalogue.logic import guide
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.loading import FOLDERS, load
from yijianshi.catalogue.logic.prepared import prepare
from yijianshi.catalogue.logic.values import decode_answer
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.workdays import Calendar, load_calendar

CONTENT = ROOT / "content"
THING = "newborn"
ON = date(2026, 2, 10)
_ANSWERED = 5  # in the middle of the guide
_READER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTES = (
    "compile: read, validate and link all content, derive the newborn, write the published JSON; lint is not part of it.",
    "guide: one answer in, the next question out, all earlier answers walked again, as the stateless API does it.",
    "Each figure is how many times the time of its base.",
)


def run(rounds: int, options: Mapping[str, str]) -> Report:
    """Measure both. Raises ValueError for an option: there are none."""
    if options:
        raise ValueError("The compiler has no options.")
    described = machine.describe()
    publishing = measure([_parsing(), _compiling()], rounds)
    guiding = measure([_evaluating(), _asking()], rounds)
    figures = {
        "compile, times parsing the YAML": publishing.ratio("parse", "compile").as_json(),
        "guide step, times one evaluation of all rules": guiding.ratio("evaluate", "guide").as_json(),
    }
    return Report("compiler", described, rounds, figures, notes=_NOTES)


def _files() -> dict[str, str]:
    paths = sorted(path for folder in FOLDERS for path in (CONTENT / folder).rglob("*.yaml"))
    return {path.relative_to(CONTENT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def _parsing() -> LocalContestant:
    files = _files()
    return LocalContestant(
        "parse",
        {"files": len(files)},
        lambda: [yaml.load(text, Loader=_READER) for text in files.values()],
        lambda made: {"files": len(_sized(made))},
    )


def _compiling() -> LocalContestant:
    files = _files()
    items = len(_thing().items)
    return LocalContestant(
        "compile",
        {"items": items},
        lambda: compile_thing(load(files)[0], THING).model_dump_json(),
        lambda made: {"items": len(CompiledThing.model_validate_json(str(made)).items)},
    )


def _evaluating() -> LocalContestant:
    thing, env = _thing(), _environment()
    answers = _first_answers(thing, env)
    rules = prepare(thing).rules
    count = len(rules(answers, env))
    expected = {"rules": count}
    return LocalContestant("evaluate", expected, lambda: rules(answers, env), lambda made: {"rules": len(_sized(made))}, 200)


def _asking() -> LocalContestant:
    thing, env = _thing(), _environment()
    answers = _first_answers(thing, env)

    def ask() -> object:
        return guide.next_question(thing, answers, frozenset(), env)

    return LocalContestant("guide", {"asked": 1}, ask, lambda made: {"asked": int(made is not None)}, 20)


def _first_answers(thing: CompiledThing, env: Environment) -> dict[str, Any]:
    """The answers of the worked example in the order the guide asks for them, as far as the middle."""
    path = CONTENT / "things" / THING / "examples" / "all-together.yaml"
    authored = yaml.safe_load(path.read_text(encoding="utf-8"))["answers"]
    known = {name: decode_answer(thing, name, _raw(value)) for name, value in authored.items()}
    given: dict[str, Any] = {}
    while len(given) < _ANSWERED and (question := guide.next_question(thing, given, frozenset(), env)):
        given[question.fact] = known[question.fact]
    return given


def _raw(value: Any) -> str | list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _thing() -> CompiledThing:
    return compile_thing(load(_files())[0], THING)


def _environment() -> Environment:
    return Environment(ON, _calendar())


def _calendar() -> Calendar:
    return load_calendar(yaml.safe_load((CONTENT / "calendars" / "cn.yaml").read_text(encoding="utf-8")))


def _sized(made: object) -> Any:
    return made

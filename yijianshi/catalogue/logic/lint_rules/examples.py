"""C80x: every worked example of a thing comes out as it says (run once the rest of the content is free of errors)."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX, CompiledThing
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.examples import Mismatch, run_example, unasked_answers
from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.logic.schema import Example
from yijianshi.kernel.text import Text
from yijianshi.kernel.workdays import Calendar

_NEVER_ASKED = Text(
    "引导里不会问到“{fact}”（前面的回答已经决定了），例子里可以不写。",
    "The guide would not ask for '{fact}' here (earlier answers settle it); the example can leave it out.",
)

_KEPT_IN_MEMORY = 2048


def check(library: Library, calendar: Calendar) -> Iterator[Finding]:
    """Yield a finding for every expectation that does not hold."""
    compiled = {code: compile_thing(library, code) for code in library.things}
    for document in library.examples:
        code = document.model.thing
        if code.startswith(SINGLE_PREFIX) and code.removeprefix(SINGLE_PREFIX) in library.items and code not in compiled:
            compiled[code] = compile_thing(library, code)
        thing = compiled.get(code)
        if thing is None:
            continue
        mismatches = _mismatches_of(thing, document.model, calendar)
        for mismatch in mismatches:
            where = ("answers",) if mismatch.key == "answers" else ("expect", *mismatch.key.split(".", 1))
            yield Finding("C801", document.where(*where), mismatch.text)
        if mismatches or document.model.expect.route != "BUNDLE":
            continue
        for fact in _never_asked_of(thing, document.model, calendar):
            yield Finding("C802", document.where("answers", fact), _NEVER_ASKED.format(fact=fact), "warning")


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Known(Generic[T]):
    """What came of an example, and for which calendar."""

    example: Example
    calendar: Calendar
    found: Sequence[T]


@dataclass(frozen=True, slots=True)
class _Structure:
    """Digests of what an example's plan can depend on, and of what the guide's questions can depend on."""

    planned: str
    asked: str


_mismatches: dict[tuple[str, int], _Known[Mismatch]] = {}
_never_asked: dict[tuple[str, int], _Known[str]] = {}
_structures: dict[str, _Structure] = {}  # by sha
_LANGUAGES = {"zh", "en"}
_SOURCES = {"confidence", "basis", "source"}
_CHECKS_OF_VALUES = {"min", "max", "max_length", "pattern", "pattern_hint", "sensitivity"}
_NEVER_PLANNED = {"checks", "remedies", "legal_basis", "faq", "consult_phone", "complaint_phone", "steps", "note", "standard"}
_NEVER_ASKED_ABOUT = {"limits", "timer", "procedure", "visits", "separately", "advice"}


def _structure(thing: CompiledThing) -> _Structure:
    known = _structures.get(thing.sha)
    if known is None:
        parts = _silent(thing.model_dump(mode="json", exclude={"sha"}))
        for element in parts["elements"]:
            _drop(element, _CHECKS_OF_VALUES)
        for item in parts["items"]:
            _drop(item["definition"], _NEVER_PLANNED)
        planned = _digest(parts)
        for item in parts["items"]:
            _drop(item["definition"], _NEVER_ASKED_ABOUT)
        known = _structures[thing.sha] = _Structure(planned, _digest(parts))
        _keep_few(_structures)
    return known


def _digest(parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _drop(parts: dict[str, Any], names: set[str]) -> None:
    for name in names:
        parts.pop(name, None)


def _silent(value: Any) -> Any:
    """Return the value without words and without sources."""
    if isinstance(value, dict):
        return None if value.keys() == _LANGUAGES else {key: _silent(one) for key, one in value.items() if key not in _SOURCES}
    return [_silent(one) for one in value] if isinstance(value, list) else value


def _mismatches_of(thing: CompiledThing, example: Example, calendar: Calendar) -> Sequence[Mismatch]:
    """Return what does not come out as the example says; run once for all things that cannot plan it differently.

    What did not come out right is run again, since its message may quote words.
    """
    key = (_structure(thing).planned, id(example))
    known = _mismatches.get(key)
    if known is not None and known.found:
        del _mismatches[key]
    return _remembered(_mismatches, key, example, calendar, lambda: run_example(thing, example, calendar))


def _never_asked_of(thing: CompiledThing, example: Example, calendar: Calendar) -> Sequence[str]:
    key = (_structure(thing).asked, id(example))
    return _remembered(_never_asked, key, example, calendar, lambda: unasked_answers(thing, example, calendar))


def _remembered(
    memory: dict[tuple[str, int], _Known[T]],
    key: tuple[str, int],
    example: Example,
    calendar: Calendar,
    find: Callable[[], Sequence[T]],
) -> Sequence[T]:
    known = memory.get(key)
    if known is None or known.example is not example or known.calendar != calendar:
        known = memory[key] = _Known(example, calendar, find())
        _keep_few(memory)
    return known.found


def _keep_few(memory: dict[Any, Any]) -> None:
    while len(memory) > _KEPT_IN_MEMORY:
        memory.pop(next(iter(memory)), None)

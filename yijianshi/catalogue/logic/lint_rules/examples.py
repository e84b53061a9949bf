"""C80x: every worked example of a thing comes out as it says (run once the rest of the content is free of errors)."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

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
        outcome = _outcome(thing, document.model, calendar)
        for mismatch in outcome.mismatches:
            where = ("answers",) if mismatch.key == "answers" else ("expect", *mismatch.key.split(".", 1))
            yield Finding("C801", document.where(*where), mismatch.text)
        for fact in outcome.never_asked:
            yield Finding("C802", document.where("answers", fact), _NEVER_ASKED.format(fact=fact), "warning")


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of an example, and for which calendar."""

    example: Example
    calendar: Calendar
    mismatches: Sequence[Mismatch]
    never_asked: Sequence[str]


_outcomes: dict[tuple[str, int], _Outcome] = {}
_structures: dict[str, str] = {}  # by sha
_LANGUAGES = {"zh", "en"}


def _structure(thing: CompiledThing) -> str:
    """Return a digest of all of a thing but its words."""
    known = _structures.get(thing.sha)
    if known is None:
        silent = json.dumps(_silent(thing.model_dump(mode="json", exclude={"sha"})), sort_keys=True, separators=(",", ":"))
        known = _structures[thing.sha] = hashlib.sha256(silent.encode()).hexdigest()
        while len(_structures) > _KEPT_IN_MEMORY:
            _structures.pop(next(iter(_structures)), None)
    return known


def _silent(value: Any) -> Any:
    if isinstance(value, dict):
        return None if value.keys() == _LANGUAGES else {key: _silent(one) for key, one in value.items()}
    return [_silent(one) for one in value] if isinstance(value, list) else value


def _outcome(thing: CompiledThing, example: Example, calendar: Calendar) -> _Outcome:
    """Return what comes of the example; the same example of the same thing, whatever its words, is run once.

    No outcome depends on the words of a text. What did not come out right is run again, since its message may quote them.
    """
    key = (_structure(thing), id(example))
    known = _outcomes.get(key)
    if known is not None and known.example is example and known.calendar == calendar and not known.mismatches:
        return known
    mismatches = run_example(thing, example, calendar)
    asked_in_vain = not mismatches and example.expect.route == "BUNDLE"
    made = _Outcome(example, calendar, mismatches, unasked_answers(thing, example, calendar) if asked_in_vain else ())
    _outcomes[key] = made
    while len(_outcomes) > _KEPT_IN_MEMORY:
        _outcomes.pop(next(iter(_outcomes)), None)
    return made

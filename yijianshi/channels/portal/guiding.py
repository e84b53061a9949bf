"""The guide's answers, kept in the visitor's session until an application is started; works without an account."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic import checking, guide, planning, values
from yijianshi.catalogue.logic.compiled import CompiledThing, Question
from yijianshi.catalogue.logic.plan import Plan
from yijianshi.foundation import calendars, clock
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.rules import Environment

_KEY = "guide"
UNSURE = "__unsure__"  # the radio "I don't know"; no dictionary option may be called so (options have no leading underscore)


class ImpossibleAnswer(Invalid):
    """{problem}

    {problem}
    """


@dataclass(frozen=True)
class Position:
    """Where one visitor stands in the guide of one thing."""

    version_id: UUID
    thing: CompiledThing
    raw: Mapping[str, Any]
    answers: Mapping[str, Any]
    declined: frozenset[str]
    question: Question | None
    asked: list[Question]
    plan: Plan


def position(request: HttpRequest, code: str) -> Position:
    """Return where the visitor stands; answers of an older version that no longer fit are left out."""
    version_id, thing = catalogue.get_current(code, clock.today(clock.now()))
    kept = request.session.get(_KEY, {}).get(code, {})
    answers, declined = _decoded(thing, kept.get("answers", {})), frozenset(kept.get("declined", ()))
    environment = Environment(clock.today(clock.now()), calendars.national())
    walk = guide.walk(thing, answers, declined, environment)
    return Position(
        version_id,
        thing,
        kept.get("answers", {}),
        answers,
        declined,
        walk.question,
        [step.question for step in walk.asked],
        planning.plan(thing, answers, declined=declined, env=environment),
    )


def answer(request: HttpRequest, thing: CompiledThing, fact: str, raw: str | list[str], *, unsure: bool) -> None:
    """Keep one answer, or that the visitor does not know; raises Invalid with the words to show."""
    if not unsure:
        _must_be_possible(thing, fact, values.decode_answer(thing, fact, raw))
    guides = request.session.setdefault(_KEY, {})
    kept = guides.setdefault(thing.code, {"answers": {}, "declined": []})
    kept["answers"].pop(fact, None)
    kept["declined"] = [name for name in kept["declined"] if name != fact]
    if unsure:
        kept["declined"].append(fact)
    else:
        kept["answers"][fact] = raw
    request.session.modified = True


def forget(request: HttpRequest, code: str) -> None:
    """Begin this guide anew."""
    request.session.get(_KEY, {}).pop(code, None)
    request.session.modified = True


def _must_be_possible(thing: CompiledThing, fact: str, value: object) -> None:
    environment = Environment(clock.today(clock.now()), calendars.national())
    problem = checking.check_value(thing.element(fact), value, {}, environment)
    if problem is not None:
        raise ImpossibleAnswer(problem=problem, field=fact)


def _decoded(thing: CompiledThing, raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values.decode_answer(thing, name, value) for name, value in raw.items() if name in thing.questions_by_fact}

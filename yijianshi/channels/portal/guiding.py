"""The guide's answers, kept in the visitor's session until an application is started; works without an account."""

from collections.abc import Collection, Mapping
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
    way = walk(thing, answers, declined)
    return Position(
        version_id,
        thing,
        kept.get("answers", {}),
        answers,
        declined,
        way.question,
        [step.question for step in way.asked],
        planning.plan(thing, answers, declined=declined, env=_environment()),
    )


def answer(request: HttpRequest, thing: CompiledThing, fact: str, raw: str | list[str], *, unsure: bool) -> None:
    """Keep one answer, or that the visitor does not know; raises Invalid with the words to show."""
    if not unsure:
        must_be_possible(thing, fact, raw)
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


def must_be_possible(thing: CompiledThing, fact: str, raw: object, facts: Mapping[str, Any] | None = None) -> None:
    """Raise Invalid, with the words to show, for a raw answer that cannot be read or cannot be true beside the other *facts*."""
    value = values.decode_answer(thing, fact, raw)
    problem = checking.check_value(thing.element(fact), value, facts or {}, _environment())
    if problem is not None:
        raise ImpossibleAnswer(problem=problem, field=fact)


def walk(thing: CompiledThing, answers: Mapping[str, Any], declined: Collection[str]) -> guide.Walk:
    """Return the way these answers take through the guide under today's law, with the question to ask next."""
    return guide.walk(thing, answers, frozenset(declined), _environment())


def _environment() -> Environment:
    return Environment(clock.today(clock.now()), calendars.national())


def _decoded(thing: CompiledThing, raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values.decode_answer(thing, name, value) for name, value in raw.items() if name in thing.questions_by_fact}

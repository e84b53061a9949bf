"""The guide's answers, kept in the visitor's session until an application is started; works without an account."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic import checking, guide, planning, values, windows
from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX, CompiledThing, Question
from yijianshi.catalogue.logic.plan import Plan
from yijianshi.catalogue.logic.repeating import expanded
from yijianshi.catalogue.logic.windows import Intake
from yijianshi.channels.portal.presenting import places
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
    intake: Intake
    carried: list[str]  # facts answered before, in the guide of the whole or of another item of it


def position(request: HttpRequest, code: str) -> Position:
    """Return where the visitor stands; answers of an older version that no longer fit are left out."""
    version_id, thing = catalogue.get_current(code, clock.today(clock.now()))
    kept = _kept(request, thing)
    answers, declined = _decoded(thing, kept["answers"]), frozenset(kept["declined"])
    way = walk(thing, answers, declined)
    return Position(
        version_id,
        expanded(thing, answers),
        kept["answers"],
        answers,
        declined,
        way.question,
        [step.question for step in way.asked],
        planning.plan(thing, answers, declined=declined, env=_environment()),
        windows.intake(thing, answers, _environment(), clock.now()),
        [name for name in kept["carried"] if name in answers or name in declined],
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
    """Drop what this guide was answered; a single item is then asked with what is known from the others."""
    request.session.get(_KEY, {}).pop(code, None)
    request.session.modified = True


def begin_anew(request: HttpRequest, code: str) -> None:
    """Ask everything again, also what another guide of this visitor has answered."""
    request.session.setdefault(_KEY, {})[code] = {"answers": {}, "declined": [], "alone": True}
    request.session.modified = True


def carry(request: HttpRequest, thing: CompiledThing, answers: Mapping[str, Any], declined: Collection[str]) -> None:
    """Take the answers of a draft back into the session, so that its items, begun one by one, need not ask for them again."""
    request.session.setdefault(_KEY, {})[thing.code] = {"answers": dict(answers), "declined": sorted(declined)}
    for item in thing.items:
        forget(request, f"{SINGLE_PREFIX}{item.code}")
    request.session.modified = True


def must_be_possible(thing: CompiledThing, fact: str, raw: object, facts: Mapping[str, Any] | None = None) -> None:
    """Raise Invalid, with the words to show, for a raw answer that cannot be read or cannot be true beside the other *facts*."""
    value = values.decode_answer(thing, fact, raw)
    problem = checking.check_value(thing.element(fact), value, facts or {}, _environment())
    if problem is not None:
        raise ImpossibleAnswer(problem=problem, field=fact)


def compared(here: Position) -> dict[str, Any]:
    """Return how another region differs for the same answers, for the summary of its thing."""
    return places.compared(here.thing, here.plan, here.answers, here.declined, _environment())


def walk(thing: CompiledThing, answers: Mapping[str, Any], declined: Collection[str]) -> guide.Walk:
    """Return the way these answers take through the guide under today's law, with the question to ask next."""
    return guide.walk(thing, answers, frozenset(declined), _environment())


def _kept(request: HttpRequest, thing: CompiledThing) -> dict[str, Any]:
    """Return the raw answers kept for *thing*; a single item takes over what guides with the same item know of its questions.

    ``carried`` names what was taken over. An own answer comes before one taken over, a later guide's before an earlier one's.
    """
    guides: dict[str, Any] = request.session.get(_KEY, {})
    own = guides.get(thing.code, {"answers": {}, "declined": []})
    if not thing.code.startswith(SINGLE_PREFIX) or own.get("alone"):
        return {**own, "carried": []}
    answers: dict[str, Any] = {}
    declined: list[str] = []
    for other in _related(guides, thing):
        answers |= other["answers"]
        declined += other["declined"]
    asked = thing.questions_by_fact.keys() - own["answers"].keys() - set(own["declined"])
    taken = {name: raw for name, raw in answers.items() if name in asked}
    unsure = [name for name in declined if name in asked and name not in taken]
    return {
        "answers": taken | own["answers"],
        "declined": [*own["declined"], *unsure],
        "carried": [*taken, *unsure],
    }


def _related(guides: Mapping[str, Any], single: CompiledThing) -> list[Mapping[str, Any]]:
    """Return the kept guides about the same matter: of things this item is part of, and of their other items."""
    today, code = clock.today(clock.now()), single.code.removeprefix(SINGLE_PREFIX)
    parts = {
        name: {item.code for item in catalogue.get_current(name, today)[1].items}
        for name in guides
        if not name.startswith(SINGLE_PREFIX) and catalogue.find_current_id(name, today) is not None
    }
    wholes = [name for name, items in parts.items() if code in items]
    siblings = {f"{SINGLE_PREFIX}{item}" for name in wholes for item in parts[name]} - {single.code}
    return [kept for name, kept in guides.items() if name in wholes or name in siblings]


def _environment() -> Environment:
    return Environment(clock.today(clock.now()), calendars.national())


def _decoded(thing: CompiledThing, raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values.decode_answer(thing, name, value) for name, value in raw.items() if name in thing.questions_by_fact}

"""A thing walked through as a citizen would, without a session: the answers travel in the address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from yijianshi.catalogue.logic import checking, guide, planning, promise, values
from yijianshi.catalogue.logic.compiled import CompiledThing, Question
from yijianshi.catalogue.logic.plan import Plan
from yijianshi.catalogue.logic.repeating import expanded
from yijianshi.channels.shared import asking, planned
from yijianshi.foundation import calendars, clock
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.text import Text

PREFIX = "a."
UNSURE = "__unsure__"
MOST_ANSWERS = 200
Raw = dict[str, str | list[str]]


@dataclass(frozen=True)
class Preview:
    """Where the author stands in the guide, and what the answers come to so far."""

    thing: CompiledThing
    raw: Raw
    declined: frozenset[str]
    ask: asking.Ask | None
    earlier: list[asking.Answered]
    plan: Plan
    summary: planned.Summary
    problem: Text | None

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Return the answers so far as fields of the next form."""
        return pairs(self.raw, self.declined)

    @property
    def query(self) -> str:
        """Return the answers so far as an address."""
        return urlencode(self.carried)


def pairs(raw: Mapping[str, str | list[str]], declined: Iterable[str]) -> list[tuple[str, str]]:
    """Return answers as name and value, many for an answer of several."""
    found = []
    for name, value in raw.items():
        found += [(PREFIX + name, one) for one in ([value] if isinstance(value, str) else value or [""])]
    return [*found, *(("unsure", name) for name in sorted(declined))]


def look(thing: CompiledThing, sent: QueryDict, language: str, at: datetime) -> Preview:
    """Return the preview for the answers in the address; those that fit no more are left out."""
    env = Environment(clock.today(at), calendars.national())
    raw, declined = _given(thing, sent)
    problem = _answer(thing, sent, raw, declined, env)
    answers, raw = _decoded(thing, raw)
    unknown = frozenset(declined)
    way = guide.walk(thing, answers, unknown, env)
    asked = [step.question for step in way.asked]
    whole = expanded(thing, answers)
    question = _wanted(whole, sent, problem) or way.question
    plan = planning.plan(thing, answers, declined=unknown, env=env)
    dates = promise.promise_dates(plan.promise, env.today, calendars.national())
    earlier = asking.answered(asked, whole, raw, unknown)
    return Preview(
        thing=whole,
        raw=raw,
        declined=unknown,
        ask=asking.ask(whole, question, raw, len(earlier) + 1) if question else None,
        earlier=[line for line in earlier if question is None or line.fact != question.fact],
        plan=plan,
        summary=planned.summarise(whole, plan, dates, language),
        problem=problem,
    )


def _given(thing: CompiledThing, sent: QueryDict) -> tuple[Raw, set[str]]:
    known = thing.questions_by_fact
    names = [key.removeprefix(PREFIX) for key in list(sent)[:MOST_ANSWERS] if key.startswith(PREFIX)]
    raw: Raw = {}
    for name in names:
        if name in known:
            every = sent.getlist(PREFIX + name)
            raw[name] = [one for one in every if one] if thing.element(name).type == "LIST" else every[0]
    return raw, {name for name in sent.getlist("unsure") if name in known and name not in raw}


def _answer(thing: CompiledThing, sent: QueryDict, raw: Raw, declined: set[str], env: Environment) -> Text | None:
    """Take the answer that was just given over; return the words for one that cannot be."""
    fact = sent.get("fact", "")
    if fact not in thing.questions_by_fact:
        return None
    raw.pop(fact, None)
    declined.discard(fact)
    given: str | list[str] = sent.getlist("answer") if thing.element(fact).type == "LIST" else sent.get("answer", "").strip()
    if "answer_unsure" in sent or UNSURE in (given, *given):
        declined.add(fact)
        return None
    try:
        value = values.decode_answer(thing, fact, given)
        wrong = checking.check_value(thing.element(fact), value, {}, env)
    except Invalid as error:
        return error.text
    if wrong is None:
        raw[fact] = given
    return wrong


def _decoded(thing: CompiledThing, raw: Raw) -> tuple[dict[str, Any], Raw]:
    decoded, kept = {}, {}
    for name, value in raw.items():
        try:
            decoded[name] = values.decode_answer(thing, name, value)
        except Invalid:
            continue
        kept[name] = value
    return decoded, kept


def _wanted(thing: CompiledThing, sent: QueryDict, problem: Text | None) -> Question | None:
    return thing.questions_by_fact.get(sent.get("fact" if problem else "change", ""))

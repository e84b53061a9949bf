"""The catalogue's part of the public API: what there is, and a stateless guide with the plan for any answers."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, cast

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field, TypeAdapter

from yijianshi.catalogue import queries
from yijianshi.catalogue.logic import guide, planning
from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX, CompiledThing, Question
from yijianshi.catalogue.logic.plan import Plan
from yijianshi.catalogue.logic.values import decode_answer, encode
from yijianshi.foundation import calendars, clock
from yijianshi.identity.entrance import public
from yijianshi.identity.logic.actor import ANONYMOUS
from yijianshi.kernel.rules import Environment

router = Router(tags=["catalogue"])
_plan_out = TypeAdapter(Plan)


class GuideAnswers(Schema):
    """Answers by fact name, and the questions answered with "I don't know"."""

    model_config = ConfigDict(extra="forbid")

    answers: dict[str, str | int | bool | list[str]] = Field(default_factory=dict, max_length=200)
    declined: list[str] = Field(default_factory=list, max_length=200)


class AnsweredOut(Schema):
    """One question already answered, in the order it was asked."""

    fact: str
    value: str | int | bool | list[str] | None
    declined: bool


class GuideState(Schema):
    """The next question (null: nothing more can change), what was asked so far, and the plan."""

    question: Question | None
    asked: list[AnsweredOut]
    plan: dict[str, Any]


@router.get("/things", auth=public)
def list_things(request: HttpRequest) -> list[dict[str, Any]]:
    """List the one-things that can be applied for today."""
    return [_card(card) for card in queries.list_things(by=ANONYMOUS, on=clock.today(clock.now()))]


@router.get("/things/{code}", auth=public, response=CompiledThing)
def get_thing(request: HttpRequest, code: str) -> CompiledThing:
    """Return the version in force: items, elements, materials, questions and dependencies."""
    return queries.get_current(code, clock.today(clock.now()))[1]


@router.post("/things/{code}/guide", auth=public, response=GuideState)
def take_guide(request: HttpRequest, code: str, body: GuideAnswers) -> GuideState:
    """Return the next question and the plan for these answers; nothing is stored."""
    today = clock.today(clock.now())
    thing = queries.get_current(code, today)[1]
    return guide_state(thing, body, Environment(today, calendars.national()))


@router.get("/items", auth=public)
def list_items(request: HttpRequest) -> list[dict[str, Any]]:
    """List the items that can be handled on their own today."""
    return [_card(card) for card in queries.list_items(by=ANONYMOUS, on=clock.today(clock.now()))]


@router.get("/items/{code}", auth=public, response=CompiledThing)
def get_item(request: HttpRequest, code: str) -> CompiledThing:
    """Return one item as a thing of its own (apply for it with the code ``item:<code>``)."""
    return queries.get_current(SINGLE_PREFIX + code, clock.today(clock.now()))[1]


@router.get("/lists", auth=public)
def list_matter_lists(request: HttpRequest) -> list[dict[str, Any]]:
    """List the published key-matter lists with their entries and which of them run here today."""
    return [_list_out(card) for card in queries.list_matter_lists(by=ANONYMOUS, on=clock.today(clock.now()))]


@router.get("/lists/entries/{code}", auth=public)
def get_matter(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return one entry of a list: departments, status, work guide, published figures, and the one-thing for it here."""
    return _matter_out(queries.get_matter(code, by=ANONYMOUS, on=clock.today(clock.now()))[1])


def guide_state(thing: CompiledThing, body: GuideAnswers, env: Environment) -> GuideState:
    """Return the guide's answer; raises UnusableAnswer or UnknownFact for answers that cannot be read."""
    answers: Mapping[str, object] = {name: decode_answer(thing, name, raw) for name, raw in body.answers.items()}
    declined = frozenset(body.declined)
    walk = guide.walk(thing, answers, declined, env)
    dropped = {question.fact for question in thing.questions} - {step.question.fact for step in walk.asked}
    kept = {name: value for name, value in answers.items() if name not in dropped}
    plan = planning.plan(thing, kept, env=env, declined=declined)
    asked = [AnsweredOut(fact=s.question.fact, value=cast("Any", encode(s.value)), declined=s.declined) for s in walk.asked]
    return GuideState(question=walk.question, asked=asked, plan=_plan_of(plan))


def _plan_of(plan: Plan) -> dict[str, Any]:
    total = None if plan.fee_total is None else str(plan.fee_total)
    return {**_plan_out.dump_python(plan, mode="json"), "fee_total": total}


def _list_out(card: queries.ListCard) -> dict[str, Any]:
    counts = {"running_here": card.running, "to_come": card.to_come, "unnamed": card.unnamed}
    head = card.list.model_dump(mode="json", exclude={"entries", "kind"})
    return {**head, "version": card.version, "counts": counts, "entries": [_matter_out(one) for one in card.matters]}


def _matter_out(card: queries.MatterCard) -> dict[str, Any]:
    return {**card.matter.model_dump(mode="json"), "thing": card.thing.code if card.thing else None}


def _card(card: queries.ThingCard | queries.ItemCard) -> dict[str, Any]:
    return asdict(card)

"""Worked examples: each one is content and test at once; a mismatch says what was expected and what came out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yijianshi.catalogue.logic import guide, planning, promise, supplying
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.plan import FieldStatus, ItemStatus, Offer, OfferKind, Plan
from yijianshi.catalogue.logic.schema import Example
from yijianshi.catalogue.logic.values import decode_answer
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.text import Text
from yijianshi.kernel.workdays import Calendar

_DIFFERENT = Text("{what}：应为 {expected}，实际是 {actual}", "{what}: expected {expected}, got {actual}")
_EXPECTED = {
    "route": Text("怎么办（{key}）", "Route ({key})"),
    "items": Text("要办的事项（{key}）", "Items ({key})"),
    "excluded": Text("不用办的事项（{key}）", "Items left out ({key})"),
    "ask": Text("要填的内容（{key}）", "What is asked ({key})"),
    "promise_working_days": Text("承诺的工作日（{key}）", "Working days promised ({key})"),
    "fields": Text("要填的内容（{key}）", "Field ({key})"),
    "materials": Text("材料（{key}）", "Material ({key})"),
    "due": Text("最晚哪天办好（{key}）", "Due date ({key})"),
}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One expectation that does not hold; ``key`` is its place under ``expect``."""

    key: str
    text: Text


def run_example(thing: CompiledThing, example: Example, calendar: Calendar) -> list[Mismatch]:
    """Return every expectation of the example that does not hold; empty means the example is right."""
    try:
        plan = plan_example(thing, example, calendar)
    except DomainError as error:
        return [Mismatch("answers", error.text)]
    return [
        Mismatch(
            key,
            _DIFFERENT.format(what=_EXPECTED[key.partition(".")[0]].format(key=key), expected=str(expected), actual=str(actual)),
        )
        for key, expected, actual in _comparisons(plan, example, calendar)
        if expected != actual
    ]


def plan_example(thing: CompiledThing, example: Example, calendar: Calendar) -> Plan:
    """Return the plan of an example's answers and offers on its day, without open questions.

    Raises Invalid for an answer that cannot be read.
    """
    env = Environment(example.on, calendar)
    offers = example_offers(example)
    facts = {name: decode_answer(thing, name, raw) for name, raw in example.answers.items()}
    supplied = supplying.supply(thing, facts, offers, env)
    return planning.plan_without_questions(thing, facts, env=env, offers=offers, supplied=supplied, choices=example.choices)


def unasked_answers(thing: CompiledThing, example: Example, calendar: Calendar) -> list[str]:
    """Return the guide answers of the example that the guide would never ask for."""
    facts = {name: decode_answer(thing, name, raw) for name, raw in example.answers.items()}
    walked = guide.walk(thing, facts, frozenset(example.declined), Environment(example.on, calendar))
    asked = {step.question.fact for step in walked.asked}
    return [name for name in facts if name in thing.questions_by_fact and name not in asked]


def example_offers(example: Example) -> tuple[Offer, ...]:
    """Return the example's offers as the planner takes them."""
    return tuple(
        Offer(
            kind=OfferKind(offer.kind),
            holder=offer.holder,
            type=offer.type,
            fields=offer.fields,
            ref=f"example-{position}",
            label=Text(offer.type or "登录身份", offer.type or "sign-in identity"),
        )
        for position, offer in enumerate(example.offers)
    )


def _comparisons(plan: Plan, example: Example, calendar: Calendar) -> Iterator[tuple[str, object, object]]:
    expect = example.expect
    if expect.route is not None:
        yield "route", expect.route, plan.route.value
    if expect.items is not None:
        yield "items", sorted(expect.items), sorted(plan.included())
    if expect.excluded is not None:
        yield "excluded", sorted(expect.excluded), sorted(_with_status(plan, ItemStatus.EXCLUDED))
    if expect.ask is not None:
        asked = [entry.name for entry in plan.fields if entry.status is FieldStatus.ASK]
        yield "ask", sorted(expect.ask), sorted(asked)
    if expect.promise_working_days is not None:
        yield "promise_working_days", expect.promise_working_days, plan.promise.working_days
    yield from _statuses("fields", expect.fields, {entry.name: entry.status.value for entry in plan.fields})
    yield from _statuses("materials", expect.materials, {entry.code: entry.status.value for entry in plan.materials})
    if expect.due is not None:
        dates = promise.promise_dates(plan.promise, example.on, calendar)
        for code, due in expect.due.items():
            yield f"due.{code}", due, dates.get(code)


def _with_status(plan: Plan, status: ItemStatus) -> list[str]:
    return [item.code for item in plan.items if item.status is status]


def _statuses(what: str, expected: Mapping[str, str] | None, actual: Mapping[str, str]) -> Iterator[tuple[str, object, object]]:
    for name, status in (expected or {}).items():
        yield f"{what}.{name}", status, actual.get(name, "—")

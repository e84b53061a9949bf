"""A recording becomes a worked example: content and test at once, so that a later change that moves it is noticed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from yijianshi.catalogue.logic import examples, promise
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.plan import FieldStatus, ItemStatus, MaterialStatus, Plan
from yijianshi.catalogue.logic.schema import Example
from yijianshi.catalogue.logic.values import encode
from yijianshi.insight.logic.recording import Reader, Recording, offers_of
from yijianshi.kernel.rules import Environment, names, parse
from yijianshi.kernel.workdays import Calendar

_HEAD = (
    "# 由一份不含个人信息的申请记录生成；文字内容都用名称代替。Made from a recording without its person; words are stand-ins.\n"
)
_SHORT = 12


@dataclass(frozen=True, slots=True)
class ExampleFile:
    """A file for the content folder."""

    path: str
    text: str


def example_of(thing: CompiledThing, recording: Recording, calendar: Calendar) -> ExampleFile:
    """Return the worked example of a recording; it expects what *thing* makes of it today, and holds by construction."""
    written = _written(thing, recording, calendar)
    planned = examples.plan_example(thing, _example(written), calendar)
    written["expect"] = _expected(planned, recording, calendar)
    text = yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=130, default_flow_style=None)
    return ExampleFile(f"things/{thing.code}/examples/recorded-{recording.digest[:_SHORT]}.yaml", _HEAD + text)


def _written(thing: CompiledThing, recording: Recording, calendar: Calendar) -> dict[str, Any]:
    env = Environment(recording.on, calendar)
    facts = Reader(thing).facts(recording)
    offers = offers_of(thing, recording, facts, env)
    short = recording.digest[:_SHORT]
    written: dict[str, Any] = {
        "kind": "example",
        "name": {"zh": f"申请记录 {short}", "en": f"Recorded application {short}"},
        "thing": thing.code,
        "on": recording.on,
        "answers": _answers(thing, recording, facts),
    }
    if recording.declined:
        written["declined"] = [name for name in recording.declined if name in thing.questions_by_fact]
    if offers:
        written["offers"] = [
            {"kind": str(one.kind), "holder": one.holder, "type": one.type, "fields": _plain(one.fields)} for one in offers
        ]
    if recording.choices:
        written["choices"] = dict(recording.choices)
    needless = examples.unasked_answers(thing, _example(written | {"expect": {}}), calendar)
    without = {name: value for name, value in written["answers"].items() if name not in needless}
    return written | {"answers": without} if _same(thing, written, without, calendar) else written


def _same(thing: CompiledThing, written: Mapping[str, Any], answers: Mapping[str, object], calendar: Calendar) -> bool:
    plans = [
        examples.plan_example(thing, _example({**written, "answers": each}), calendar) for each in (written["answers"], answers)
    ]
    return plans[0].included() == plans[1].included() and plans[0].route == plans[1].route


def _answers(thing: CompiledThing, recording: Recording, facts: Mapping[str, object]) -> dict[str, object]:
    """Return what was kept, and stand-ins only for the words that tell one certificate from another."""
    served = {material for _, _, material in recording.held}
    matched = {
        name
        for material in thing.materials
        if material.code in served
        for satisfier in material.satisfiers
        for rule in satisfier.match.values()
        for name in names(parse(rule))
    }
    return _plain({name: value for name, value in facts.items() if name in recording.kept or name in matched})


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: encode(value) for name, value in facts.items()}


def _example(written: Mapping[str, Any]) -> Example:
    return Example.model_validate({"expect": {}, **written})


def _expected(plan: Plan, recording: Recording, calendar: Calendar) -> dict[str, Any]:
    dates = promise.promise_dates(plan.promise, recording.on, calendar)
    return {
        "route": str(plan.route),
        "items": list(plan.included()),
        "excluded": [item.code for item in plan.items if item.status is ItemStatus.EXCLUDED],
        "ask": [entry.name for entry in plan.fields if entry.status is FieldStatus.ASK],
        "materials": {entry.code: str(entry.status) for entry in plan.materials if entry.status is not MaterialStatus.NOT_NEEDED},
        "promise_working_days": plan.promise.working_days,
        "due": {code: day for code, day in dates.items() if day is not None},
    }

"""An application for another region in words: its way as steps, its corrections as fields, its receipt as lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yijianshi.applications import queries as applications
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.channels.portal.presenting import form
from yijianshi.channels.shared.fields import field_id
from yijianshi.crossregion import queries
from yijianshi.crossregion.logic.states import Stage
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.text import Text

_TONES = {
    Stage.CORRECTION: "waiting",
    Stage.RECEIVED_AT_ORIGIN: "waiting",
    Stage.HANDED_OVER: "done",
    Stage.NOT_ACCEPTED: "stopped",
    Stage.RETURNED: "stopped",
}
_WINDOW, _SENT, _ARRIVED = Text("窗口核对", "Window"), Text("送出", "Sent"), Text("办理地收到", "Received there")
_WORK, _BACK = Text("办理", "In progress"), Text("结果送回", "Results back")
_REACHED = {
    Stage.RECEIVED_AT_ORIGIN: 0,
    Stage.FORMAL_CHECKED: 1,
    Stage.SENT: 2,
    Stage.ARRIVED_AT_HOME: 3,
    Stage.ACCEPTED: 3,
    Stage.CORRECTION: 3,
    Stage.NOT_ACCEPTED: 4,
    Stage.DECIDED: 4,
    Stage.RESULT_SENT: 4,
    Stage.HANDED_OVER: 5,
    Stage.RETURNED: 2,
}
_HERE = Text("本地", "here")
_PARTS = {"origin": Text("送出", "Given"), "home": Text("收到", "Taken"), "results": Text("收到结果", "Results taken")}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way, and whether it is done or now."""

    name: Text
    state: str  # done, now, later


@dataclass(frozen=True, slots=True)
class Line:
    """One point to correct: a field's control, or an upload."""

    asked: queries.Asked
    id: str
    field: form.Field | None
    problem: Text | None


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature under the receipt."""

    part: Text
    who: Text
    by: str
    key: str
    at: str
    signature: str


def tone_of(stage: Stage) -> str:
    """Return the tone of a stage in lists and beside its sentence."""
    return _TONES.get(stage, "running")


def steps(journey: queries.Journey) -> list[Step]:
    """Return the way from the window (where one is needed) to the results."""
    names = [_WINDOW, _SENT, _ARRIVED, _WORK, _BACK]
    reached = _REACHED[journey.stage]
    states = ["done" if place < reached else "now" if place == reached else "later" for place in range(len(names))]
    found = [Step(name, state) for name, state in zip(names, states, strict=True)]
    return found if journey.mode != "ONLINE" else found[1:]


def lines(journey: queries.Journey, by: Actor, typed: Mapping[str, Any], problem: DomainError | None) -> list[Line]:
    """Return one line for each point, with what was typed and what was wrong with it."""
    thing = catalogue.get_version(applications.get_application(journey.application_id, by=by).version_id)
    return [_line(one, thing, typed, problem) for one in journey.asked]


def problem_of(problem: DomainError) -> form.Problem:
    """Return the refusal with a link to its place."""
    return form.Problem(problem.text, f"#{field_id(problem.field)}" if problem.field else "#corrections")


def receipt(journey: queries.Journey) -> list[Signed]:
    """Return the signatures under the custody text, in the order they were given."""
    found = [(name, part, journey.custody.get(name)) for name, part in _PARTS.items()]
    side = {True: journey.place, False: _HERE}
    return [
        Signed(part, side[name == "home"], one["by"], one["key"], one["at"], one["signature"])
        for name, part, one in found
        if isinstance(one, dict)
    ]


def _line(one: queries.Asked, thing: CompiledThing, typed: Mapping[str, Any], problem: DomainError | None) -> Line:
    wrong = problem.text if problem and problem.field == one.name else None
    element = thing.elements_by_name.get(one.name) if one.kind == "field" else None
    field = form.control(element, str(typed.get(one.name, "")), required=True, problem=wrong) if element else None
    return Line(one, field_id(one.name), field, wrong)

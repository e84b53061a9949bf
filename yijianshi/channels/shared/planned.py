"""The summary of the one-thing: items, fields, materials, promised date, reductions, each with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.plan import Plan, PlannedField, PlannedItem, PlannedMaterial, Reduction
from yijianshi.catalogue.logic.promise import last_of
from yijianshi.catalogue.logic.schema.item import HOLDING
from yijianshi.channels.shared.picture import Stop
from yijianshi.kernel.text import Text

TO_FILL = ("ASK",)
MATERIAL_STATUS: dict[str, tuple[str, Text]] = {
    "SATISFIED": ("done", Text("不用交", "Nothing to hand in")),
    "FROM_RESULT": ("done", Text("办理中自动产生", "Comes by itself")),
    "TO_UPLOAD": ("waiting", Text("请上传", "Please upload")),
    "TO_COMMIT": ("waiting", Text("签承诺书即可", "A commitment is enough")),
    "DEFERRED": ("running", Text("可以后补", "May follow later")),
    "NOT_NEEDED": ("idle", Text("不需要", "Not needed")),
}
REDUCTIONS: dict[str, Text] = {
    "STEPS": Text("环节", "Steps"),
    "MATERIALS": Text("材料（份）", "Materials"),
    "DAYS": Text("时间（工作日）", "Working days"),
    "VISITS": Text("跑动（次）", "Trips to a counter"),
}
FILLED = ("ANSWERED", "PREFILLED", "FROM_RESULT", "NOT_NEEDED")


@dataclass(frozen=True, slots=True)
class Item:
    """One item with its department."""

    planned: PlannedItem
    department: Text
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Material:
    """One material with its state in words."""

    planned: PlannedMaterial
    tone: str
    state: Text


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One form field with the reason why it is asked or not."""

    label: Text
    planned: PlannedField


@dataclass(frozen=True, slots=True)
class Figure:
    """One reduction, before and after."""

    label: Text
    reduction: Reduction


@dataclass(frozen=True)
class Summary:
    """All of the summary page."""

    items: list[Item]
    excluded: list[Item]
    later: list[Item]
    to_fill: list[FieldLine]
    done_for_you: list[FieldLine]
    to_hand_in: list[Material]
    not_to_hand_in: list[Material]
    figures: list[Figure]
    fields_figure: Reduction | None
    stops: list[Stop]
    lines: list[tuple[str, str]]
    path: tuple[str, ...]
    promised_on: date | None


def summarise(thing: CompiledThing, plan: Plan, dates: Mapping[str, date | None], language: str) -> Summary:
    """Return the page's content; *dates* are the due dates if the application were submitted today."""
    materials = [_material(material) for material in plan.materials]
    lines = [FieldLine(thing.label(field.name), field) for field in plan.fields]
    return Summary(
        items=[_item(item, dates) for item in plan.items if item.status == "INCLUDED"],
        excluded=[_item(item, dates) for item in plan.items if item.status not in ("INCLUDED", "LATER")],
        later=[_item(item, dates) for item in plan.items if item.status == "LATER"],
        to_fill=[line for line in lines if line.planned.status in TO_FILL],
        done_for_you=[line for line in lines if line.planned.status in FILLED],
        to_hand_in=[material for material in materials if material.tone == "waiting"],
        not_to_hand_in=[material for material in materials if material.tone != "waiting"],
        figures=[Figure(REDUCTIONS[reduction.kind], reduction) for reduction in plan.reductions if reduction.kind != "FIELDS"],
        fields_figure=next((reduction for reduction in plan.reductions if reduction.kind == "FIELDS"), None),
        stops=_stops(plan, language),
        lines=[(edge.upstream, edge.downstream) for edge in plan.edges if edge.kind in HOLDING],
        path=tuple(plan.promise.path),
        promised_on=last_of(dates),
    )


def _item(item: PlannedItem, dates: Mapping[str, date | None]) -> Item:
    return Item(item, item.department, dates.get(item.code))


def _material(material: PlannedMaterial) -> Material:
    tone, state = MATERIAL_STATUS[material.status]
    return Material(material, tone, state)


def _stops(plan: Plan, language: str) -> list[Stop]:
    included = [item for item in plan.items if item.status == "INCLUDED"]
    days = Text("{n} 个工作日", "{n:working day|working days}")
    same_day = Text("当天", "Same day")
    return [
        Stop(
            code=item.code,
            name=item.name.get(language),
            department=item.department.get(language),
            tone="idle",
            state=(days.format(n=item.promised_working_days) if item.promised_working_days else same_day).get(language),
        )
        for item in included
    ]

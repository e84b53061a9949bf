"""Changes of a replay in words, with the reason each version gives for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.plan import Plan, Route
from yijianshi.catalogue.logic.planning import plan
from yijianshi.catalogue.logic.schema import SatisfierKind
from yijianshi.catalogue.logic.values import display
from yijianshi.insight.logic.recording import Reader, Recording, offers_of
from yijianshi.insight.logic.replay import Change, ChangeKind, Group
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.text import Text
from yijianshi.kernel.workdays import Calendar

_ROUTES = {
    Route.BUNDLE: Text("一起办", "together"),
    Route.SINGLE: Text("逐项办", "one by one"),
    Route.OPEN: Text("还不确定", "not settled"),
}
_WAYS: Mapping[str, Text] = {
    SatisfierKind.E_CERTIFICATE: Text("用电子证照", "by e-certificate"),
    SatisfierKind.DATA_SHARE: Text("数据共享", "by shared data"),
    SatisfierKind.PRIOR_SUBMISSION: Text("用以前交过的", "handed in before"),
    SatisfierKind.INTERNAL_PRODUCT: Text("部门之间传递", "passed between departments"),
    SatisfierKind.COMMITMENT: Text("签承诺书", "by commitment"),
    SatisfierKind.DEPARTMENT_INQUIRY: Text("部门核实", "asked by the department"),
    SatisfierKind.DEFERRED: Text("以后补交", "may follow later"),
    SatisfierKind.UPLOAD: Text("上传", "uploaded"),
}
_SAID: Mapping[ChangeKind, Text] = {
    ChangeKind.ROUTE: Text("办法：{before} → {after}", "Route: {before} → {after}"),
    ChangeKind.ITEM_ADDED: Text("多办“{name}”", "'{name}' is added"),
    ChangeKind.ITEM_GONE: Text("不再办“{name}”", "'{name}' drops out"),
    ChangeKind.ITEM_LATER: Text("“{name}”要以后才能申请", "'{name}' can only be applied for later"),
    ChangeKind.ITEM_UNDECIDED: Text("“{name}”办不办，记录里看不出来", "The recording cannot tell whether '{name}' applies"),
    ChangeKind.PROMISE: Text("承诺 {before} → {after} 个工作日", "Promise {before} → {after} working days"),
    ChangeKind.MATERIAL_ADDED: Text("多一份材料“{name}”（{after}）", "One more material, '{name}' ({after})"),
    ChangeKind.MATERIAL_GONE: Text("少一份材料“{name}”", "One material fewer, '{name}'"),
    ChangeKind.MATERIAL_WAY: Text("“{name}”：{before} → {after}", "'{name}': {before} → {after}"),
    ChangeKind.FIELD_ADDED: Text("多填“{name}”", "'{name}' is asked in addition"),
    ChangeKind.FIELD_GONE: Text("少填“{name}”", "'{name}' is no longer asked"),
    ChangeKind.ORDER: Text("“{name}”和“{before}”的先后改了", "The order of '{name}' and '{before}' changes"),
}
_NOT_THERE = Text("这个版本里没有它。", "This version does not have it.")
_BY_PATH = Text("最长的一段是：{path}。", "The longest stretch: {path}.")
_NO_REASON = Text("—", "—")


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One change, and what the older and the newer version say about it."""

    text: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class ToldExample:
    """One recording as a page shows it: its place to make an example of, how many are like it, and what it keeps in words."""

    digest: str
    count: int
    answers: tuple[tuple[Text, Text], ...]

    @property
    def short(self) -> str:
        """Return the beginning of its name, enough for people."""
        return self.digest[:8]


@dataclass(frozen=True, slots=True)
class ToldGroup:
    """Applications whose paths differ in the same way."""

    count: int
    changes: tuple[ToldChange, ...]
    examples: tuple[ToldExample, ...]


Versions = tuple[CompiledThing, CompiledThing]


def tell_change(change: Change, versions: Versions) -> Text:
    """Return one change in words."""
    values = {side: _value(change.kind, getattr(change, side), versions) for side in ("before", "after")}
    return _SAID[change.kind].format(name=_name(change.kind, change.subject, versions), **values)


def tell_group(group: Group, versions: Versions, calendar: Calendar | None) -> ToldGroup:
    """Return a group in words; the reasons are those of its first example."""
    plans = [plan_recording(thing, group.examples[0], calendar) for thing in versions]
    told = [ToldChange(tell_change(one, versions), *(_reason(one, planned) for planned in plans)) for one in group.changes]
    return ToldGroup(group.count, tuple(told), tuple(tell_recording(one, versions[0]) for one in group.examples))


def tell_recording(recording: Recording, thing: CompiledThing) -> ToldExample:
    """Return what a recording keeps, labels and values in words."""
    whole, facts = thing, Reader(thing).facts(recording)
    told = [(whole.label(name), _shown(whole, name, facts[name])) for name in recording.kept if name in facts]
    return ToldExample(recording.digest, recording.count, tuple(told))


def plan_recording(thing: CompiledThing, recording: Recording, calendar: Calendar | None) -> Plan:
    """Return the whole plan of a recording, the plain way."""
    env = Environment(recording.on, calendar)
    facts = Reader(thing).facts(recording)
    offers = offers_of(thing, recording, facts, env)
    return plan(thing, facts, env=env, offers=offers, choices=recording.choices or {}, declined=frozenset(recording.declined))


def _shown(thing: CompiledThing, name: str, value: object) -> Text:
    element = thing.element(name)
    return Text(display(element, value, "zh"), display(element, value, "en"))


def _name(kind: ChangeKind, subject: str, versions: Versions) -> Text:
    for thing in reversed(versions):
        if kind in (ChangeKind.FIELD_ADDED, ChangeKind.FIELD_GONE):
            if subject in thing.elements_by_name:
                return thing.label(subject)
        elif kind.name.startswith("MATERIAL"):
            if subject in thing.materials_by_code:
                return thing.materials_by_code[subject].name
        elif subject in thing.items_by_code:
            return thing.item(subject).name
    return Text(subject, subject) if subject else _NO_REASON


def _value(kind: ChangeKind, value: str, versions: Versions) -> Text:
    if kind is ChangeKind.ROUTE:
        return _ROUTES[Route(value)]
    if kind is ChangeKind.ORDER:
        return _name(kind, value, versions)
    return _WAYS.get(value, Text(value, value) if value else _NO_REASON)


def _reason(change: Change, planned: Plan) -> Text:
    find = _REASONS.get(change.kind, _item_reason)
    return find(change, planned)


def _item_reason(change: Change, planned: Plan) -> Text:
    return next((item.reason for item in planned.items if item.code == change.subject), _NOT_THERE)


def _material_reason(change: Change, planned: Plan) -> Text:
    return next((entry.reason for entry in planned.materials if entry.code == change.subject), _NOT_THERE)


def _field_reason(change: Change, planned: Plan) -> Text:
    return next((entry.reason for entry in planned.fields if entry.name == change.subject), _NOT_THERE)


def _route_reason(_change: Change, planned: Plan) -> Text:
    told = planned.route_reasons
    return Text("".join(one.zh for one in told), " ".join(one.en for one in told)) if told else _NO_REASON


def _promise_reason(_change: Change, planned: Plan) -> Text:
    steps = [(planned.item(code).name, planned.item(code).promised_working_days) for code in planned.promise.path]
    path = Text(" → ".join(f"{name.zh} {days}" for name, days in steps), " → ".join(f"{name.en} {days}" for name, days in steps))
    return _BY_PATH.format(path=path) if steps else _NO_REASON


def _order_reason(change: Change, planned: Plan) -> Text:
    ends = (change.before, change.subject)
    return next((edge.reason for edge in planned.edges if (edge.upstream, edge.downstream) == ends), _NO_REASON)


_REASONS: Mapping[ChangeKind, Callable[[Change, Plan], Text]] = {
    ChangeKind.ROUTE: _route_reason,
    ChangeKind.PROMISE: _promise_reason,
    ChangeKind.ORDER: _order_reason,
    ChangeKind.MATERIAL_ADDED: _material_reason,
    ChangeKind.MATERIAL_GONE: _material_reason,
    ChangeKind.MATERIAL_WAY: _material_reason,
    ChangeKind.FIELD_ADDED: _field_reason,
    ChangeKind.FIELD_GONE: _field_reason,
}


__all__ = ["ToldChange", "ToldExample", "ToldGroup", "plan_recording", "tell_change", "tell_group", "tell_recording"]

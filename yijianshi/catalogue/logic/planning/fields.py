"""The merged form: each fact once, with its status, its reason and whose need it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yijianshi.catalogue.logic.plan import FieldStatus, PlannedField, Supplied
from yijianshi.catalogue.logic.planning.items import Standing
from yijianshi.catalogue.logic.planning.reasons import because
from yijianshi.catalogue.logic.planning.wanted import Part, Wanted, collect
from yijianshi.catalogue.logic.prepared import need_key
from yijianshi.catalogue.logic.schema import Item
from yijianshi.kernel.text import Text

_FROM_RESULT = Text("办好“{item}”后会自动填上，不用您填。", "Filled in by itself once '{item}' is done.")
_PREFILLED = Text("已经从“{source}”取来，请核对。", "Taken from '{source}'; please check it.")
_ANSWERED = Text("您已经填好了。", "You have filled this in.")
_ASK = Text("办理{items}要用。", "Needed for {items}.")
_ASK_MAYBE = Text("可能要用，取决于还没有确定的情况。{why}", "May be needed; that is not settled yet. {why}")
_BEING_READ = Text(
    "正在从“{source}”取，可以先不填。一时取不到也可以提交，由我们接着取。",
    "Being fetched from '{source}'; it may stay empty. You can submit without it: we keep trying.",
)
_NOT_NEEDED = Text("您的情况不用填。{why}", "Not needed in your case. {why}")


def plan_fields(
    standing: Standing, facts: Mapping[str, object], supplied: Mapping[str, Supplied], awaited: Mapping[str, Text]
) -> tuple[PlannedField, ...]:
    """Return every fact that any item of this thing may need, in form order."""
    wanted = collect(standing, _parts(standing))
    producers = {fact: item for item in standing.included() for fact in item.produces.facts}
    form = [element.name for element in standing.thing.elements if element.name in wanted]
    return tuple(_planned(name, wanted[name], producers.get(name), standing, Known(facts, supplied, awaited)) for name in form)


def _parts(standing: Standing) -> Iterator[tuple[Item, Iterator[Part]]]:
    for use in standing.thing.items:
        item = use.definition
        yield item, ((need.fact, need_key(item.code, at), need.required) for at, need in enumerate(item.needs))


@dataclass(frozen=True, slots=True)
class Known:
    """What was typed, what was supplied, and fact → the register that is still being asked for it."""

    facts: Mapping[str, object]
    supplied: Mapping[str, Supplied]
    awaited: Mapping[str, Text]


def _planned(name: str, entry: Wanted, producer: Item | None, standing: Standing, known: Known) -> PlannedField:
    status, reason, source = _status(name, entry, producer, standing, known)
    needed = status is not FieldStatus.NOT_NEEDED
    awaited = known.awaited.get(name) if status is FieldStatus.ASK else None
    return PlannedField(
        name=name,
        entity=name.partition(".")[0],
        status=status,
        required=entry.required and needed and awaited is None,
        needed_by=tuple(entry.needed_by),
        reason=_BEING_READ.format(source=awaited) if awaited else reason,
        source=source,
        from_item=producer.code if producer and status is FieldStatus.FROM_RESULT else None,
        certain=entry.certain or not needed,
        awaited=awaited,
    )


def _status(
    name: str, entry: Wanted, producer: Item | None, standing: Standing, known: Known
) -> tuple[FieldStatus, Text, Text | None]:
    facts, supplied = known.facts, known.supplied
    offered = supplied.get(name)
    if not entry.needed_by:
        return FieldStatus.NOT_NEEDED, because(_NOT_NEEDED, entry.why_not(standing)), None
    if producer is not None:
        return FieldStatus.FROM_RESULT, _FROM_RESULT.format(item=producer.name), producer.name
    if offered is not None and (offered.locked or name not in facts or facts[name] == offered.value):
        return FieldStatus.PREFILLED, _PREFILLED.format(source=offered.label), offered.label
    if name in facts:
        return FieldStatus.ANSWERED, _ANSWERED, None
    if entry.certain or entry.open_key is None:
        return FieldStatus.ASK, standing.reasons.naming(_ASK, entry.items), None
    return FieldStatus.ASK, because(_ASK_MAYBE, standing.reasons.of(entry.open_key)), None

"""The merged form: each fact once, with its status, its reason and whose need it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from yijianshi.catalogue.logic.plan import FieldStatus, ItemStatus, PlannedField, Supplied
from yijianshi.catalogue.logic.planning.items import Standing, quoted
from yijianshi.catalogue.logic.prepared import item_key, need_key
from yijianshi.catalogue.logic.schema import Item
from yijianshi.kernel.text import Text

_FROM_RESULT = Text("办好“{item}”后会自动填上,不用您填。", "Filled in by itself once '{item}' is done.")
_PREFILLED = Text("已经从“{source}”取来,请核对。", "Taken from '{source}'; please check it.")
_ANSWERED = Text("您已经填好了。", "You have filled this in.")
_ASK = Text("办理{items}要用。", "Needed for {items}.")
_ASK_MAYBE = Text("可能要用,取决于还没有确定的情况。{why}", "May be needed; that is not settled yet. {why}")
_NOT_NEEDED = Text("您的情况不用填。{why}", "Not needed in your case. {why}")


@dataclass(slots=True)
class _Wanted:
    """All needs for one fact, collected over the items."""

    needed_by: list[Item] = field(default_factory=list)
    required: bool = False
    certain: bool = False
    open_key: str | None = None
    closed_key: str | None = None


def plan_fields(standing: Standing, facts: Mapping[str, object], supplied: Mapping[str, Supplied]) -> tuple[PlannedField, ...]:
    """Return every fact that any item of this thing may need, in form order."""
    wanted = _collect(standing)
    producers = {fact: item for item in standing.included() for fact in item.produces.facts}
    form = [element.name for element in standing.thing.elements if element.name in wanted]
    return tuple(_planned(name, wanted[name], producers.get(name), standing, (facts, supplied)) for name in form)


def _collect(standing: Standing) -> dict[str, _Wanted]:
    wanted: dict[str, _Wanted] = {}
    for use in standing.thing.items:
        item = use.definition
        for position, need in enumerate(item.needs):
            entry = wanted.setdefault(need.fact, _Wanted())
            outcome = standing.need(item, position)
            deciding = _deciding_key(standing, item, position)
            if outcome is False:
                entry.closed_key = entry.closed_key or deciding
                continue
            if item not in entry.needed_by:
                entry.needed_by.append(item)
            if outcome is True:
                entry.certain = True
                entry.required = entry.required or need.required
            else:
                entry.open_key = entry.open_key or deciding
    return wanted


def _deciding_key(standing: Standing, item: Item, position: int) -> str | None:
    """Return the rule that explains the need's outcome: the item's own where that already decides, else the need's."""
    whole, part = item_key(item.code), need_key(item.code, position)
    if standing.item(item.code) is not ItemStatus.INCLUDED and whole in standing.outcomes:
        return whole
    return part if part in standing.outcomes else None


Known = tuple[Mapping[str, object], Mapping[str, Supplied]]


def _planned(name: str, entry: _Wanted, producer: Item | None, standing: Standing, known: Known) -> PlannedField:
    status, reason, source = _status(name, entry, producer, standing, known)
    needed = status is not FieldStatus.NOT_NEEDED
    return PlannedField(
        name=name,
        entity=name.partition(".")[0],
        status=status,
        required=entry.required and needed,
        needed_by=tuple(item.code for item in entry.needed_by),
        reason=reason,
        source=source,
        from_item=producer.code if producer and status is FieldStatus.FROM_RESULT else None,
        certain=entry.certain or not needed,
    )


def _status(
    name: str, entry: _Wanted, producer: Item | None, standing: Standing, known: Known
) -> tuple[FieldStatus, Text, Text | None]:
    facts, supplied = known
    offered = supplied.get(name)
    if not entry.needed_by:
        why = standing.reasons.of(entry.closed_key) if entry.closed_key else Text("没有事项用到它。", "No item uses it.")
        return FieldStatus.NOT_NEEDED, _NOT_NEEDED.format(why=why), None
    if producer is not None:
        return FieldStatus.FROM_RESULT, _FROM_RESULT.format(item=producer.name), producer.name
    if offered is not None and (offered.locked or name not in facts or facts[name] == offered.value):
        return FieldStatus.PREFILLED, _PREFILLED.format(source=offered.label), offered.label
    if name in facts:
        return FieldStatus.ANSWERED, _ANSWERED, None
    if entry.certain or entry.open_key is None:
        return FieldStatus.ASK, _ASK.format(items=quoted(entry.needed_by)), None
    return FieldStatus.ASK, _ASK_MAYBE.format(why=standing.reasons.of(entry.open_key)), None

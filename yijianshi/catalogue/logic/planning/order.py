"""Which included items wait for which, and why."""

from collections.abc import Sequence

from yijianshi.catalogue.logic.compiled import CompiledEdge
from yijianshi.catalogue.logic.plan import Edge, FieldStatus, ItemStatus, MaterialStatus, PlannedField, PlannedMaterial, Waits
from yijianshi.catalogue.logic.planning.items import Standing
from yijianshi.catalogue.logic.planning.reasons import joined
from yijianshi.catalogue.logic.schema.item import HOLDING, ORDER_ONLY
from yijianshi.kernel.text import Text

_USES = Text("“{downstream}”要用“{upstream}”办出来的{via}。", "'{downstream}' uses {via} from '{upstream}'.")


def plan_edges(standing: Standing, fields: Sequence[PlannedField], materials: Sequence[PlannedMaterial]) -> tuple[Edge, ...]:
    """Return the dependencies that really hold for these facts; one that held only through a left-out need is gone."""
    by_result = {entry.name: entry for entry in fields if entry.status is FieldStatus.FROM_RESULT}
    by_item = [entry for entry in materials if entry.status is MaterialStatus.FROM_RESULT]
    edges = (_edge(possible, standing, by_result, by_item) for possible in standing.thing.edges)
    return tuple(edge for edge in edges if edge is not None)


def waits(edges: Sequence[Edge]) -> dict[str, Waits]:
    """Return for each item what must be there before it can begin; who needs a result needs more than the end."""
    held: dict[str, dict[str, bool]] = {}
    for edge in edges:
        if edge.kind in HOLDING:
            upstreams = held.setdefault(edge.downstream, {})
            upstreams[edge.upstream] = upstreams.get(edge.upstream, True) and edge.kind == ORDER_ONLY
    return {code: Waits(tuple(seen), tuple(one for one in seen if seen[one])) for code, seen in held.items()}


def _edge(
    possible: CompiledEdge, standing: Standing, by_result: dict[str, PlannedField], by_item: list[PlannedMaterial]
) -> Edge | None:
    ends = (possible.upstream, possible.downstream)
    if any(standing.item(code) is not ItemStatus.INCLUDED for code in ends):
        return None
    facts = [fact for fact in possible.facts if fact in by_result and possible.downstream in by_result[fact].needed_by]
    passed = [entry for entry in by_item if entry.from_item == possible.upstream and possible.downstream in entry.needed_by]
    via = (*facts, *(entry.code for entry in passed))
    if not via and possible.explicit is None:
        return None
    return Edge(*ends, possible.kind, via, possible.explicit or _reason(possible, standing, facts, passed))


def _reason(possible: CompiledEdge, standing: Standing, facts: list[str], passed: list[PlannedMaterial]) -> Text:
    thing = standing.thing
    names = [*(thing.label(fact) for fact in facts), *(entry.name for entry in passed)]
    upstream, downstream = thing.item(possible.upstream).name, thing.item(possible.downstream).name
    return _USES.format(upstream=upstream, downstream=downstream, via=joined(names))

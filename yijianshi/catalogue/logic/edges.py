"""The dependency graph: B waits for A when B needs a fact or certificate that A produces, or when an authored order says so."""

from collections.abc import Mapping, Sequence

from yijianshi.catalogue.logic.compiled import CompiledEdge
from yijianshi.catalogue.logic.library import Document
from yijianshi.catalogue.logic.schema import Item, Material, SatisfierKind
from yijianshi.catalogue.logic.schema.item import EdgeKind
from yijianshi.catalogue.logic.schema.thing import LocalOrder
from yijianshi.kernel import graph
from yijianshi.kernel.text import Text

Materials = Mapping[str, Document[Material]]
Pair = tuple[str, str, EdgeKind]


def derive_edges(items: Sequence[Item], order: Sequence[LocalOrder], materials: Materials) -> tuple[CompiledEdge, ...]:
    """Return every possible edge among the items, upstream before downstream in the items' authored order."""
    explicit = _explicit(items, order)
    edges: list[CompiledEdge] = []
    stated = {(upstream, downstream) for upstream, downstream, _ in explicit}
    for downstream in items:
        accepted = [code for use in downstream.materials for code in internal_products(materials, use.material)]
        wanted = {*accepted, *(need.fact for need in downstream.needs)}
        for upstream in items:
            offered = (*upstream.produces.facts, *upstream.produces.certificates)
            if upstream.code != downstream.code and (
                not wanted.isdisjoint(offered) or (upstream.code, downstream.code) in stated
            ):
                edges += _between(upstream, downstream, explicit, accepted)
    return tuple(edges)


def find_item_cycle(items: Sequence[Item], order: Sequence[LocalOrder], materials: Materials) -> list[str] | None:
    """Return the codes along one circle in which each item waits for the next, or None."""
    waits: dict[str, set[str]] = {item.code: set() for item in items}
    for edge in derive_edges(items, order, materials):
        waits[edge.downstream].add(edge.upstream)
    return graph.find_cycle([item.code for item in items], waits)


def _between(upstream: Item, downstream: Item, explicit: Mapping[Pair, Text], accepted: Sequence[str]) -> list[CompiledEdge]:
    facts = [need.fact for need in downstream.needs if need.fact in upstream.produces.facts]
    certificates = [code for code in accepted if code in upstream.produces.certificates]
    edges: list[CompiledEdge] = []
    kinds: tuple[EdgeKind, ...] = ("FINISH_TO_START", "AFTER_END", "DATA", "START_TO_START")
    for kind in kinds:
        reason = explicit.get((upstream.code, downstream.code, kind))
        derived = kind == "FINISH_TO_START" and bool(facts or certificates)
        if reason is None and not derived:
            continue
        edges.append(
            CompiledEdge(
                upstream=upstream.code,
                downstream=downstream.code,
                kind=kind,
                facts=tuple(dict.fromkeys(facts)) if derived else (),
                certificates=tuple(dict.fromkeys(certificates)) if derived else (),
                explicit=reason,
            )
        )
    return edges


def internal_products(materials: Materials, material: str) -> list[str]:
    """Return the certificates which, issued within the same thing, satisfy the material."""
    document = materials.get(material)
    satisfiers = document.model.satisfiers if document else ()
    return [s.certificate for s in satisfiers if s.kind is SatisfierKind.INTERNAL_PRODUCT and s.certificate]


def _explicit(items: Sequence[Item], order: Sequence[LocalOrder]) -> dict[Pair, Text]:
    stated: dict[Pair, Text] = {}
    for item in items:
        for after in item.after:
            stated.setdefault((after.item, item.code, after.kind), after.reason)
    for rule in order:
        stated.setdefault((rule.before, rule.after, rule.kind), rule.reason)
    return stated

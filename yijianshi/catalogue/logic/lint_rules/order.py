"""C4xx: the items of a thing can be put in an order, and each result has one maker."""

from collections import Counter
from collections.abc import Iterator, Sequence

from yijianshi.catalogue.logic.compiled import CompiledEdge
from yijianshi.catalogue.logic.edges import derive_edges, find_item_cycle
from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.library import Document, Library
from yijianshi.catalogue.logic.schema import Item, Thing
from yijianshi.catalogue.logic.schema.item import ORDER_ONLY
from yijianshi.kernel.text import Text

_CYCLE = Text(
    "事项互相等待，绕成了一个圈：{path}。请去掉其中一个先后关系，或让其中一项不再需要另一项的结果。",
    "The items wait for each other in a circle: {path}. Remove one dependency, or let one of them do without the other's result.",
)
_TWICE = Text(
    "“{fact}”由两个事项产生：{first} 和 {second}。下游不知道该用哪一个，请只留一个。",
    "'{fact}' is produced by two items, {first} and {second}. Downstream cannot know which to use; keep one.",
)
_REPEATED = Text("事项“{item}”在这件事里写了两次，请只留一个。", "The item '{item}' is listed twice in this thing; keep one.")
_OWN = Text(
    "这个事项既需要又产生“{fact}”，等于自己等自己。请去掉其中一个。",
    "This item both needs and produces '{fact}', so it would wait for itself. Remove one of the two.",
)
_STRONGER = Text(
    "“{after}”本来就要用“{before}”的结果，只写“办完之后”（AFTER_END）没有作用。请删掉这条先后关系。",
    "'{after}' needs the result of '{before}' anyway, so AFTER_END adds nothing. Remove this order.",
)
_OUTSIDE = Text("先后关系里的“{item}”不在这件事里。", "The order names '{item}', which is not part of this thing.")


def check(library: Library) -> Iterator[Finding]:
    """Yield findings about circles, doubled results and orders that lead nowhere."""
    for item in library.items.values():
        yield from _own_results(item)
    for document in library.things.values():
        yield from _repeated(document)
        yield from _outside(document)
        items = [library.items[use.item].model for use in document.model.items if use.item in library.items]
        yield from _doubled(document, items)
        yield from _pointless(document, derive_edges(items, document.model.order, library.materials), library)
        cycle = find_item_cycle(items, document.model.order, library.materials)
        if cycle:
            path = " → ".join(f"{library.items[code].model.name.zh}({code})" for code in cycle)
            yield Finding("C401", document.where("items"), _CYCLE.format(path=path))


def _own_results(document: Document[Item]) -> Iterator[Finding]:
    item = document.model
    for position, need in enumerate(item.needs):
        if need.fact in item.produces.facts:
            yield Finding("C404", document.where("needs", position), _OWN.format(fact=need.fact))


def _repeated(document: Document[Thing]) -> Iterator[Finding]:
    counts = Counter(use.item for use in document.model.items)
    for position, use in enumerate(document.model.items):
        if counts[use.item] > 1:
            yield Finding("C403", document.where("items", position), _REPEATED.format(item=use.item))


def _outside(document: Document[Thing]) -> Iterator[Finding]:
    inside = {use.item for use in document.model.items}
    for position, rule in enumerate(document.model.order):
        for key, code in (("before", rule.before), ("after", rule.after)):
            if code not in inside:
                yield Finding("C405", document.where("order", position, key), _OUTSIDE.format(item=code))


def _pointless(document: Document[Thing], edges: Sequence[CompiledEdge], library: Library) -> Iterator[Finding]:
    needing = {(edge.upstream, edge.downstream) for edge in edges if edge.kind == "FINISH_TO_START"}
    for edge in edges:
        if edge.kind == ORDER_ONLY and (edge.upstream, edge.downstream) in needing:
            before, after = (library.items[code].model.name for code in (edge.upstream, edge.downstream))
            yield Finding("C406", document.where("items"), _STRONGER.format(before=before, after=after), "warning")


def _doubled(document: Document[Thing], items: list[Item]) -> Iterator[Finding]:
    maker: dict[str, str] = {}
    for item in items:
        for result in (*item.produces.facts, *item.produces.certificates):
            first = maker.setdefault(result, item.code)
            if first != item.code:
                yield Finding("C402", document.where("items"), _TWICE.format(fact=result, first=first, second=item.code))

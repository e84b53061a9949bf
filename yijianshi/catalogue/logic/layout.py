"""The included items as columns for drawing left to right: an item stands right of everything it waits for."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from yijianshi.catalogue.logic.plan import Plan
from yijianshi.kernel import graph
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One station of the picture."""

    code: str
    name: Text
    state: str
    critical: bool


@dataclass(frozen=True, slots=True)
class GraphLayout:
    """Columns of stations, and the lines with whether they lie on the critical path."""

    columns: tuple[tuple[GraphNode, ...], ...]
    lines: tuple[tuple[str, str, bool], ...]


def graph_layout(plan: Plan, states: Mapping[str, str]) -> GraphLayout:
    """Return the layout of the included items; *states* holds each item's case state ("" where there is none yet)."""
    included = plan.included()
    waiting: dict[str, list[str]] = {code: [] for code in included}
    for edge in plan.edges:
        if edge.kind == "FINISH_TO_START":
            waiting[edge.downstream].append(edge.upstream)
    path = plan.promise.path
    critical = set(pairwise(path))
    columns = tuple(
        tuple(GraphNode(code, plan.item(code).name, states.get(code, ""), code in path) for code in column)
        for column in graph.layers(included, waiting)
    )
    lines = tuple((edge.upstream, edge.downstream, (edge.upstream, edge.downstream) in critical) for edge in plan.edges)
    return GraphLayout(columns, lines)

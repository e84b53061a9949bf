"""Small dependency graphs: order, cycles, critical path, layers.

One convention throughout: ``edges[node]`` are the nodes that *node* waits for (its predecessors, "needs"), as in the standard
library's graphlib. A node without an entry waits for nothing. Edges to nodes that are not in play are ignored, so the graph of a
whole one-thing can be asked about the few items that apply to one family; an order that held only through a left-out node
is then gone.
"""

import heapq
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from yijianshi.kernel.errors import Invalid

N = TypeVar("N", bound=Hashable)


class CycleError(Invalid):
    """办理顺序绕成了一个圈：{path}。圈里的每一项都在等下一项，谁也开始不了。请去掉其中一个先后关系。

    The order of handling runs in a circle: {path}. Each of these waits for the next, so none can begin.
    Please remove one of these dependencies.
    """


@dataclass(frozen=True)
class CriticalPath(Generic[N]):
    """The longest chain through a graph, and the earliest times and slack of every node, all in the unit of the durations."""

    total: int
    path: tuple[N, ...]
    start: Mapping[N, int]
    finish: Mapping[N, int]
    slack: Mapping[N, int]


def topological_order(nodes: Sequence[N], edges: Mapping[N, Iterable[N]]) -> list[N]:
    """Return the nodes with every node after all it waits for; among free choices the input order decides. Raises CycleError."""
    nodes = list(dict.fromkeys(nodes))
    rank = {node: position for position, node in enumerate(nodes)}
    needs = _needs(nodes, edges)
    waiting = {node: len(needs[node]) for node in nodes}
    followers = _followers(needs)
    ready = [rank[node] for node in nodes if not waiting[node]]
    order: list[N] = []
    while ready:
        node = nodes[heapq.heappop(ready)]
        order.append(node)
        for follower in followers[node]:
            waiting[follower] -= 1
            if not waiting[follower]:
                heapq.heappush(ready, rank[follower])
    if len(order) < len(nodes):
        raise CycleError(path=" → ".join(str(node) for node in find_cycle(nodes, edges) or ()))
    return order


def find_cycle(nodes: Sequence[N], edges: Mapping[N, Iterable[N]]) -> list[N] | None:
    """Return one circle as a path in which each node waits for the next and the last equals the first, or None."""
    needs = _needs(nodes, edges)
    finished: set[N] = set()
    for root in needs:
        cycle = None if root in finished else _cycle_from(root, needs, finished)
        if cycle:
            return cycle
    return None


def critical_path(durations: Mapping[N, int], edges: Mapping[N, Iterable[N]]) -> CriticalPath[N]:
    """Return the critical path over nodes that each take ``durations[node]`` once all they wait for are finished.

    Raises CycleError, and ValueError for a negative duration. Slack is how much later a node may start without moving the total.
    """
    if any(duration < 0 for duration in durations.values()):
        raise ValueError("a duration cannot be negative")
    needs = _needs(list(durations), edges)
    order = topological_order(list(durations), edges)
    start: dict[N, int] = {}
    finish: dict[N, int] = {}
    for node in order:
        start[node] = max((finish[need] for need in needs[node]), default=0)
        finish[node] = start[node] + durations[node]
    total = max(finish.values(), default=0)
    latest_finish = dict.fromkeys(order, total)
    for node in reversed(order):
        for need in needs[node]:
            latest_finish[need] = min(latest_finish[need], latest_finish[node] - durations[node])
    slack = {node: latest_finish[node] - finish[node] for node in durations}
    return CriticalPath(total, _longest_chain(needs, start, finish, total), start, finish, slack)


def upstream(node: N, edges: Mapping[N, Iterable[N]]) -> frozenset[N]:
    """Return every node that *node* waits for, directly or through others; itself only if it lies on a circle."""
    return _reachable(node, edges)


def downstream(node: N, edges: Mapping[N, Iterable[N]]) -> frozenset[N]:
    """Return every node that waits for *node*, directly or through others; itself only if it lies on a circle."""
    reverse: dict[N, list[N]] = {}
    for follower, needs in edges.items():
        for need in needs:
            reverse.setdefault(need, []).append(follower)
    return _reachable(node, reverse)


def layers(nodes: Sequence[N], edges: Mapping[N, Iterable[N]]) -> list[list[N]]:
    """Return columns for drawing left to right: a node stands one column after the last node it waits for. Raises CycleError."""
    needs = _needs(nodes, edges)
    column: dict[N, int] = {}
    for node in topological_order(nodes, edges):
        column[node] = 1 + max((column[need] for need in needs[node]), default=-1)
    columns: list[list[N]] = [[] for _ in range(1 + max(column.values(), default=-1))]
    for node in needs:
        columns[column[node]].append(node)
    return columns


def _needs(nodes: Sequence[N], edges: Mapping[N, Iterable[N]]) -> dict[N, list[N]]:
    """Return the predecessors in play of each node, in the input order of the nodes (sets have none of their own)."""
    rank = {node: position for position, node in enumerate(dict.fromkeys(nodes))}
    return {node: sorted({need for need in edges.get(node, ()) if need in rank}, key=rank.__getitem__) for node in rank}


def _followers(needs: Mapping[N, Iterable[N]]) -> dict[N, list[N]]:
    followers: dict[N, list[N]] = {node: [] for node in needs}
    for node, waits_for in needs.items():
        for need in waits_for:
            followers[need].append(node)
    return followers


def _cycle_from(root: N, needs: Mapping[N, Sequence[N]], finished: set[N]) -> list[N] | None:
    """Walk depth first from *root* without recursion; nodes known to lie on no circle are added to *finished*."""
    path: dict[N, None] = {root: None}
    branches = [iter(needs[root])]
    while branches:
        need = next((candidate for candidate in branches[-1] if candidate not in finished), None)
        if need is None:
            branches.pop()
            finished.add(path.popitem()[0])
        elif need in path:
            steps = list(path)
            return [*steps[steps.index(need) :], need]
        else:
            path[need] = None
            branches.append(iter(needs[need]))
    return None


def _longest_chain(needs: Mapping[N, Sequence[N]], start: Mapping[N, int], finish: Mapping[N, int], total: int) -> tuple[N, ...]:
    node = next((candidate for candidate in needs if finish[candidate] == total), None)
    chain: list[N] = []
    while node is not None:
        chain.append(node)
        node = next((need for need in needs[node] if finish[need] == start[chain[-1]]), None)
    return tuple(reversed(chain))


def _reachable(node: N, edges: Mapping[N, Iterable[N]]) -> frozenset[N]:
    seen: set[N] = set()
    open_nodes = [node]
    while open_nodes:
        for neighbour in edges.get(open_nodes.pop(), ()):
            if neighbour not in seen:
                seen.add(neighbour)
                open_nodes.append(neighbour)
    return frozenset(seen)

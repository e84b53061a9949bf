"""Graphs: order, circles, critical path, layers; graphlib and brute force are the judges."""

import graphlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.kernel.graph import CycleError, critical_path, downstream, find_cycle, layers, topological_order, upstream

# 企业开办: the seal, the tax file and the social security file wait for the licence; the bank account waits for the seal.
OPENING = {"seal": {"licence"}, "tax": {"licence"}, "social": {"licence"}, "bank": {"seal", "licence"}}
ITEMS = ["bank", "licence", "tax", "seal", "social"]


@st.composite
def graphs(draw, acyclic=False):
    size = draw(st.integers(0, 8))
    pairs = [(a, b) for a in range(size) for b in range(size) if not acyclic or b < a]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=16)) if pairs else []
    names = draw(st.permutations(range(size)))
    edges: dict[int, set[int]] = {}
    for node, need in chosen:
        edges.setdefault(names[node], set()).add(names[need])
    return list(range(size)), edges


def test_order_respects_needs_and_otherwise_the_input_order():
    assert topological_order(ITEMS, OPENING) == ["licence", "tax", "seal", "bank", "social"]
    assert topological_order(["c", "a", "b"], {}) == ["c", "a", "b"]


def test_left_out_nodes_do_not_hold_anything_up():
    assert topological_order(["bank", "seal"], OPENING) == ["seal", "bank"]


def test_circle_is_named_with_its_path_in_both_languages():
    edges = {"户口": {"医保"}, "医保": {"社保卡"}, "社保卡": {"户口"}}
    with pytest.raises(CycleError) as caught:
        topological_order(["户口", "医保", "社保卡"], edges)
    assert "户口 → 医保 → 社保卡 → 户口" in caught.value.text.zh
    assert "户口 → 医保 → 社保卡 → 户口" in caught.value.text.en


def test_a_node_waiting_for_itself_is_a_circle():
    assert find_cycle(["a"], {"a": {"a"}}) == ["a", "a"]


def test_critical_path_of_a_business_opening():
    path = critical_path({"licence": 1, "seal": 1, "tax": 1, "social": 0, "bank": 2}, OPENING)
    assert (path.total, path.path) == (4, ("licence", "seal", "bank"))
    assert path.start == {"licence": 0, "seal": 1, "tax": 1, "social": 1, "bank": 2}
    assert path.finish == {"licence": 1, "seal": 2, "tax": 2, "social": 1, "bank": 4}
    assert path.slack == {"licence": 0, "seal": 0, "tax": 2, "social": 3, "bank": 0}


def test_critical_path_of_nothing_and_of_a_negative_duration():
    assert critical_path({}, {}).total == 0
    assert critical_path({}, {}).path == ()
    with pytest.raises(ValueError, match="negative"):
        critical_path({"a": -1}, {})


def test_neighbours_and_layers():
    assert upstream("bank", OPENING) == {"seal", "licence"}
    assert downstream("licence", OPENING) == {"seal", "tax", "social", "bank"}
    assert downstream("bank", OPENING) == frozenset()
    assert layers(ITEMS, OPENING) == [["licence"], ["tax", "seal", "social"], ["bank"]]
    assert layers([], {}) == []


def test_long_chains_need_no_recursion():
    chain = {n: {n - 1} for n in range(1, 5000)}
    nodes = list(range(4999, -1, -1))
    assert topological_order(nodes, chain) == list(range(5000))
    assert find_cycle(nodes, chain | {0: {4999}}) is not None


@given(graphs())
def test_circles_are_found_exactly_when_graphlib_finds_one(graph):
    nodes, edges = graph
    cycle = find_cycle(nodes, edges)
    try:
        list(graphlib.TopologicalSorter(edges).static_order())
        assert cycle is None
    except graphlib.CycleError:
        assert cycle is not None
        assert cycle[0] == cycle[-1]
        assert len(set(cycle)) == len(cycle) - 1
        assert all(need in edges[node] for node, need in pairwise(cycle))


@given(graphs(acyclic=True))
def test_order_layers_and_neighbours_agree_with_each_other(graph):
    nodes, edges = graph
    order = topological_order(nodes, edges)
    assert sorted(order) == nodes
    assert all(order.index(need) < order.index(node) for node in nodes for need in edges.get(node, ()))
    column = {node: depth for depth, layer in enumerate(layers(nodes, edges)) for node in layer}
    assert all(column[need] < column[node] for node in nodes for need in edges.get(node, ()))
    assert all((a in upstream(b, edges)) == (b in downstream(a, edges)) for a in nodes for b in nodes)


def _chains(node, edges):
    """Brute force: every chain of needs that ends at *node*."""
    yield (node,)
    for need in edges.get(node, ()):
        for chain in _chains(need, edges):
            yield (*chain, node)


@given(graphs(acyclic=True), st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_critical_path_is_the_longest_of_all_chains(graph, lengths):
    nodes, edges = graph
    durations = {node: lengths[node] for node in nodes}
    result = critical_path(durations, edges)
    longest = max((sum(durations[n] for n in chain) for node in nodes for chain in _chains(node, edges)), default=0)
    assert result.total == longest == sum(durations[node] for node in result.path)
    assert all(result.slack[node] == 0 for node in result.path)
    assert all(before in edges[after] for before, after in pairwise(result.path))


@given(graphs(acyclic=True), st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_slack_is_exactly_how_long_a_node_may_be_late(graph, lengths):
    nodes, edges = graph
    durations = {node: lengths[node] for node in nodes}
    result = critical_path(durations, edges)
    for node in nodes:
        late = critical_path(durations | {node: durations[node] + result.slack[node]}, edges)
        too_late = critical_path(durations | {node: durations[node] + result.slack[node] + 1}, edges)
        assert late.total == result.total
        assert too_late.total == result.total + 1

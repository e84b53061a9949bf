"""Both sides of the hand-off must be given the same graph, and options must be understood or refused."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.handoff import newborn, peers
from benchmarks.handoff.bench import Options

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DIAGRAM = Path(str(peers.__file__)).with_name("newborn.bpmn")


def upstream_tasks(flows: dict[str, list[str]], tasks: set[str], node: str) -> set[str]:
    """The user tasks right before a node, looking through gateways."""
    return {
        found
        for source in flows.get(node, [])
        for found in ({source} if source in tasks else upstream_tasks(flows, tasks, source))
    }


def test_the_peers_diagram_has_exactly_the_dependencies_of_the_newborn() -> None:
    process = ElementTree.parse(DIAGRAM).getroot()
    tasks = {str(task.get("id")) for task in process.iter(f"{BPMN}userTask")}
    flows: dict[str, list[str]] = {}
    for flow in process.iter(f"{BPMN}sequenceFlow"):
        flows.setdefault(str(flow.get("targetRef")), []).append(str(flow.get("sourceRef")))
    drawn = {task: upstream_tasks(flows, tasks, task) for task in tasks}
    assert drawn == {item: set(upstream) for item, upstream in newborn.UPSTREAM.items()}


def test_items_stand_in_an_order_that_never_decides_before_upstream() -> None:
    for place, item in enumerate(newborn.ITEMS):
        assert set(newborn.UPSTREAM[item]) <= set(newborn.ITEMS[:place])


def test_downstream_is_upstream_turned_round() -> None:
    turned = {(above, below) for below, upstream in newborn.UPSTREAM.items() for above in upstream}
    assert {(above, below) for above, downstream in newborn.DOWNSTREAM.items() for below in downstream} == turned


def test_a_round_leaves_seven_history_rows_an_application() -> None:
    assert newborn.expected(64) == {"finished": 64, "decided": 384, "history": 448, "before_upstream": 0}


def test_options_are_understood_or_refused() -> None:
    assert Options.of({}) == Options(64)
    assert Options.of({"applications": "8", "finished": "100"}) == Options(8, 100)
    with pytest.raises(ValueError, match="no option colour"):
        Options.of({"colour": "red"})
    with pytest.raises(ValueError, match="at least 1"):
        Options.of({"applications": "0"})

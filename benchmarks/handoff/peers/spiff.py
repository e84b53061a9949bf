"""SpiffWorkflow with its state in PostgreSQL, set up as its own documentation advises and generously.

Generous: the diagram is parsed once and shared, so only the instance is stored; the form is stored beside the instance, once, and
never copied from task to task; a step takes two round trips, the fewest possible; there is no worklist, no permission, no event.
Honest: every decision arrives in another request, so the instance is read, restored, stepped, written and committed each time
(`resident=True` leaves the restoring out and keeps every workflow in memory, as no server with two processes can).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import DEFAULT_CONFIG, BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter

from benchmarks.handoff import newborn
from benchmarks.handoff.peers import history
from benchmarks.handoff.peers.history import Connection

_DIAGRAM = Path(__file__).with_name("newborn.bpmn")
_CREATE = """
CREATE TABLE instance (
    id uuid PRIMARY KEY, facts jsonb NOT NULL, state text NOT NULL, completed boolean NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 70);
"""
_APPLY = """
INSERT INTO instance (id, facts, state, completed)
SELECT id, facts, state, false FROM unnest(%b::uuid[], %b::jsonb[], %b::text[]) AS row (id, facts, state)
"""
_LOAD = "SELECT id, state FROM instance WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
_SAVE = """
UPDATE instance SET state = row.state, completed = row.completed
FROM unnest(%b::uuid[], %b::text[], %b::boolean[]) AS row (id, state, completed) WHERE instance.id = row.id
"""
_PROOF = "SELECT completed, state FROM instance WHERE id = ANY(%s)"


def _shared_specification() -> Any:
    parser = BpmnParser()
    parser.add_bpmn_file(str(_DIAGRAM))
    return parser.get_spec("newborn")


def _serializer(specification: Any) -> BpmnWorkflowSerializer:
    """The documented way to store the specification apart: replace the converter of the workflow by one that leaves it out."""

    class InstanceOnly(BpmnWorkflowConverter):  # type: ignore[misc]
        def to_dict(self, workflow: Any) -> dict[str, Any]:
            attributes = super(BpmnWorkflowConverter, self).to_dict(workflow)
            return {**attributes, "subprocesses": {}, "bpmn_events": self.registry.convert(workflow.bpmn_events)}

        def from_dict(self, stored: dict[str, Any]) -> Any:
            return super().from_dict({**stored, "spec": specification})

    registry = BpmnWorkflowSerializer.configure({**DEFAULT_CONFIG, BpmnWorkflow: InstanceOnly})
    return BpmnWorkflowSerializer(registry=registry)


class Spiff:
    """One BPMN instance per application; its six user tasks are the department cases."""

    def __init__(self, connection: Connection, *, resident: bool = False) -> None:
        self._connection = connection
        self._specification = _shared_specification()
        self._serializer = _serializer(self._specification)
        self._resident: dict[UUID, Any] | None = {} if resident else None
        connection.execute(_CREATE.encode() + history.CREATE.encode(), prepare=False)

    def submit(self, serials: Sequence[int]) -> list[UUID]:
        workflows = {uuid4(): BpmnWorkflow(self._specification) for _ in serials}
        for workflow in workflows.values():
            workflow.do_engine_steps()
        if self._resident is not None:
            self._resident = dict(workflows)
        ids = list(workflows)
        states = [self._serializer.serialize_json(workflow) for workflow in workflows.values()]
        facts = [json.dumps(newborn.facts(serial)) for serial in serials]
        with self._connection.pipeline():  # one implicit transaction
            self._connection.execute(_APPLY, [ids, facts, states])
            self._connection.execute(history.INSERT, history.row_values("submit", ids, [{}] * len(ids)))
        return ids

    def decide(self, item: str, ids: Sequence[UUID], serials: Sequence[int]) -> None:
        results = [newborn.result(item, serial) for serial in serials]
        with self._connection.pipeline():
            self._connection.execute("BEGIN")
            workflows = self._load(ids)
            for application, result in zip(ids, results, strict=True):
                _decide_task(workflows[application], item, result)
            states = [self._serializer.serialize_json(workflows[application]) for application in ids]
            completed = [workflows[application].completed for application in ids]
            self._connection.execute(_SAVE, [list(ids), states, completed])
            self._connection.execute(history.INSERT, history.row_values(item, ids, results))
            self._connection.execute("COMMIT")

    def _load(self, ids: Sequence[UUID]) -> dict[UUID, Any]:
        if self._resident is not None:
            return self._resident
        rows = self._connection.execute(_LOAD, [list(ids)]).fetchall()
        return {UUID(str(found)): self._serializer.deserialize_json(str(state)) for found, state in rows}

    def proof(self, ids: Sequence[UUID]) -> dict[str, int]:
        rows = self._connection.execute(_PROOF, [list(ids)]).fetchall()
        tasks = [task for _, state in rows for task in json.loads(str(state))["tasks"].values()]
        decided = [task for task in tasks if task["task_spec"] in newborn.ITEMS and task["state"] == TaskState.COMPLETED]
        finished = sum(bool(completed) for completed, _ in rows)
        return {"finished": finished, "decided": len(decided), **history.counted(self._connection, ids)}


def _decide_task(workflow: Any, item: str, result: dict[str, Any]) -> None:
    task = workflow.get_next_task(spec_name=item, state=TaskState.READY)
    if task is None:
        raise RuntimeError(f"{item} is not ready.")
    task.set_data(**result)
    task.run()
    workflow.do_engine_steps()

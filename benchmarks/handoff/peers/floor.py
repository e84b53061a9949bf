"""The floor: each step is one round trip and one commit of hand-written SQL; no permissions, no events, no certificates.

Danger: in autocommit a psycopg pipeline without `transaction()` is one implicit transaction up to its closing Sync, so all its
statements commit together in one round trip; `transaction()` inside a pipeline adds Syncs around BEGIN and COMMIT (four trips).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import UUID, uuid4

from benchmarks.handoff import newborn
from benchmarks.handoff.peers import history
from benchmarks.handoff.peers.history import Connection

_CREATE = """
CREATE TABLE application (
    id uuid PRIMARY KEY, facts jsonb NOT NULL, state text NOT NULL, open smallint NOT NULL, at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 70);
CREATE TABLE department_case (
    id uuid PRIMARY KEY, application_id uuid NOT NULL REFERENCES application, item text NOT NULL,
    state text NOT NULL, waiting smallint NOT NULL, result jsonb, UNIQUE (application_id, item)
) WITH (fillfactor = 70);
"""
_APPLY = """
INSERT INTO application (id, facts, state, open)
SELECT id, facts, 'SUBMITTED', %s FROM unnest(%b::uuid[], %b::jsonb[]) AS row (id, facts)
"""
_SPLIT = """
INSERT INTO department_case (id, application_id, item, state, waiting)
SELECT id, application_id, item, CASE waiting WHEN 0 THEN 'RECEIVED' ELSE 'WAITING_UPSTREAM' END, waiting
FROM unnest(%b::uuid[], %b::uuid[], %b::text[], %b::smallint[]) AS row (id, application_id, item, waiting)
"""
_DECIDE = """
WITH decided AS (
    UPDATE department_case SET state = 'DECIDED', result = row.result
    FROM unnest(%b::uuid[], %b::jsonb[]) AS row (application_id, result)
    WHERE department_case.application_id = row.application_id AND item = %s AND state = 'RECEIVED'
    RETURNING department_case.application_id, department_case.item, department_case.result
), released AS (
    UPDATE department_case SET waiting = waiting - 1, state = CASE waiting WHEN 1 THEN 'RECEIVED' ELSE state END
    FROM decided WHERE department_case.application_id = decided.application_id AND department_case.item = ANY(%b::text[])
), counted_down AS (
    UPDATE application SET open = open - 1, state = CASE open WHEN 1 THEN 'COMPLETED' ELSE state END
    FROM decided WHERE application.id = decided.application_id
)
INSERT INTO history (application_id, step, actor, from_state, to_state, payload)
SELECT application_id, item, %s, 'RECEIVED', 'DECIDED', result FROM decided
"""
_PROOF = """
SELECT count(DISTINCT application.id) FILTER (WHERE application.state = 'COMPLETED'),
       count(*) FILTER (WHERE department_case.state = 'DECIDED')
FROM application JOIN department_case ON application_id = application.id WHERE application.id = ANY(%s)
"""


class Floor:
    """Tables and statements a careful programmer would write for exactly this job."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        connection.execute(_CREATE.encode() + history.CREATE.encode(), prepare=False)

    def submit(self, serials: Sequence[int]) -> list[UUID]:
        ids = [uuid4() for _ in serials]
        facts = [json.dumps(newborn.facts(serial)) for serial in serials]
        pairs = [(application, item) for application in ids for item in newborn.ITEMS]
        cases = [
            [uuid4() for _ in pairs],
            [application for application, _ in pairs],
            [item for _, item in pairs],
            [len(newborn.UPSTREAM[item]) for _, item in pairs],
        ]
        with self._connection.pipeline():
            self._connection.execute(_APPLY, [len(newborn.ITEMS), ids, facts])
            self._connection.execute(_SPLIT, cases)
            self._connection.execute(history.INSERT, history.row_values("submit", ids, [{}] * len(ids)))
        return ids

    def decide(self, item: str, ids: Sequence[UUID], serials: Sequence[int]) -> None:
        results = [json.dumps(newborn.result(item, serial)) for serial in serials]
        downstream = list(newborn.DOWNSTREAM[item])
        values = [list(ids), results, item, downstream, f"officer-{item}"]
        decided = self._connection.execute(_DECIDE, values).rowcount  # autocommit: the statement is the transaction
        if decided != len(ids):
            raise RuntimeError(f"{item}: {decided} of {len(ids)} cases were ready.")

    def proof(self, ids: Sequence[UUID]) -> dict[str, int]:
        row = self._connection.execute(_PROOF, [list(ids)]).fetchone()
        finished, decided = row or (0, 0)
        return {"finished": int(str(finished)), "decided": int(str(decided)), **history.counted(self._connection, ids)}

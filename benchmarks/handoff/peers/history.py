"""The history table both peers write, one row per step, and the proof counted from it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import UUID

import psycopg

from benchmarks.handoff import newborn

CREATE = """
CREATE TABLE history (
    id bigserial PRIMARY KEY, application_id uuid NOT NULL, step text NOT NULL, actor text NOT NULL,
    from_state text NOT NULL, to_state text NOT NULL, payload jsonb NOT NULL, at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON history (application_id);
"""
# %b: arrays go over in binary; psycopg escapes every quote of a text array with a regular expression in Python
INSERT = """
INSERT INTO history (application_id, step, actor, from_state, to_state, payload)
SELECT id, %s, %s, %s, %s, payload FROM unnest(%b::uuid[], %b::jsonb[]) AS row (id, payload)
"""
_COUNT = "SELECT count(*) FROM history WHERE application_id = ANY(%s)"
_BEFORE_UPSTREAM = """
SELECT count(*) FROM history later
JOIN unnest(%s::text[], %s::text[]) AS edge (upstream, downstream) ON edge.downstream = later.step
LEFT JOIN history earlier
  ON earlier.application_id = later.application_id AND earlier.step = edge.upstream AND earlier.id < later.id
WHERE later.application_id = ANY(%s) AND earlier.id IS NULL
"""
Connection = psycopg.Connection[tuple[object, ...]]


def row_values(step: str, ids: Sequence[UUID], payloads: Sequence[object]) -> list[object]:
    """Parameters for INSERT: one row per application for this step."""
    before, after = ("", "SUBMITTED") if step == "submit" else ("RECEIVED", "DECIDED")
    return [step, f"officer-{step}", before, after, list(ids), [json.dumps(payload) for payload in payloads]]


def counted(connection: Connection, ids: Sequence[UUID]) -> dict[str, int]:
    """How many rows these applications have, and how many decisions came before the one they wait for."""
    edges = [(above, below) for below, upstream in newborn.UPSTREAM.items() for above in upstream]
    early = [[above for above, _ in edges], [below for _, below in edges], list(ids)]
    return {
        "history": _number(connection, _COUNT, [list(ids)]),
        "before_upstream": _number(connection, _BEFORE_UPSTREAM, early),
    }


def _number(connection: Connection, query: str, values: Sequence[object]) -> int:
    row = connection.execute(query.encode(), values).fetchone()
    return int(str(row[0])) if row else 0

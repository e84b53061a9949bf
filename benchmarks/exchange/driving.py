"""`python -m benchmarks.exchange.driving`: the citizens' side of a run, with the database in DATABASE_URL.

First line in: the neighbour file as JSON; then one JSON object a line, each answered by one:
``{"do": "burst", "applications": n}`` submits them together and waits for every decision; ``{"do": "steady", "applications": n,
"every": s, "without": CODE}`` submits them one by one and waits for all but that neighbour's; ``{"do": "rest"}`` waits for all;
``{"do": "flood", "messages": n}`` sends messages to the entrance, doubled, mixed up and spoilt.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import django

django.setup()  # before anything of the product is imported; DJANGO_SETTINGS_MODULE comes from the caller

from django.db import connection  # noqa: E402

from benchmarks.exchange import flooding  # noqa: E402
from benchmarks.handoff import town  # noqa: E402
from yijianshi.applications import commands as applications  # noqa: E402
from yijianshi.exchange import commands as exchange  # noqa: E402
from yijianshi.identity.logic.actor import SYSTEM  # noqa: E402

PATIENCE_SECONDS = 120.0
_OPEN = "SELECT count(*) FROM cases_case WHERE application_id = ANY(%s) AND item_code <> %s AND is_open"
_MADE = "SELECT count(*) FROM cases_case WHERE application_id = ANY(%s)"
_WAITS = """
SELECT extract(epoch FROM c.ended_at - greatest(c.created_at, (SELECT max(u.ended_at) FROM cases_case u
WHERE u.application_id = c.application_id AND u.item_code = ANY(c.waits_for)))) FROM cases_case c
WHERE c.application_id = ANY(%s) AND c.item_code <> %s
"""
_PROOF = """
SELECT (SELECT count(*) FROM cases_case WHERE application_id = ANY(%(ids)s) AND state = 'COMPLETED'),
       (SELECT count(*) FROM cases_decision d JOIN cases_case c ON c.id = d.case_id WHERE c.application_id = ANY(%(ids)s)),
       (SELECT count(*) FROM foundation_history WHERE application_id = ANY(%(ids)s) AND action = 'accept'),
       (SELECT count(*) FROM exchange_outgoing o JOIN cases_case c ON c.number = o.about WHERE c.application_id = ANY(%(ids)s)
        AND o.delivered_at IS NOT NULL)
"""


class Driver:
    """Prepares, submits, waits, and counts."""

    def __init__(self, neighbours: dict[str, Any]) -> None:
        self._town = town.found(town.now())
        self._serial = itertools.count(1)
        exchange.apply_neighbours(neighbours, by=SYSTEM, at=town.now())

    def burst(self, number: int) -> dict[str, Any]:
        by, drafts = self._prepared(number)
        started = time.perf_counter()
        self._submit(by, drafts)
        self._wait(drafts, "")
        return {"seconds": time.perf_counter() - started, "proof": self._proof(drafts)}

    def steady(self, number: int, every: float, without: str) -> dict[str, Any]:
        by, drafts = self._prepared(number)
        started = time.perf_counter()
        for place, draft in enumerate(drafts):
            time.sleep(max(0.0, started + place * every - time.perf_counter()))
            self._submit(by, [draft])
        self._wait(drafts, without)
        with connection.cursor() as cursor:
            cursor.execute(_WAITS, [drafts, without])
            return {"waits": sorted(float(row[0]) for row in cursor.fetchall())}

    def rest(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT application_id FROM cases_case WHERE is_open")
            drafts = [row[0] for row in cursor.fetchall()]
        self._wait(drafts, "")
        return {"proof": self._proof(drafts)}

    def _prepared(self, number: int) -> tuple[Any, list[UUID]]:
        by = self._town.people(1, town.now())[0]
        drafts = self._town.drafts(by, list(itertools.islice(self._serial, number)), town.now())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return by, drafts

    def _submit(self, by: Any, drafts: Sequence[UUID]) -> None:
        handed_in = [
            applications.Submission(application_id=draft, idempotency_key=str(uuid4()), declaration=True, revision=1)
            for draft in drafts
        ]
        applications.submit(handed_in, by=by, at=town.now())

    def _wait(self, drafts: Sequence[UUID], without: str) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while self._count(_MADE, [drafts]) < 6 * len(drafts) or self._count(_OPEN, [drafts, without]):
            if time.monotonic() > until:
                raise TimeoutError(f"{self._count(_OPEN, [drafts, without])} cases are still open")
            time.sleep(0.02)

    def _count(self, sql: str, params: Sequence[Any]) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return int(cursor.fetchone()[0])

    def _proof(self, drafts: Sequence[UUID]) -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute(_PROOF, {"ids": list(drafts)})
            return dict(zip(("completed", "decided", "accepted", "delivered"), cursor.fetchone(), strict=True))


def main() -> None:
    driver = Driver(json.loads(sys.stdin.readline()))
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        match asked["do"]:
            case "burst":
                answer = driver.burst(asked["applications"])
            case "steady":
                answer = driver.steady(asked["applications"], asked["every"], asked["without"])
            case "flood":
                answer = flooding.flood(asked["messages"])
            case _:
                answer = driver.rest()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

"""The limit: one tiny row and one durable commit per step. Nobody who keeps seven durable steps can be faster."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from benchmarks.handoff.peers.history import Connection


class Limit:
    """Counts commits and does nothing else."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        connection.execute("CREATE TABLE bare (application_id uuid NOT NULL)")

    def submit(self, serials: Sequence[int]) -> list[UUID]:
        ids = [uuid4() for _ in serials]
        self._commit(ids)
        return ids

    def decide(self, item: str, ids: Sequence[UUID], serials: Sequence[int]) -> None:
        self._commit(ids)

    def _commit(self, ids: Sequence[UUID]) -> None:
        self._connection.execute("INSERT INTO bare VALUES (%s)", [ids[0]])  # autocommit: the statement is the transaction

    def proof(self, ids: Sequence[UUID]) -> dict[str, int]:
        row = self._connection.execute("SELECT count(*) FROM bare WHERE application_id = ANY(%s)", [list(ids)]).fetchone()
        return {"commits": int(str(row[0])) if row else 0}

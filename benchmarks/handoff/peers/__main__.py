"""`python -m benchmarks.handoff.peers PEER --url … --together N --applications N`: one peer as a process that answers rounds."""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol
from uuid import UUID

import psycopg
from psycopg import sql

from benchmarks import worker
from benchmarks.handoff import newborn
from benchmarks.handoff.peers.floor import Floor
from benchmarks.handoff.peers.history import Connection
from benchmarks.handoff.peers.limit import Limit


class Peer(Protocol):
    """The two verbs of the hand-off, each one commit for the whole list, and the count of what they left behind."""

    def submit(self, serials: Sequence[int]) -> list[UUID]: ...

    def decide(self, item: str, ids: Sequence[UUID], serials: Sequence[int]) -> None: ...

    def proof(self, ids: Sequence[UUID]) -> dict[str, int]: ...


def _spiff(connection: Connection) -> Peer:
    from benchmarks.handoff.peers.spiff import Spiff

    return Spiff(connection)


def _spiff_resident(connection: Connection) -> Peer:
    from benchmarks.handoff.peers.spiff import Spiff

    return Spiff(connection, resident=True)


PEERS: dict[str, Callable[[Connection], Peer]] = {
    "spiff": _spiff,
    "spiff-resident": _spiff_resident,
    "floor": Floor,
    "limit": Limit,
}


class Rounds:
    """Plays whole applications from submit to the last decision, `together` of them per step."""

    def __init__(self, connection: Connection, peer: Peer, together: int, applications: int) -> None:
        self._connection = connection
        self._peer = peer
        self._together = together
        self._applications = applications
        self._serial = itertools.count(1)
        self._done: list[UUID] = []

    def work(self) -> int:
        self._done = []
        for serials in self._groups():
            ids = self._peer.submit(serials)
            for item in newborn.ITEMS:
                self._peer.decide(item, ids, serials)
            self._done += ids
        return len(self._done)

    def _groups(self) -> Iterator[list[int]]:
        for start in range(0, self._applications, self._together):
            size = min(self._together, self._applications - start)
            yield list(itertools.islice(self._serial, size))

    def proof(self) -> dict[str, int]:
        """Counted outside the timed part; statistics are refreshed as well, so that no plan stays from when a table was empty."""
        self._connection.execute("ANALYZE")
        return self._peer.proof(self._done)


def connect(url: str, schema: str) -> Connection:
    """A connection whose tables live in their own schema; every statement is prepared at first use."""
    connection = psycopg.connect(url, autocommit=True, prepare_threshold=0)
    connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
    connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(schema)))
    return connection


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.handoff.peers")
    parser.add_argument("peer", choices=sorted(PEERS))
    parser.add_argument("--url", required=True)
    parser.add_argument("--together", type=int, default=1)
    parser.add_argument("--applications", type=int, default=64)
    given = parser.parse_args()
    connection = connect(given.url, f"{given.peer}_{given.together}")
    rounds = Rounds(connection, PEERS[given.peer](connection), given.together, given.applications)
    worker.serve(rounds.work, rounds.proof)


if __name__ == "__main__":
    main()

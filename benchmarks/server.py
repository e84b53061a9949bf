"""One PostgreSQL server for every contestant of a run, each in its own database, with durability on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from yijianshi.config import places, postgres, postgres_home

PEERS = "yijianshi_bench_peers"
OURS = "yijianshi_bench"
_HOME = "bench-postgres"
_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


class NotDurable(Exception):
    """The server gives away durability, so a time measured on it would be a lie."""


@dataclass(frozen=True, slots=True)
class Server:
    """The running server; `url` gives the address of one of its databases."""

    home: postgres_home.Home

    def url(self, database: str) -> str:
        return postgres.url(self.home, database)

    def fresh(self, database: str, template: str = "template1") -> str:
        """Drop and create the database, so that a run never meets what an earlier one left, and return its address."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
            names = sql.Identifier(database), sql.Identifier(template)
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        return self.url(database)

    def drop(self, database: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def settings(self) -> dict[str, str]:
        """Version and durability settings for the report. Raises NotDurable when one of them is off."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = {name: connection.execute(sql.SQL("SHOW {}").format(sql.Identifier(name))).fetchone() for name in _DURABLE}
            version = str(connection.info.server_version // 10000)
        shown = {name: str(row[0]) if row else "?" for name, row in found.items()}
        if shown != _DURABLE:
            raise NotDurable(f"The server runs with {shown}; a benchmark needs {_DURABLE}.")
        return {"postgresql": version, **shown}


@contextmanager
def running() -> Iterator[Server]:
    """The house's own embedded server with a data directory for benchmarks only, kept for the length of the block."""
    with postgres.running(postgres_home.Home(places.var("demo"), _HOME)) as home:
        yield Server(home)

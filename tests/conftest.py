"""One embedded PostgreSQL for all tests; every run gets a fresh database, copied from a template that is kept between runs.

Several runs may share the server at the same time: databases carry the number of their process.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from pytest_django import DjangoDbBlocker

from yijianshi.config import postgres
from yijianshi.config.postgres_home import Home

ROOT = Path(__file__).resolve().parents[1]
# Speed for tests only: the house itself never runs without fsync.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Home]:
    """Keep the test server up while any run needs it."""
    with postgres.running(Home(settings.VAR), FAST) as home:
        yield home


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres_server: Home, django_db_blocker: DjangoDbBlocker) -> None:
    """Point Django at a database of this run, copied from the migrated template."""
    template = f"template_{_structure()}"
    with psycopg.connect(postgres.url(postgres_server, "postgres"), autocommit=True) as admin:
        _drop_leftovers(admin, template)
        admin.execute("SELECT pg_advisory_lock(7)")  # two runs must not build the same template at once
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone() is None:
            with django_db_blocker.unblock():
                _build_template(admin, template)
    connection.settings_dict["TEST"].update(NAME=f"test_yijianshi_{os.getpid()}", TEMPLATE=template)


@pytest.fixture(scope="session", autouse=True)
def truncating_past_triggers() -> Iterator[None]:
    """Let transactional tests empty append-only tables, which refuse it to everybody else."""
    original = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        original(self, ["SET session_replication_role = replica;", *sql_list, "RESET session_replication_role;"])

    DatabaseOperations.execute_sql_flush = execute_sql_flush
    yield
    DatabaseOperations.execute_sql_flush = original


def _build_template(admin: psycopg.Connection[tuple[object, ...]], template: str) -> None:
    half = f"half_{os.getpid()}"
    admin.execute(f'CREATE DATABASE "{half}"')
    wanted, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], half
    try:
        call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = wanted
    admin.execute(f'ALTER DATABASE "{half}" RENAME TO "{template}"')


def _structure() -> str:
    digest = hashlib.sha256(" ".join(settings.INSTALLED_APPS).encode())
    root = Path(settings.BASE_DIR) / "yijianshi"
    for path in sorted([*root.rglob("migrations/*.py"), *root.rglob("models/*.py"), *root.rglob("models.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _drop_leftovers(admin: psycopg.Connection[tuple[object, ...]], template: str) -> None:
    rows = admin.execute("SELECT datname FROM pg_database WHERE datname ~ '^(test_yijianshi|half)_[0-9]+$'").fetchall()
    for name in (str(row[0]) for row in rows):
        if not Path(f"/proc/{name.rpartition('_')[2]}").exists():
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

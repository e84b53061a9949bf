"""A town that stands for a whole module: founded once, its content published once a process, rolled back at the end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from tests.town import newborn
from tests.town.people import MONDAY, Town, found_town
from yijianshi.catalogue.models import PublishedSheet, PublishedThing
from yijianshi.certificates import faces
from yijianshi.identity.queries.organisations import forget_organisations

_published: dict[type[Model], list[dict[str, Any]]] = {}


@contextmanager
def standing_town(blocker: DjangoDbBlocker) -> Iterator[Town]:
    """Hold a transaction open in which the town stands; each test's own changes are rolled back to this point."""
    with blocker.unblock(), transaction.atomic():
        yield found(MONDAY)
        transaction.set_rollback(True)
    forget_organisations()


@contextmanager
def committed_town(blocker: DjangoDbBlocker) -> Iterator[Town]:
    """Commit the town, for tests with several connections; everything is emptied afterwards."""
    with blocker.unblock():
        yield found(MONDAY)
        _empty()
    forget_organisations()


def found(at: datetime) -> Town:
    """Found the town and publish the real content; never in a database that is not this run's own."""
    name = str(connection.settings_dict["NAME"])
    assert name.startswith("test_") or "DATABASE_URL" in os.environ, f"this is no test database: {name}"
    forget_organisations()
    town = found_town(at)
    publish(at)
    return town


def publish(at: datetime) -> None:
    """Publish the real content through the room's command the first time; afterwards the same rows again, which is quicker."""
    if _published:
        for table, rows in _published.items():
            table._default_manager.bulk_create(table(**row) for row in rows)
        return
    newborn.publish(at)
    for table in (PublishedThing, PublishedSheet):
        _published[table] = list(table._default_manager.values())


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations'")
        tables = ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
        cursor.execute("RESET session_replication_role")
    faces.forget()

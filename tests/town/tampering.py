"""What only the owner of the database can do, undone again, and what the whole-database check says of it."""

from django.db import connection, transaction

from yijianshi.foundation.transparency import mirrors


def told_of(sql: str) -> list[str]:
    """Return what the comparison of tables with their history says after *sql*, which must change something."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        touched = cursor.rowcount
        cursor.execute("SET session_replication_role = DEFAULT")
        assert touched > 0, sql
        found = [one.zh for one in mirrors.compare()]
        transaction.set_rollback(True)
    return found

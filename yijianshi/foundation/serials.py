"""Running numbers for people to read, taken from the database in blocks so that most of them cost nothing."""

import os
import threading

from django.db import connection

BLOCK = 64  # = INCREMENT BY of the sequence foundation_serial
_lock = threading.Lock()
_stock: list[int] = []


def take(n: int) -> list[int]:
    """Return *n* numbers nobody else gets; gaps are normal, since a process that ends drops the rest of its block."""
    with _lock:
        missing = n - len(_stock)
        if missing > 0:
            _stock.extend(_fetch(-(-missing // BLOCK)))
        taken, _stock[:] = _stock[:n], _stock[n:]
        return taken


def _fetch(blocks: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('foundation_serial') FROM generate_series(1, %s)", [blocks])
        return [first + i for (first,) in cursor.fetchall() for i in range(BLOCK)]


os.register_at_fork(after_in_child=_stock.clear)  # a forked child must not hand out its parent's numbers

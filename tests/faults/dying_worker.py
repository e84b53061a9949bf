"""Workers that are killed: run as a program with the database in DATABASE_URL.

``steps``  forks one worker after another and kills the k-th (SIGKILL, by itself) at the k-th step it takes, until one survives.
           A step is any moment before or after a statement or a commit. Prints how many died.
``crowd``  forks four workers that take the same rows in tiny batches; kills one of them in the middle.
``loop``   runs the real delivering loop until SIGTERM.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

import django
import psycopg
from django.db import connection

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"


def report(*words: object) -> None:
    """Tell the test."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def die_at(step: int) -> None:
    """Kill this process at its step-th step."""
    taken = 0

    def tick() -> None:
        nonlocal taken
        taken += 1
        if taken == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            tick()
            result = original(*args, **kwargs)
            tick()
            return result

        return call

    psycopg.Cursor.execute = watched(psycopg.Cursor.execute)  # type: ignore[method-assign]
    psycopg.Connection.commit = watched(psycopg.Connection.commit)  # type: ignore[method-assign]


def fork(work: Callable[[], object]) -> int:
    """Run *work* in a child process and return its number."""
    connection.close()
    child = os.fork()
    if child:
        return child
    work()
    connection.close()
    os._exit(0)


def has_died(child: int) -> bool:
    """Wait for *child* and return whether it was killed."""
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def steps() -> None:
    """Kill a worker at every step there is, of every batch there is."""
    from yijianshi.foundation import outbox
    from yijianshi.foundation.models import OutboxRow

    step = 1

    def work() -> None:
        die_at(step)
        outbox.deliver_batch(limit=3)

    def waiting() -> list[int]:
        return list(OutboxRow.objects.order_by("id").values_list("id", flat=True))

    while before := waiting():
        died = has_died(fork(work))
        is_done = waiting() != before
        step = 1 if is_done else step + 1
        report(("died" if died else "survived") + ("-done" if is_done else ""))


def crowd() -> None:
    """Let four workers run at once and kill one."""
    from yijianshi.foundation import outbox

    def work() -> None:
        outbox.deliver_pending(limit=2)

    def work_and_die() -> None:
        die_at(12)
        outbox.deliver_pending(limit=2)

    # the one to die begins, and dies early: on a busy machine the others could be done before its time comes
    children = [fork(task) for task in (work_and_die, work, work, work)]
    report("died", sum(has_died(child) for child in children))


def loop() -> None:
    """Run the real loop until told to stop."""
    from yijianshi.foundation import worker

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    report("ready")
    worker.deliver_until(stop, "loop")


if __name__ == "__main__":
    django.setup()
    import tests.faults.bakery  # noqa: F401

    {"steps": steps, "crowd": crowd, "loop": loop}[sys.argv[1]]()

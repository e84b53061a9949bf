"""The worker: delivers the outbox and runs jobs, in one process, until it is told to stop.

SIGTERM lets the batch in hand end and then leaves. SIGKILL at any moment loses nothing: what was not committed is done again.
"""

import asyncio
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Mapping

import psycopg
import structlog
from django.db import DatabaseError, connection
from procrastinate.contrib.django.utils import connector_params

from yijianshi.foundation import clock, events, jobs, metrics, outbox

POLL_SECONDS = 1.0  # fallback when a notification is lost
HEARTBEAT_SECONDS = 10.0
_PAUSE_SECONDS = 2.0  # after the database went away
_log = structlog.get_logger()


def run_worker(
    *, with_jobs: bool = True, batch: int = 200, beside: Mapping[str, Callable[[threading.Event], None]] | None = None
) -> None:
    """Work until SIGTERM or SIGINT; runs in the main thread of a process. *beside*: other work by thread name."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    name = f"{socket.gethostname()}:{os.getpid()}"
    _log.info("worker.started", worker_name=name)
    threads = [threading.Thread(target=_jobs_until, args=(stop, name), name="jobs")] if with_jobs else []
    threads += [threading.Thread(target=work, args=(stop,), name=what) for what, work in (beside or {}).items()]
    for thread in threads:
        thread.start()
    metrics.WORKING.set(1)
    deliver_until(stop, name, batch)
    for thread in threads:
        thread.join()
    _log.info("worker.stopped", worker_name=name)


def deliver_until(stop: threading.Event, name: str, batch: int = 200) -> None:
    """Deliver the outbox until *stop* is set; survives restarts of the database."""
    pulse = _Pulse(name)
    while not stop.is_set():
        try:
            with psycopg.connect(**connector_params(), autocommit=True) as listener:
                listener.execute(f"LISTEN {events.CHANNEL}")
                while not stop.is_set():
                    pulse.beat()
                    _deliver_all(stop, batch)
                    _wait(listener, stop)
        except (DatabaseError, psycopg.Error) as error:
            _log.warning("worker.database_away", why=type(error).__name__)
            connection.close()
            stop.wait(_PAUSE_SECONDS)
    pulse.end()
    connection.close()


def _deliver_all(stop: threading.Event, batch: int) -> None:
    while not stop.is_set() and (taken := outbox.deliver_batch(batch)):
        metrics.DELIVERED.inc(taken)


def _wait(listener: psycopg.Connection[tuple[object, ...]], stop: threading.Event) -> None:
    if not stop.is_set():
        for _ in listener.notifies(timeout=POLL_SECONDS, stop_after=1):
            pass


class _Pulse:
    """Writes a sign of life every few seconds."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.started_at = clock.now()
        self._next = 0.0

    def beat(self) -> None:
        if time.monotonic() < self._next:
            return
        from yijianshi.foundation.models import Heartbeat

        seen = {"started_at": self.started_at, "seen_at": clock.now()}
        Heartbeat.objects.update_or_create(name=self.name, defaults=seen)
        self._next = time.monotonic() + HEARTBEAT_SECONDS

    def end(self) -> None:
        from yijianshi.foundation.models import Heartbeat

        try:
            Heartbeat.objects.filter(name=self.name).delete()
        except DatabaseError as error:
            _log.info("worker.heartbeat_left", why=type(error).__name__)


def _jobs_until(stop: threading.Event, name: str) -> None:
    while not stop.is_set():
        try:
            asyncio.run(_jobs(stop, name))
        except Exception as error:  # the database was restarted: procrastinate gives up, we do not
            _log.warning("worker.jobs_interrupted", exc_info=error)
            stop.wait(_PAUSE_SECONDS)


async def _jobs(stop: threading.Event, name: str) -> None:
    async with jobs.worker_app().open_async() as app:
        running = asyncio.create_task(
            app.run_worker_async(
                name=name,
                concurrency=2,
                install_signal_handlers=False,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                shutdown_graceful_timeout=20,
            )
        )
        while not stop.is_set() and not running.done():
            await asyncio.sleep(0.2)
        if not running.done():
            running.cancel()
        await asyncio.wait([running])
        if not running.cancelled() and (failure := running.exception()):
            raise failure

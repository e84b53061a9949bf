"""Bring systems up: one port, one storage folder, one set of threads each, all in one process."""

import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from neighbours.engine import drop, push
from neighbours.engine.declaring import System
from neighbours.engine.queue import Queue
from neighbours.engine.running import House, Running
from neighbours.engine.web import make_app

THREADS = 4


@contextlib.contextmanager
def up(
    systems: Sequence[System], folder: Path, house: House, *, port_base: int = 0, pace: float = 0.5
) -> Iterator[list[Running]]:
    """Give *systems* running on loopback, from *port_base* on (0: any free ports); everything is stopped at the end."""
    with contextlib.ExitStack() as stack:
        started = []
        for place, system in enumerate(systems):
            running = Running(system, folder / system.code, house)
            running.behaviour.pace = pace
            stack.callback(running.store.close)
            _serve(running, port_base + place if port_base else 0, stack)
            _begin(running, stack)
            started.append(running)
        yield started


def _serve(running: Running, port: int, stack: contextlib.ExitStack) -> None:
    listening = socket.create_server(("127.0.0.1", port))
    running.port = listening.getsockname()[1]
    server = create_server(
        make_app(running), sockets=[listening], threads=THREADS, ident=None, clear_untrusted_proxy_headers=True
    )
    thread = threading.Thread(target=server.run, name=f"{running.system.code}-web", daemon=True)
    thread.start()
    stack.callback(_stop, server, thread)


def _stop(server: Any, thread: threading.Thread) -> None:
    # First those who answer: they wake the waiting thread at the end of an answer. Then the sockets, closed by the thread that
    # waits on them; closed by another they would surprise it.
    server.task_dispatcher.shutdown()
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map, ignore_all=True))
    thread.join(10)


def _begin(running: Running, stack: contextlib.ExitStack) -> None:
    running.start("cases", running.move_cases)
    if running.system.transport == "http_push":
        running.start("push", lambda: push.push(running))
    elif running.system.transport == "file_drop":
        folder = drop.Drop(running)
        running.start("answers", folder.answer_files)
        running.start("files", folder.write_messages)
    elif running.system.transport == "mqtt_queue":
        running.queue_port = _free_port()
        queue = Queue(running)
        stack.callback(queue.close)
        running.start("queue", queue.say)
    stack.callback(running.halt)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])

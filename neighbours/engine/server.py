"""Bring systems up: one port, one storage folder, one set of threads each, all in one process."""

import contextlib
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path

from neighbours.engine import drop, push, witness
from neighbours.engine.declaring import System
from neighbours.engine.queue import Queue
from neighbours.engine.running import House, Running
from neighbours.engine.web import make_app
from neighbours.serving import serving


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
    stack.enter_context(serving(make_app(running), listening, f"{running.system.code}-web"))


def _begin(running: Running, stack: contextlib.ExitStack) -> None:
    running.start("cases", running.move_cases)
    if running.system.witness:
        running.start("witness", lambda: witness.witness(running))
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

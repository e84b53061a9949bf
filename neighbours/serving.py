"""An HTTP server in a thread of its own, ended without surprise."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

LOOK_SECONDS = 0.1  # how long an idle server may take to notice that it is over


@contextlib.contextmanager
def serving(app: Any, listening: socket.socket, name: str, threads: int = 4) -> Iterator[None]:
    """Let *app* answer at a listening socket until the block ends."""
    server = create_server(app, sockets=[listening], threads=threads, ident=None, clear_untrusted_proxy_headers=True)
    over = threading.Event()
    thread = threading.Thread(target=_wait_on, args=(server, over), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        # First those who answer, since they wake the waiting thread; it closes its sockets itself, or it would trip over them.
        server.task_dispatcher.shutdown()
        over.set()
        thread.join(10)


def _wait_on(server: Any, over: threading.Event) -> None:
    while not over.is_set():
        wasyncore.loop(timeout=LOOK_SECONDS, use_poll=True, map=server._map, count=1)
    wasyncore.close_all(server._map, ignore_all=True)

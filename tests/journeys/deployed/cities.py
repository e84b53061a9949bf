"""Two whole deployments of the house on this machine: own database, own keys, own port, own content; a relay between them."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from yijianshi.config import ports

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 120.0


class Relay:
    """A line between two deployments that can be cut: bytes pass, or every connection breaks and none is taken."""

    def __init__(self, port: int, to: int) -> None:
        self._port, self._to = port, to
        self._open: list[socket.socket] = []
        self._server: socket.socket | None = None
        self.join()

    def join(self) -> None:
        """Let bytes pass (again)."""
        server = socket.create_server(("127.0.0.1", self._port))
        self._server = server
        threading.Thread(target=self._take, args=(server,), daemon=True).start()

    def cut(self) -> None:
        """Break every connection and refuse new ones."""
        if self._server is not None:
            with suppress(OSError):
                self._server.shutdown(socket.SHUT_RDWR)
            self._server.close()
            self._server = None
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.clear()

    def _take(self, server: socket.socket) -> None:
        while True:
            try:
                near, _ = server.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._to), timeout=5)
            except OSError:
                near.close()
                continue
            self._open += [near, far]
            for a, b in ((near, far), (far, near)):
                threading.Thread(target=_pump, args=(a, b), daemon=True).start()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    for one in (source, target):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


@dataclass
class City:
    """One deployment; *name* is how the other one knows it."""

    name: str
    url: str  # DATABASE_URL
    content: Path
    folder: Path
    port: int
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def surroundings(self) -> dict[str, str]:
        """Return its environment."""
        own = {
            "DATABASE_URL": self.url,
            "YIJIANSHI_MODE": "demo",
            "YIJIANSHI_VAR": str(self.folder / "var"),
            "YIJIANSHI_CONTENT": str(self.content),
            "YIJIANSHI_EXCHANGE_NAME": self.name,
            "YIJIANSHI_PUBLIC_URL": self.address,
            "DJANGO_SETTINGS_MODULE": "yijianshi.config.settings",
            "PYTHONPATH": str(ROOT),
        }
        return {**os.environ, **own}

    def run(self, *words: str) -> str:
        """Run one command of the house to its end and return what it printed."""
        command = [sys.executable, "-m", "yijianshi", *words]
        done = subprocess.run(command, env=self.surroundings, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, name: str, *words: str) -> None:
        """Start one of its programs."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "yijianshi", *words], env=self.surroundings, cwd=ROOT, stdout=log, stderr=log
            )

    def serve(self) -> None:
        """Start web server and worker."""
        self.start("web", "serve", "--port", str(self.port))
        self.start("worker", "worker")

    def end(self) -> None:
        """Stop everything it runs."""
        for program in self.running.values():
            program.terminate()
        for program in self.running.values():
            with suppress(subprocess.TimeoutExpired):
                program.wait(20)
            program.kill()
        self.running.clear()

    def know(
        self, other: "City", place: dict[str, str], region: str, port: int, *, decides: Sequence[str] = (), **more: Any
    ) -> None:
        """Enter the other city as a neighbour, reached through *port*; *decides*: the items of its applications decided here."""
        entry = {
            "code": other.name,
            "name": {"zh": f"{place['zh']}政务服务平台", "en": f"{place['en']} government services"},
            "connector": "http_push",
            "options": {"address": f"http://127.0.0.1:{port}/api/exchange/v1/{self.name}", "timeout_seconds": 10},
            "public_key": other.run("neighbours", "key").strip(),
            "peer": {"region": region, "name": place, "items": list(decides)},
            **more,
        }
        file = self.folder / "neighbours.yaml"
        file.write_text(json.dumps({"neighbours": [entry]}), encoding="utf-8")
        self.run("neighbours", "apply", str(file))


def free_port(first: int) -> int:
    """Return a free port from *first* on."""
    return ports.choose("127.0.0.1", first, must_be=False)[0]


def until(holds: Callable[[], Any], else_: str | Callable[[], str], seconds: float = PATIENCE) -> Any:
    """Return what *holds* returns once it is true; fails with *else_*."""
    give_up = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < give_up, else_() if callable(else_) else else_
        time.sleep(0.3)
    return found


def outstanding(city: City) -> list[tuple[object, ...]]:
    """Return what the city wrote to its neighbours that is not delivered, and what it received that is not applied."""
    told = "SELECT neighbour, kind, about, sequence, attempts, error FROM"
    waiting = f"{told} exchange_outgoing WHERE delivered_at IS NULL"
    unread = f"{told} exchange_received WHERE applied_at IS NULL"
    with psycopg.connect(city.url, autocommit=True) as database:
        return [*database.execute(waiting).fetchall(), *database.execute(unread).fetchall()]


def is_ready(city: City) -> bool:
    """Say whether web server and worker are alive."""
    with suppress(OSError), urllib.request.urlopen(f"{city.address}/readyz", timeout=2) as answer:
        return b'"worker": "alive"' in answer.read()
    return False

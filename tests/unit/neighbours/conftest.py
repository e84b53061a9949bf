"""A house for the simulators to talk to: a small server that takes callbacks, and a hand that signs requests."""

import json
import threading
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import gmssl_pyx
import pytest

from neighbours.engine import signing
from neighbours.engine.running import House, Running
from neighbours.engine.server import up
from neighbours.engine.signing import KeyPair
from neighbours.systems import SYSTEMS

PACE = 0.05


@dataclass
class Listener:
    """The house's inbox: keeps what comes and what it was signed with, answers as told."""

    key: KeyPair
    url: str = ""
    heard: list[dict[str, Any]] = field(default_factory=list)
    requests: list[tuple[dict[str, str], str, bytes]] = field(default_factory=list)
    answers: list[tuple[int, bytes]] = field(default_factory=list)  # the next answers; when empty, everything is taken
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, enough: Callable[[list[dict[str, Any]]], bool], seconds: float = 10) -> list[dict[str, Any]]:
        """Return what was heard as soon as it is *enough*; fails after *seconds*."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: enough(self.heard), seconds), self.heard
            return list(self.heard)

    def kinds(self, about: str) -> list[str]:
        """Return the kinds of what was heard about one case, by sequence, each once."""
        return [kind for _, kind in sorted({(one["sequence"], one["kind"]) for one in self.heard if one["about"] == about})]


def post(running: Running, key: KeyPair, path: str, content: Any, **headers: str) -> tuple[int, Any]:
    """Send one signed request and return status and answer."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    signed = {**signing.signed_headers(key, "yijianshi", "POST", path, body), **headers}
    request = urllib.request.Request(f"http://127.0.0.1:{running.port}{path}", body, signed, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            read = answer.read()
            status = answer.status
    except urllib.error.HTTPError as error:
        read, status = error.read(), error.code
    try:
        return status, json.loads(read)
    except ValueError:
        return status, read


def handed_over(about: str, item: str, facts: dict[str, Any], sequence: int = 1) -> dict[str, Any]:
    """Return the message that hands a case over."""
    body = {"item": item, "facts": facts, "materials": []}
    return message("case.handed_over", about, sequence, body)


def message(kind: str, about: str, sequence: int, body: dict[str, Any]) -> dict[str, Any]:
    """Return a message of the house."""
    at = "2026-11-23T02:03:04.000005Z"
    return {"id": str(uuid.uuid4()), "kind": kind, "about": about, "sequence": sequence, "at": at, "body": body}


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Keep a house listening on loopback."""
    public, private = gmssl_pyx.sm2_key_generate()
    house = Listener(KeyPair(private, public))

    class Inbox(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with house.arrived:
                status, answer = house.answers.pop(0) if house.answers else (200, b"")
                house.requests.append((dict(self.headers), self.path, body))
                if status == 200 and not answer:
                    house.heard += json.loads(body)["messages"]
                    answer = json.dumps({"taken": [one["id"] for one in json.loads(body)["messages"]], "refused": []}).encode()
                house.arrived.notify_all()
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Inbox)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    house.url = f"http://127.0.0.1:{server.server_port}"
    yield house
    server.shutdown()
    server.server_close()


@pytest.fixture
def start(listener: Listener, tmp_path: Path) -> Callable[[str], Any]:
    """Return a context that runs one system against the listener; the same folder each time, as after a restart."""
    return lambda code: up([SYSTEMS[code]], tmp_path, House(listener.url, listener.key.public), pace=PACE)


CHILD = {
    "XM": "李小满",
    "XB": "2",
    "CSRQ": "2026-11-17",
    "MZ": "01",
    "MQXM": "王芳",
    "MQSFHM": "410105199508163025",
    "CSZMBH": "X410000123",
    "HKLB": "1",
    "HH": "410105000101",
    "LHDZ": "河南省郑州市金水区示范路1号院2号楼301室",
}

"""Every kind of connector against a real simulator on loopback: the police's system, reached in four ways."""

import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import gmssl_pyx
import pytest

from neighbours.engine.running import House, Running
from neighbours.engine.server import up
from neighbours.systems import SYSTEMS
from yijianshi.exchange import keys
from yijianshi.exchange.connectors import registry, signature, wire
from yijianshi.exchange.connectors.port import Away, Connector, Ground, Message
from yijianshi.exchange.connectors.signature import NotTheirs

KINDS = ("http_push", "http_poll", "file_drop", "mqtt_queue", "vertical")
QUICK = {
    "http_push": {"timeout_seconds": 2},
    "http_poll": {"timeout_seconds": 2, "every_seconds": 0.1},
    "file_drop": {"answer_seconds": 2, "every_seconds": 0.1},
    "vertical": {"timeout_seconds": 2, "every_seconds": 0.1},
    "mqtt_queue": {"timeout_seconds": 2, "every_seconds": 0.1},
}
BIRTH = "household-registration-birth"
CHILD = {"XM": "李小满", "XB": "2", "CSRQ": "2026-11-17", "CSZMBH": "X410000123", "HKLB": "1", "HH": "410105000101"}


@dataclass
class Listener:
    """The house's inbox for neighbours that call: takes what is signed, refuses what is not, as the real one does."""

    url: str = ""
    ground: Ground | None = None
    heard: list[Message] = field(default_factory=list)
    refused: int = 0


@dataclass
class Side:
    """The house with its connector on one side, the simulator on the other."""

    kind: str
    connector: Connector
    simulator: Running
    listener: Listener
    heard: list[Message] = field(default_factory=list)

    def hand_over(self, about: str, item: str = BIRTH, facts: dict[str, Any] | None = None, sequence: int = 1) -> Message:
        """Return a message that hands a case over."""
        body = {"item": item, "facts": facts or CHILD, "materials": []}
        return Message(uuid.uuid4(), "case.handed_over", about, sequence, datetime.now(UTC), body)

    def hear(self, enough: Callable[[list[Message]], bool], seconds: float = 15) -> list[Message]:
        """Return all that was heard, as soon as it is *enough*; what is collected is confirmed."""
        give_up = time.monotonic() + seconds
        while not enough(self.heard) and time.monotonic() < give_up:
            self._once()
            time.sleep(0.05)
        assert enough(self.heard), [(one.about, one.sequence, one.kind) for one in self.heard]
        return self.heard

    def silence(self, seconds: float) -> list[Message]:
        """Listen for some time and return what was heard all the same."""
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            self._once()
            time.sleep(0.05)
        return self.heard

    def _once(self) -> None:
        if self.connector.pushes:
            self.heard = list(self.listener.heard)
            return
        try:
            came = self.connector.collect()
            self.heard += came
            if came:
                self.connector.confirm(came)
        except Away:
            return


def told_about(about: str, heard: list[Message]) -> list[str]:
    """Return the kinds told about one case in the order of their numbers, each once."""
    return [kind for _, kind in sorted({(one.sequence, one.kind) for one in heard if one.about == about})]


def is_told(about: str) -> Callable[[list[Message]], bool]:
    """Say whether the whole of a smooth case was told."""
    return lambda heard: told_about(about, heard) == ["case.accepted", "case.approved", "case.delivered"]


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Keep an inbox open."""
    inbox = Listener()

    class Inbox(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = _take(inbox, dict(self.headers), self.path, body)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Inbox)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    inbox.url = f"http://127.0.0.1:{server.server_port}"
    yield inbox
    server.shutdown()
    server.server_close()


def _take(inbox: Listener, headers: dict[str, str], path: str, body: bytes) -> tuple[int, dict[str, Any]]:
    assert inbox.ground is not None
    try:
        signature.prove(inbox.ground, headers, "POST", path, body)
        messages = wire.to_messages(json.loads(body))
    except NotTheirs:
        inbox.refused += 1
        return 401, {}
    except (Away, ValueError):
        inbox.refused += 1
        return 400, {}
    inbox.heard += messages
    return 200, {"taken": [str(one.id) for one in messages], "refused": []}


@pytest.fixture(params=KINDS)
def side(request: pytest.FixtureRequest, listener: Listener, tmp_path: Path) -> Iterator[Side]:
    """Run the police's system behind each kind of line, with a connector to it."""
    kind: str = request.param
    public, private = gmssl_pyx.sm2_key_generate()
    system = replace(SYSTEMS["police"], transport=kind)
    with up([system], tmp_path, House(listener.url, public), pace=0.05) as (simulator,):
        connector, ground = connect(kind, simulator, keys.SoftwareSigner(private, public), tmp_path)
        listener.ground = ground
        yield Side(kind, connector, simulator, listener)
        connector.close()


def connect(kind: str, simulator: Running, signer: keys.SoftwareSigner, folder: Path, **other: Any) -> tuple[Connector, Ground]:
    """Return a connector of this kind to the simulator, and the ground it stands on."""
    verify = keys.SoftwareVerifier(simulator.key.public.hex())
    ground = Ground(
        neighbour="police",
        sender="yijianshi",
        sign=signer,
        key_id=signer.key_id,
        verify=verify,
        now=time.time,
        folder=str(folder),
    )
    found = registry.kinds()[kind]
    options = {**simulator.options, **QUICK[kind], **other}
    return found.make(found.options.model_validate(options), ground), ground

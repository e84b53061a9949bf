"""One running system: its storage, its key, its way to behave, and the threads that move cases and speak to the house."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from neighbours.engine import cases, ministry, outgoing
from neighbours.engine.behaviour import Behaviour
from neighbours.engine.declaring import System
from neighbours.engine.signing import KeyPair, key_in
from neighbours.engine.store import Store

log = logging.getLogger("neighbours")
TICK_SECONDS = 0.1
GATHER_SECONDS = 1.0


@dataclass(frozen=True)
class House:
    """The house as the system knows it: where it listens, what it calls itself, the public key that checks what it sends."""

    url: str = ""
    public_key: bytes = b""


@dataclass
class Running:
    """One system, up and running."""

    system: System
    folder: Path
    house: House
    port: int = 0
    queue_port: int = 0
    behaviour: Behaviour = field(default_factory=Behaviour)
    key: KeyPair = field(init=False)
    store: Store = field(init=False)
    _over: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = key_in(self.folder)
        self.store = Store(self.folder / f"{self.system.code}.sqlite3", self.system)

    @property
    def due(self) -> float:
        """Return when a case that moves now is next looked at."""
        return time.time() + self.behaviour.pace

    @property
    def options(self) -> dict[str, Any]:
        """Return what the house's connector must know to reach it."""
        if self.system.transport == "file_drop":
            return {"folder": str(self.folder / "exchange")}
        if self.system.transport == "mqtt_queue":
            return {"port": self.queue_port}
        address = {"address": f"http://127.0.0.1:{self.port}"}
        if self.system.transport == "vertical":
            return {**address, "every_seconds": 1, "states": dict(ministry.STATES)}
        return {**address, "every_seconds": 1} if self.system.transport == "http_poll" else address

    @property
    def is_over(self) -> bool:
        """Return whether it is being stopped."""
        return self._over.is_set()

    def start(self, name: str, turn: Callable[[], bool]) -> None:
        """Run *turn* again and again in a thread; it says whether there was anything to do. A fault is told and tried again."""
        thread = threading.Thread(target=self._turns, args=(name, turn), name=f"{self.system.code}-{name}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait, and return whether the system is still to run."""
        return not self._over.wait(seconds)

    def halt(self) -> None:
        """End the threads."""
        self._over.set()
        for thread in self._threads:
            thread.join(10)

    def move_cases(self) -> bool:
        """Move every case that is due by one step."""
        if not self.behaviour.speaks or self.behaviour.by_hand:
            return False
        rows = self.store.rows("SELECT about FROM _thread WHERE due <= ? ORDER BY due LIMIT 50", time.time())
        if rows:
            with self.store.writing() as db:
                for row in rows:
                    cases.step(db, self.system, row["about"], due=self.due)
        return bool(rows)

    def decide_by_hand(self, about: str, hand: str) -> None:
        """Take the next step of one case as a person wants it: accept, correct or refuse."""
        with self.store.writing() as db:
            cases.step(db, self.system, about, due=self.due, hand=hand)

    def gather(self) -> None:
        """A system that mixes up the order first lets some messages come together."""
        if self.behaviour.kind == "reorder":
            self._over.wait(GATHER_SECONDS)

    def to_say(self, most: int = 100) -> list[dict[str, Any]]:
        """Return what is due to be said, bent by the present behaviour."""
        if not self.behaviour.speaks:
            return []
        return [one.as_json() for one in self.behaviour.shuffled(outgoing.waiting(self.store, most))]

    def _turns(self, name: str, turn: Callable[[], bool]) -> None:
        while not self._over.is_set():
            try:
                busy = turn()
            except Exception:
                log.exception("%s %s", self.system.code, name)
                busy = False
                self._over.wait(1.0)
            if not busy:
                self._over.wait(TICK_SECONDS)

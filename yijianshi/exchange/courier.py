"""The courier carries messages out and collects what waits, each neighbour and lane in a thread of its own: none delays another.

A **lane** is one kind of carrying (messages out, messages in, and what other parts of this room add). Killed at any moment
it loses nothing: what it had taken comes back when the lease ends, and the neighbour knows messages by their ids.
"""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import psycopg
import structlog
from django.db import DatabaseError, connection
from procrastinate.contrib.django.utils import connector_params

from yijianshi.exchange.commands import answers, carry
from yijianshi.exchange.commands.receive import receive
from yijianshi.exchange.commands.tables import COURIER_CHANNEL
from yijianshi.exchange.connectors.port import Away, Connector, Refused
from yijianshi.exchange.entrance.reading import carry_claims, carry_reads, has_registers
from yijianshi.exchange.logic.breaker import Breaker
from yijianshi.exchange.queries.neighbours import NeighbourCard, connect, list_neighbours
from yijianshi.foundation import clock

_LOOK_SECONDS = 5.0  # how often the list of neighbours is looked at
_IDLE_SECONDS = 1.0  # fallback when a notification is lost
_PAUSE_SECONDS = 2.0  # after the database went away
_log = structlog.get_logger()

Carry = Callable[[NeighbourCard, Connector, int], int]


@dataclass(frozen=True, slots=True)
class Lane:
    """One kind of carrying: *carry* does up to so many and returns how many it did; *when* says for which neighbours.

    *hears* tells from that number whether the neighbour was spoken to at all: a lane with nothing to do says nothing about it.
    *hasten* makes what rests in this lane due at once.
    """

    name: str
    carry: Carry
    when: Callable[[NeighbourCard, Connector], bool] = lambda card, connector: True
    every_seconds: Callable[[Connector], float] = lambda connector: _IDLE_SECONDS
    hears: Callable[[int], bool] = bool
    hasten: Callable[[str, datetime], None] = lambda neighbour, at: None


def carry_out(card: NeighbourCard, connector: Connector, most: int) -> int:
    """Send what is due and write down what became of it; raises Away after doing so."""
    claimed = carry.claim(card.code, most, at=clock.now())
    if not claimed:
        return 0
    connection.close()  # no connection is held while a neighbour takes its time
    try:
        sent = connector.send([one.message for one in claimed])
    except (Away, Refused) as error:
        carry.note_away(claimed, str(error), at=clock.now(), jitter=_jitter())
        raise
    except Exception as error:  # a fault of the connector must not stop the messages for good
        carry.note_away(claimed, f"{type(error).__name__}: {error}", at=clock.now(), jitter=_jitter())
        raise
    carry.note_sent(claimed, sent, at=clock.now(), jitter=_jitter())
    return len(claimed)


def carry_in(card: NeighbourCard, connector: Connector, _most: int) -> int:
    """Collect what waits for us, store it, and only then confirm."""
    messages = connector.collect()
    if messages:
        receive(card.code, messages, at=clock.now())
        connection.close()
        connector.confirm(messages)
    return len(messages)


LANES: list[Lane] = [
    Lane("out", carry_out, hasten=lambda neighbour, at: carry.hasten(neighbour, at=at)),
    Lane(
        "in",
        carry_in,
        when=lambda _card, connector: not connector.pushes,
        every_seconds=lambda connector: connector.interval_seconds,
        hears=lambda done: True,
    ),
    Lane("reads", carry_reads, when=has_registers, hasten=lambda neighbour, at: answers.hasten_reads(neighbour, at=at)),
    Lane("claims", carry_claims, when=has_registers, hasten=lambda neighbour, at: answers.hasten_claims(neighbour, at=at)),
]


def add_lane(lane: Lane) -> None:
    """Let rooms above carry something of their own; a lane of that name is replaced."""
    LANES[:] = [*(one for one in LANES if one.name != lane.name), lane]


@dataclass
class Carrier:
    """One neighbour's one lane, in a thread of its own."""

    card: NeighbourCard
    lane: Lane
    connector: Connector
    stop: threading.Event = field(default_factory=threading.Event)
    wake: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self.thread = threading.Thread(target=self._run, name=f"{self.card.code}:{self.lane.name}", daemon=True)
        self.thread.start()

    def end(self) -> None:
        """Ask it to end; it ends after what it has in hand."""
        self.stop.set()
        self.wake.set()

    def _run(self) -> None:
        try:
            while not self.stop.is_set():
                self._one_round()
        finally:
            self.connector.close()
            connection.close()

    def _one_round(self) -> None:
        rest = self.lane.every_seconds(self.connector)
        try:
            breaker = carry.load_breaker(self.card.code)
            if breaker.lets_through(clock.now()):
                rest = self._carry(breaker, rest)
        except (DatabaseError, psycopg.Error) as error:
            _log.warning("courier.database_away", why=type(error).__name__)
            rest = _PAUSE_SECONDS
        finally:
            connection.close()
        if rest:
            self.wake.wait(rest)
            self.wake.clear()

    def _carry(self, breaker: Breaker, rest: float) -> float:
        """Return how long to rest: not at all while there was something to do, as the rate limit allows."""
        limits = self.card.entry.limits
        started = time.monotonic()
        try:
            if breaker.probes:  # after an outage nothing waits for its own turn any more: the breaker alone decides
                self.lane.hasten(self.card.code, clock.now())
            done = self.lane.carry(self.card, self.connector, 1 if breaker.probes else limits.batch)
        except (DatabaseError, psycopg.Error):
            raise
        except Exception as error:
            self._failed(breaker, error)
            return rest
        if breaker != Breaker() and self.lane.hears(done):
            carry.store_breaker(self.card.code, breaker.after_success(), at=clock.now())
        return max(0.0, done / limits.per_second - (time.monotonic() - started)) if done else rest

    def _failed(self, breaker: Breaker, error: Exception) -> None:
        asked = error.after if isinstance(error, Away) else None
        after = breaker.after_failure(clock.now(), _jitter(), asked)
        carry.store_breaker(self.card.code, after, at=clock.now(), error=f"{type(error).__name__}: {error}")
        known = isinstance(error, Away | Refused)
        _log.warning(
            "courier.failed",
            neighbour=self.card.code,
            lane=self.lane.name,
            why=str(error)[:200] if known else type(error).__name__,
            failures=after.failures,
            exc_info=None if known else error,
        )


class Courier:
    """All carriers of this process; follows changes of the neighbour list."""

    def __init__(self) -> None:
        self._carriers: dict[tuple[str, str], Carrier] = {}
        self._left_out: set[tuple[str, str, int]] = set()  # neighbour, lane, revision: not for this neighbour

    def run(self, stop: threading.Event) -> None:
        """Carry until *stop* is set; survives restarts of the database."""
        while not stop.is_set():
            try:
                with psycopg.connect(**connector_params(), autocommit=True) as listener:
                    listener.execute(f"LISTEN {COURIER_CHANNEL}")
                    self._watch(listener, stop)
            except (DatabaseError, psycopg.Error) as error:
                _log.warning("courier.database_away", why=type(error).__name__)
                connection.close()
                stop.wait(_PAUSE_SECONDS)
        for carrier in self._carriers.values():
            carrier.end()
        for carrier in self._carriers.values():
            if carrier.thread:
                carrier.thread.join(timeout=20)
        connection.close()

    def _watch(self, listener: "psycopg.Connection[tuple[object, ...]]", stop: threading.Event) -> None:
        looked = 0.0
        while not stop.is_set():
            if time.monotonic() - looked > _LOOK_SECONDS:
                self._follow(list_neighbours(fresh=True))
                connection.close()
                looked = time.monotonic()
            if any(True for _ in listener.notifies(timeout=0.5, stop_after=1)):
                for carrier in self._carriers.values():
                    carrier.wake.set()

    def _follow(self, cards: list[NeighbourCard]) -> None:
        """Start, replace and end carriers so that they fit the list."""
        wanted = {card.code: card for card in cards if card.is_enabled}
        for key, carrier in list(self._carriers.items()):
            card = wanted.get(key[0])
            if card is None or card.revision != carrier.card.revision:
                carrier.end()
                del self._carriers[key]
        for code, card in wanted.items():
            for lane in LANES:
                if (code, lane.name) not in self._carriers and (code, lane.name, card.revision) not in self._left_out:
                    self._begin(card, lane)

    def _begin(self, card: NeighbourCard, lane: Lane) -> None:
        try:
            connector = connect(card)
        except Exception as error:  # one wrong entry must not keep the others from being served
            _log.warning("courier.cannot_connect", neighbour=card.code, exc_info=error)
            return
        if not lane.when(card, connector):
            connector.close()
            self._left_out.add((card.code, lane.name, card.revision))
            return
        carrier = self._carriers[card.code, lane.name] = Carrier(card, lane, connector)
        carrier.start()


def run_courier(stop: threading.Event) -> None:
    """Carry until *stop* is set."""
    Courier().run(stop)


def _jitter() -> float:
    return random.uniform(0.7, 1.3)  # noqa: S311

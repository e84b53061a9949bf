"""The busiest pages against a bare view with one query: one granian server, loopback only, a bounded number of requests."""

from __future__ import annotations

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from benchmarks import house, machine, server
from benchmarks.frame import Goal, Measurement, PeerCouldNotRun, Report, measure
from benchmarks.peers import ROOT

MOST_QUERIES = 12
MOST_CLIENTS = 32
_SETTINGS = "benchmarks.pages.settings"
_NAKED_SETTINGS = "benchmarks.pages.naked"
_NOTES = (
    "Each figure is how many times the 95th percentile of the bare view, which passes through the same middleware.",
    "The naked view is the bare one on a second server without any middleware: no session, no account, no log line.",
    "One process with four threads; kept-alive clients on loopback, all on one page at a time; session and actor read each time.",
)


@dataclass(frozen=True, slots=True)
class Options:
    """`visits`: requests of each client per page and round; `clients`: how many at once; `finished`: applications there."""

    visits: int = 40
    clients: int = 1
    finished: int = 0

    @classmethod
    def of(cls, words: Mapping[str, str]) -> Options:
        """Raises ValueError for an unknown option or a number out of range."""
        unknown = set(words) - {"visits", "clients", "finished"}
        if unknown:
            raise ValueError(f"The pages have no option {', '.join(sorted(unknown))}; they know: visits, clients, finished.")
        chosen = cls(**{name: int(word) for name, word in words.items()})
        if chosen.visits < 2 or not 1 <= chosen.clients <= MOST_CLIENTS or chosen.finished < 0:
            raise ValueError(f"visits must be at least 2, clients 1 to {MOST_CLIENTS}, finished at least 0.")
        return chosen


@dataclass
class Page:
    """One page as a contestant: a round is `visits` requests of each client, its time their 95th percentile."""

    name: str
    path: str
    cookie: str
    port: int
    options: Options
    expected: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.expected = {"answered": self.options.visits * self.options.clients}

    def run_round(self) -> Measurement:
        clients = self.options.clients
        with ThreadPoolExecutor(clients) as crowd:
            visited = list(crowd.map(lambda _: self._visit(), range(clients)))
        seconds = [second for times, _ in visited for second in times]
        return Measurement(statistics.quantiles(seconds, n=20)[-1], {"answered": sum(answered for _, answered in visited)})

    def close(self) -> None:
        """Nothing to give back."""

    def _visit(self) -> tuple[list[float], int]:
        """Return the seconds of one client's visits, and how many were answered well."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        seconds, answered = [], 0
        for _ in range(self.options.visits):
            started = time.perf_counter()
            connection.request("GET", self.path, headers={"Cookie": self.cookie, "Accept": "text/html"})
            answer = connection.getresponse()
            answer.read()
            seconds.append(time.perf_counter() - started)
            answered += answer.status == 200
        connection.close()
        return seconds, answered


def run(rounds: int, options: Mapping[str, str]) -> Report:
    """Measure all pages (`Options`). Raises ValueError, PeerCouldNotRun, ResultsDiffer."""
    chosen = Options.of(options)
    with server.running() as running:
        described = machine.describe(**running.settings())
        url = running.fresh(server.OURS)
        try:
            house.migrate(url)
            stage = _stage(url, chosen.finished)
            with _serving(url, _SETTINGS) as port, _serving(url, _NAKED_SETTINGS) as naked:
                pages = [Page(name, one["path"], one["cookie"], port, chosen) for name, one in stage.items()]
                pages.append(Page("naked", stage["bare"]["path"], "", naked, chosen))
                measured = measure(pages, rounds)
        finally:
            running.drop(server.OURS)
    named = [name for name in stage if name != "bare"]
    slower = {name: measured.ratio("bare", name) for name in named}
    goals = [Goal(f"{name}: p95, times the bare view", slower[name].median, 3.0, at_most=True) for name in named]
    goals += [Goal(f"{name}: queries", stage[name]["queries"], MOST_QUERIES, unit="", at_most=True) for name in named]
    figures: dict[str, Any] = {name: slower[name].as_json() for name in named}
    figures["against the naked view"] = {name: measured.ratio("naked", name).as_json() for name in ("bare", *named)}
    return Report("pages", described, rounds, figures, goals, notes=_NOTES)


def _stage(url: str, finished: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.pages.visit", "--finished", str(finished)]
    done = subprocess.run(command, cwd=ROOT, env=_surroundings(url, _SETTINGS), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise PeerCouldNotRun("The stage could not be set; see the messages above.")
    staged: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return staged


@contextmanager
def _serving(url: str, settings: str) -> Iterator[int]:
    port = _free_port()
    command = [sys.executable, "-m", "yijianshi", "serve", "--port", str(port), "--processes", "1", "--threads", "4"]
    process = subprocess.Popen(command, cwd=ROOT, env=_surroundings(url, settings), stdout=subprocess.DEVNULL)
    try:
        _wait_until_it_answers(process, port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(240):
        if process.poll() is not None:
            raise PeerCouldNotRun("The server ended at once; its message is above.")
        with suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        time.sleep(0.25)
    raise PeerCouldNotRun("The server did not answer within a minute.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _surroundings(url: str, settings: str) -> dict[str, str]:
    return {**os.environ, **house.surroundings(url), "DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": str(ROOT)}

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
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from benchmarks import house, machine, server
from benchmarks.frame import Goal, Measurement, PeerCouldNotRun, Report, measure
from benchmarks.peers import ROOT

MOST_QUERIES = 12
_SETTINGS = "benchmarks.pages.settings"
_NOTES = (
    "Each figure is how many times the 95th percentile of the bare view, which passes through the same middleware.",
    "One process with four threads, one client on loopback with a kept-alive connection; session and actor are read each time.",
)


@dataclass
class Page:
    """One page as a contestant: a round is `visits` requests, its time their 95th percentile."""

    name: str
    path: str
    cookie: str
    port: int
    visits: int
    expected: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.expected = {"answered": self.visits}

    def run_round(self) -> Measurement:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        seconds, answered = [], 0
        for _ in range(self.visits):
            started = time.perf_counter()
            connection.request("GET", self.path, headers={"Cookie": self.cookie, "Accept": "text/html"})
            answer = connection.getresponse()
            answer.read()
            seconds.append(time.perf_counter() - started)
            answered += answer.status == 200
        connection.close()
        return Measurement(statistics.quantiles(seconds, n=20)[-1], {"answered": answered})

    def close(self) -> None:
        """Nothing to give back."""


def run(rounds: int, options: Mapping[str, str]) -> Report:
    """Measure all pages; option `visits`: requests per page and round. Raises ValueError, PeerCouldNotRun, ResultsDiffer."""
    unknown = set(options) - {"visits"}
    if unknown:
        raise ValueError(f"The pages have no option {', '.join(sorted(unknown))}; they know: visits.")
    visits = int(options.get("visits", 40))
    with server.running() as running:
        described = machine.describe(**running.settings())
        url = running.fresh(server.OURS)
        try:
            house.migrate(url)
            stage = _stage(url)
            with _serving(url) as port:
                pages = [Page(name, one["path"], one["cookie"], port, visits) for name, one in stage.items()]
                measured = measure(pages, rounds)
        finally:
            running.drop(server.OURS)
    named = [name for name in stage if name != "bare"]
    slower = {name: measured.ratio("bare", name) for name in named}
    goals = [Goal(f"{name}: p95, times the bare view", slower[name].median, 3.0, at_most=True) for name in named]
    goals += [Goal(f"{name}: queries", stage[name]["queries"], MOST_QUERIES, unit="", at_most=True) for name in named]
    figures = {name: slower[name].as_json() for name in named}
    return Report("pages", described, rounds, figures, goals, notes=_NOTES)


def _stage(url: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.pages.visit"]
    done = subprocess.run(command, cwd=ROOT, env=_surroundings(url), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise PeerCouldNotRun("The stage could not be set; see the messages above.")
    staged: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return staged


@contextmanager
def _serving(url: str) -> Iterator[int]:
    port = _free_port()
    command = [sys.executable, "-m", "yijianshi", "serve", "--port", str(port), "--processes", "1", "--threads", "4"]
    process = subprocess.Popen(command, cwd=ROOT, env=_surroundings(url), stdout=subprocess.DEVNULL)
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


def _surroundings(url: str) -> dict[str, str]:
    return {**os.environ, **house.surroundings(url), "DJANGO_SETTINGS_MODULE": _SETTINGS, "PYTHONPATH": str(ROOT)}

"""Hand-overs a second on the whole way; the others' wait when one of six neighbours is down; nothing lost or twice in a flood."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

import gmssl_pyx

from benchmarks import house, machine, server
from benchmarks.frame import Goal, PeerCouldNotRun, Report, ResultsDiffer
from benchmarks.peers import ROOT
from yijianshi.config import ports

DATABASE = "yijianshi_bench_exchange"
DOWN = "medical-insurance"  # nothing waits for it, so only its own cases may be late
_NOTES = (
    "A hand-over: outbox, courier, signed request, neighbour, signed callback, inbox, accept and approve with certificate.",
    "Six neighbours in one process answer at once; web server, worker, neighbours and database share the processors.",
    "steady: one application (six hand-overs) every so often; waits are from the moment a case can begin to its decision.",
    "flood: through the entrance with signature and nonce, without a socket; 5 % doubled, 5 % moved, 1 % of the messages spoilt.",
)


def run(rounds: int, options: Mapping[str, str]) -> Report:
    """Measure. Options: applications (a burst), steady (applications), every (seconds), messages. Raises ResultsDiffer."""
    known = {"applications": 64, "steady": 30, "every": 0.4, "messages": 100_000}
    if set(options) - set(known):
        raise ValueError(f"The exchange knows: {', '.join(known)}.")
    size = {name: float(options.get(name, value)) for name, value in known.items()}
    with server.running() as running:
        described = machine.describe(**running.settings())
        url = running.fresh(DATABASE)
        house.migrate(url)
        try:
            with _everything(url) as play:
                figures, goals = _measure(play, rounds, size)
        finally:
            running.drop(DATABASE)
    return Report("exchange", described, rounds, figures, goals, _NOTES)


class Play:
    """The two processes that are spoken to: who submits, and who answers."""

    def __init__(self, driver: subprocess.Popen[str], neighbours: subprocess.Popen[str]) -> None:
        self._driver, self._neighbours = driver, neighbours

    def do(self, **asked: Any) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(_ask(self._driver, json.dumps(asked)))
        return answer

    def set(self, word: str, code: str) -> None:
        _ask(self._neighbours, f"{word} {code}")


def _measure(play: Play, rounds: int, size: Mapping[str, float]) -> tuple[dict[str, Any], list[Goal]]:
    number = int(size["applications"])
    expected = {name: 6 * number for name in ("completed", "decided", "accepted", "delivered")}
    rates = []
    for turn in range(rounds + 1):  # the first one warms up
        found = play.do(do="burst", applications=number)
        if found["proof"] != expected:
            raise ResultsDiffer(f"The burst left {found['proof']}; the work asked for was {expected}.")
        rates += [6 * number / found["seconds"]] if turn else []
    pairs = [_pair(play, size) for _ in range(rounds)]
    ratios = [down / up for up, down in pairs]
    flood = play.do(do="flood", messages=int(size["messages"]))
    if flood["lost"] or flood["twice"] or flood["out of order"]:
        raise ResultsDiffer(f"The flood: {flood}.")
    figures = {
        "hand-overs a second": _spread(rates),
        "p95 wait, one of six down against all up": _spread(ratios),
        "flood": {name: round(value) for name, value in flood.items()},
    }
    goals = [
        Goal("p95 wait with one of six down", statistics.median(ratios), 1.1, at_most=True),
        Goal("lost in the flood", flood["lost"], 0, "messages", at_most=True),
        Goal("twice in the flood", flood["twice"], 0, "messages", at_most=True),
    ]
    return figures, goals


def _pair(play: Play, size: Mapping[str, float]) -> tuple[float, float]:
    """The p95 wait of the other five's cases with all up, then with one down, which catches up afterwards."""
    steady = {"do": "steady", "applications": int(size["steady"]), "every": size["every"], "without": DOWN}
    up = _p95(play.do(**steady)["waits"])
    play.do(do="rest")
    play.set("down", DOWN)
    down = _p95(play.do(**steady)["waits"])
    play.set("up", DOWN)
    play.do(do="rest")
    return up, down


def _p95(waits: Sequence[float]) -> float:
    return statistics.quantiles(waits, n=20)[-1]


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {"median": round(statistics.median(values), 3), "low": round(min(values), 3), "high": round(max(values), 3)}


@contextmanager
def _everything(url: str) -> Iterator[Play]:
    """The web server, the worker, the neighbours and the driver, stopped at the end."""
    port, _ = ports.choose("127.0.0.1", 8900, must_be=False)
    public, private = gmssl_pyx.sm2_key_generate()
    own = {**os.environ, **house.surroundings(url), "YIJIANSHI_LOG_LEVEL": "ERROR"}
    own["YIJIANSHI_EXCHANGE_KEY"] = f"{private.hex()}:{public.hex()}"
    address = f"http://127.0.0.1:{port}"
    started: list[subprocess.Popen[str]] = []

    def start(*words: str, talks: bool = True) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE if talks else subprocess.DEVNULL
        process = subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, env=own, text=True, stdin=pipe, stdout=pipe)
        started.append(process)
        return process

    try:
        start("yijianshi", "serve", "--port", str(port), talks=False)
        neighbours = start("benchmarks.exchange.answering", "--house", address, "--key", public.hex())
        listed = _line(neighbours)
        driver = start("benchmarks.exchange.driving")
        _ask(driver, listed)
        start("benchmarks.exchange.working", talks=False)
        _wait_for(f"{address}/healthz")
        yield Play(driver, neighbours)
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _ask(process: subprocess.Popen[str], line: str) -> str:
    if process.stdin is None:
        raise PeerCouldNotRun("The process has no pipe.")
    process.stdin.write(line.strip() + "\n")
    process.stdin.flush()
    return _line(process)


def _line(process: subprocess.Popen[str]) -> str:
    found = process.stdout.readline() if process.stdout else ""
    if not found:
        raise PeerCouldNotRun("A process of the benchmark ended; its message is above.")
    return found


def _wait_for(url: str) -> None:
    until = monotonic() + 60
    while monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            sleep(0.2)
    raise PeerCouldNotRun("The web server did not start.")

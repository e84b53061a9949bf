"""Which benchmarks there are: NAME → module with `run(rounds, options) -> Report`."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

from benchmarks.frame import FEWEST_ROUNDS, Report

BENCHES: Mapping[str, str] = {
    "handoff": "benchmarks.handoff.bench",
    "compiler": "benchmarks.compiler.bench",
    "content": "benchmarks.content.bench",
    "pages": "benchmarks.pages.bench",
    "exchange": "benchmarks.exchange.bench",
    "certificates": "benchmarks.certificates.bench",
    "replay": "benchmarks.replay.bench",
}


class UnknownBench(LookupError):
    """There is no benchmark of this name."""


def names() -> tuple[str, ...]:
    return tuple(BENCHES)


def run(name: str, rounds: int = FEWEST_ROUNDS, options: Mapping[str, str] | None = None) -> Report:
    """Run one benchmark. Options are words from the command line (`finished=1000000`); each benchmark checks its own.

    Raises UnknownBench, ResultsDiffer, PeerCouldNotRun, and ValueError for fewer than five rounds or a wrong option.
    """
    if name not in BENCHES:
        raise UnknownBench(f"There is no benchmark {name!r}. Choose one of: {', '.join(BENCHES)}.")
    if rounds < FEWEST_ROUNDS:
        raise ValueError(f"{rounds} rounds say too little: a median needs at least {FEWEST_ROUNDS}.")
    report = importlib.import_module(BENCHES[name]).run(rounds, dict(options or {}))
    if not isinstance(report, Report):
        raise TypeError(f"Benchmark {name!r} returned {type(report).__name__} instead of a Report.")
    return report

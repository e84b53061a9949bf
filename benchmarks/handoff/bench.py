"""The hand-off benchmark: who carries one application through six durable department decisions how fast (performance.md B)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

from benchmarks import machine, peers, server
from benchmarks.frame import Report, Rounds, measure
from benchmarks.handoff import newborn

BASE = "spiff"
TOGETHER = 64
_NOTES = (
    "Every figure is how many times faster than SpiffWorkflow with its state in PostgreSQL, paired within a round.",
    "SpiffWorkflow stores only the instance, restores it for each decision, commits once per step; `resident` never restores.",
    "The floor is hand-written pipelined SQL without permissions, events or certificates; the limit is seven bare commits.",
)


@dataclass(frozen=True, slots=True)
class Options:
    """`applications`: per round and contestant one at a time; the batch mode does at least two full batches."""

    applications: int = TOGETHER

    @classmethod
    def of(cls, words: Mapping[str, str]) -> Options:
        """Raises ValueError for an unknown option or a number below one."""
        unknown = set(words) - {"applications"}
        if unknown:
            raise ValueError(f"The hand-off has no option {', '.join(sorted(unknown))}; it knows: applications.")
        applications = int(words.get("applications", TOGETHER))
        if applications < 1:
            raise ValueError("applications must be at least 1.")
        return cls(applications)


def run(rounds: int, options: Mapping[str, str]) -> Report:
    """Measure both modes, one application at a time and 64 together. Raises ResultsDiffer and PeerCouldNotRun."""
    chosen = Options.of(options)
    with server.running() as running:
        settings = running.settings()
        url = running.fresh(server.PEERS)
        described = machine.describe(**settings)
        try:
            single = _play(url, ("spiff", "spiff-resident", "floor", "limit"), 1, chosen.applications, rounds)
            batch = _play(url, ("spiff", "spiff-resident", "floor"), TOGETHER, max(chosen.applications, 2 * TOGETHER), rounds)
        finally:
            running.drop(server.PEERS)
    figures = {"one at a time": _figures(single), f"{TOGETHER} at a time": _figures(batch)}
    return Report("handoff", described, rounds, figures, notes=_NOTES)


def _play(url: str, names: Sequence[str], together: int, applications: int, rounds: int) -> Rounds:
    with _peers(url, names, together, applications) as contestants:
        return measure(contestants, rounds)


@contextmanager
def _peers(url: str, names: Sequence[str], together: int, applications: int) -> Iterator[list[peers.ProcessContestant]]:
    python = str(peers.environment())
    size = ["--url", url, "--together", str(together), "--applications", str(applications)]
    with ExitStack() as stack:
        contestants = []
        for name in names:
            command = [python, "-m", "benchmarks.handoff.peers", name, *size]
            contestant = peers.ProcessContestant(name, command, _expected(name, applications))
            contestants.append(stack.enter_context(closing(contestant)))
        yield contestants


def _expected(name: str, applications: int) -> dict[str, int]:
    if name == "limit":
        return {"commits": applications * newborn.COMMITS}
    return newborn.expected(applications)


def _figures(result: Rounds) -> dict[str, dict[str, float]]:
    return {name: result.ratio(name, BASE).as_json() for name in result.seconds if name != BASE}

"""The hand-off benchmark: who carries one application through six durable department decisions how fast (performance.md B)."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import Any

from benchmarks import house, machine, peers, server
from benchmarks.frame import Goal, Report, Rounds, measure
from benchmarks.handoff import newborn

BASE = "spiff"
TOGETHER = 64
TABLES = "yijianshi_bench_tables"  # the product's empty tables, copied for each process of the product
_MIXED = f"ours {TOGETHER} at a time against SpiffWorkflow one at a time"
_NOTES = (
    "Every figure is how many times faster than SpiffWorkflow with its state in PostgreSQL, paired within a round.",
    "Ours has everything on: permissions, 30 history lines with leaves, outbox, six certificates, clock ledger; eight commits.",
    "64 of ours at a time are also compared with SpiffWorkflow one at a time, which is how its documentation runs it.",
    "SpiffWorkflow stores only the instance, restores it for each decision, commits once per step; `resident` never restores.",
    "The floor is hand-written pipelined SQL without permissions, events or certificates; the limit is seven bare commits.",
)


@dataclass(frozen=True, slots=True)
class Options:
    """`applications`: per round and contestant one at a time; the batch mode does at least two full batches.

    `finished`: how many finished applications lie in the database of one more run of ours; 0 leaves that run out.
    """

    applications: int = TOGETHER
    finished: int = 0

    @classmethod
    def of(cls, words: Mapping[str, str]) -> Options:
        """Raises ValueError for an unknown option or a number below one."""
        unknown = set(words) - {"applications", "finished"}
        if unknown:
            raise ValueError(f"The hand-off has no option {', '.join(sorted(unknown))}; it knows: applications, finished.")
        applications, finished = int(words.get("applications", TOGETHER)), int(words.get("finished", 0))
        if applications < 1 or finished < 0:
            raise ValueError("applications must be at least 1, finished at least 0.")
        return cls(applications, finished)


def run(rounds: int, options: Mapping[str, str]) -> Report:
    """Measure both modes, one application at a time and 64 together. Raises ResultsDiffer and PeerCouldNotRun."""
    chosen = Options.of(options)
    batched = max(chosen.applications, 2 * TOGETHER)
    with server.running() as running:
        settings = running.settings()
        described = machine.describe(**settings)
        house.migrate(running.fresh(TABLES))
        run_ = Run(running, rounds)
        single = run_.play([*SINGLE_PEERS, Line("ours")], 1, chosen.applications)
        batch = run_.play([*BATCH_PEERS, Line("ours")], TOGETHER, batched)
        mixed = run_.play([Line(BASE), Line("ours", TOGETHER)], 1, TOGETHER)
        figures: dict[str, Any] = {"one at a time": _figures(single), f"{TOGETHER} at a time": _figures(batch)}
        figures[_MIXED] = _figures(mixed)
        goals = [
            Goal("one at a time against SpiffWorkflow", single.ratio("ours", BASE).median, 6.0),
            Goal("64 at a time against SpiffWorkflow one at a time", mixed.ratio("ours", BASE).median, 40.0),
        ]
        if chosen.finished:
            full = run_.play([Line("ours"), Line("ours-full", finished=chosen.finished)], 1, chosen.applications)
            slower = full.ratio("ours", "ours-full")
            figures[f"with {chosen.finished} finished, times the empty database"] = {"ours": slower.as_json()}
            goals.append(Goal("time with many finished applications", slower.median, 1.2, at_most=True))
        running.drop(TABLES)
    return Report("handoff", described, rounds, figures, goals, notes=_NOTES)


@dataclass(frozen=True, slots=True)
class Line:
    """One contestant of a run; `together` only where it differs from the others'."""

    name: str
    together: int | None = None
    finished: int = 0


BATCH_PEERS = (Line(BASE), Line("spiff-resident"), Line("floor"))
SINGLE_PEERS = (*BATCH_PEERS, Line("limit"))


@dataclass(frozen=True, slots=True)
class Run:
    """The contestants of one table, started together and measured in turn."""

    server: server.Server
    rounds: int

    def play(self, lines: Sequence[Line], together: int, applications: int) -> Rounds:
        """Start every contestant in a database of its own, measure, and drop the databases."""
        with ExitStack() as stack:
            contestants = []
            for line in lines:
                name = f"{server.OURS if line.name.startswith('ours') else server.PEERS}_{line.name.replace('-', '_')}"
                url = self.server.fresh(name, TABLES if line.name.startswith("ours") else "template1")
                stack.callback(self.server.drop, name)
                contestants.append(stack.enter_context(closing(_started(line, url, line.together or together, applications))))
            return measure(contestants, self.rounds)


def _started(line: Line, url: str, together: int, applications: int) -> peers.ProcessContestant:
    size = ["--together", str(together), "--applications", str(applications)]
    if line.name.startswith("ours"):
        command = [sys.executable, "-m", "benchmarks.handoff.ours", *size, "--finished", str(line.finished)]
        return peers.ProcessContestant(line.name, command, newborn.expected_of_ours(applications), house.surroundings(url))
    command = [str(peers.environment()), "-m", "benchmarks.handoff.peers", line.name, "--url", url, *size]
    return peers.ProcessContestant(line.name, command, _expected(line.name, applications))


def _expected(name: str, applications: int) -> dict[str, int]:
    if name == "limit":
        return {"commits": applications * newborn.COMMITS}
    return newborn.expected(applications)


def _figures(result: Rounds) -> dict[str, dict[str, float]]:
    return {name: result.ratio(name, BASE).as_json() for name in result.seconds if name != BASE}

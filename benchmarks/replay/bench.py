"""How many recorded applications a second run on two versions, against planning each in full on both; equal results first."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from benchmarks import machine
from benchmarks.compiler import bench as content
from benchmarks.frame import Goal, Report, ResultsDiffer, measure
from benchmarks.local import LocalContestant
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import compile_thing, fingerprint
from yijianshi.catalogue.logic.loading import load
from yijianshi.catalogue.logic.paths import Paths, path_of
from yijianshi.insight.logic.recording import Recording, grouped, record
from yijianshi.insight.logic.replay import changes, replay
from yijianshi.insight.logic.samples import sample
from yijianshi.insight.logic.wording import plan_recording
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.workdays import Calendar

THINGS = ("newborn", "restaurant")
FIRST = date(2026, 3, 2)
DISTINCT = 2_000
PLAIN = 40  # of them planned in full, for proof and comparison: that is slow
REPEATED = 10_000  # applications of which many are alike, as they come in life
LIKE = 300  # different ones among those
GOAL = 2_000
SEED = 20_261
_NOTES = (
    "Each application runs on two versions, the one it stood on and a changed one (another promise, a stricter condition).",
    "different: invented answers drawn evenly, no two recordings equal; each round without remembered paths.",
    f"alike: {REPEATED} applications of {LIKE} different ones; each different one is planned once on each version and counted.",
    "plain: the planner with all its words, once a version; equal paths are proven against it before anything is timed.",
    "One process, one processor. Rates are by the clock, of this machine and of the load said with it.",
    "a second of its own: the same rounds by processor time, without the waiting for others; no goal is held against it.",
)


def run(rounds: int, options: Mapping[str, str]) -> Report:
    """Measure both things. Raises ValueError for an option: there are none; ResultsDiffer where a path is not the plan's."""
    if options:
        raise ValueError("Replay has no options.")
    described = machine.describe()
    calendar = content._calendar()
    figures: dict[str, Any] = {}
    goals: list[Goal] = []
    for code in THINGS:
        old, new = _versions(code)
        different = _recordings(old, calendar)
        alike = grouped(_drawn(different))
        _prove(old, new, different[:PLAIN], calendar)
        rates, own = {}, {}
        for name, lot in (("different", different), ("alike", alike)):
            rates[name], own[f"{name}, a second of its own"] = _rates(old, new, lot, calendar, rounds)
        figures[code] = {name: _spread(rate) for name, rate in (rates | own).items()}
        figures[code]["distinct recordings"] = {"different": len(different), "alike": len(alike)}
        against = measure([_plain(old, new, different[:PLAIN], calendar), _quick(old, new, different[:PLAIN], calendar)], rounds)
        figures[code]["times faster than plain"] = against.ratio("quick", "plain").as_json()
        goals += [Goal(f"{code}, {name}", statistics.median(rate), GOAL, "applications/s") for name, rate in rates.items()]
    return Report("replay", described, rounds, figures, goals, _NOTES)


def _versions(code: str) -> tuple[CompiledThing, CompiledThing]:
    """The thing as it is, and with its last item promised a day later and the last conditional one under a stricter rule."""
    old = compile_thing(load(content._files())[0], code)
    written = old.model_dump(mode="json")
    limits = written["items"][-1]["definition"]["limits"]
    limits["promise"] = {**limits["promise"], "working_days": (limits["promise"]["working_days"] or 0) + 1}
    conditional = next(item for item in reversed(written["items"]) if item["when"])
    fact = next(question.fact for question in old.questions if question.type == "CODE")
    option = old.element(fact).options[0].code
    conditional["when"] = f"({conditional['when']}) and {fact} != '{option}'"
    changed = CompiledThing.model_validate({**written, "sha": ""})
    return old, changed.model_copy(update={"sha": fingerprint(changed)})


def _recordings(thing: CompiledThing, calendar: Calendar) -> list[Recording]:
    """Invented applications, no two alike."""
    chance = random.Random(SEED)
    paths, env = Paths(thing, calendar), Environment(FIRST, calendar)
    found: dict[str, Recording] = {}
    while len(found) < DISTINCT:
        one = record(thing, sample(thing, env, chance, paths))
        on = FIRST + timedelta(weeks=len(found) * 12 // DISTINCT)
        moved = Recording(on, one.kept, one.present, one.declined, one.held, one.prior, one.choices)
        found[moved.digest] = moved
    return list(found.values())


def _drawn(different: Sequence[Recording]) -> list[Recording]:
    chance = random.Random(SEED)
    return [chance.choice(different[:LIKE]) for _ in range(REPEATED)]


def _prove(old: CompiledThing, new: CompiledThing, some: Sequence[Recording], calendar: Calendar) -> None:
    moved = 0
    for recording in some:
        before, after = (path_of(plan_recording(thing, recording, calendar)) for thing in (old, new))
        moved += bool(changes(before, after))
        found = replay(old, new, [recording], calendar)
        told = tuple(change for group in found.groups for change in group.changes)
        if told != changes(before, after):
            raise ResultsDiffer(f"{old.code} {recording.digest}: the quick path says {told}, the plan {changes(before, after)}.")
    if not moved:
        raise ResultsDiffer(f"{old.code}: the changed version moves nobody, so nothing is proven.")


def _rates(
    old: CompiledThing, new: CompiledThing, lot: Sequence[Recording], calendar: Calendar, rounds: int
) -> tuple[list[float], list[float]]:
    """Applications a second by the clock and by the processor time spent, each round without remembered paths."""
    by_clock, by_processor = [], []
    for _ in range(rounds):
        started, spent = time.perf_counter(), time.process_time()
        found = replay(old, new, lot, calendar)
        by_clock.append(found.total / (time.perf_counter() - started))
        by_processor.append(found.total / (time.process_time() - spent))
    return by_clock, by_processor


def _spread(rates: Sequence[float]) -> dict[str, float]:
    return {"median": round(statistics.median(rates)), "low": round(min(rates)), "high": round(max(rates))}


def _plain(old: CompiledThing, new: CompiledThing, some: Sequence[Recording], calendar: Calendar) -> LocalContestant:
    return LocalContestant(
        "plain",
        {"applications": len(some)},
        lambda: [[path_of(plan_recording(thing, one, calendar)) for thing in (old, new)] for one in some],
        lambda made: {"applications": len(made)},  # type: ignore[arg-type]
    )


def _quick(old: CompiledThing, new: CompiledThing, some: Sequence[Recording], calendar: Calendar) -> LocalContestant:
    return LocalContestant(
        "quick",
        {"applications": len(some)},
        lambda: replay(old, new, some, calendar),
        lambda made: {"applications": made.total},  # type: ignore[attr-defined]
    )

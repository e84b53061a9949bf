"""All recordings run on two versions: who takes another path, how many, and why (docs/algorithms/replay.md)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.paths import Path, Paths
from yijianshi.catalogue.logic.supplying import effective_facts
from yijianshi.catalogue.logic.twins import Twins, are_met_alike, are_read_alike
from yijianshi.insight.logic.recording import Reader, Recording, offers_of
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.workdays import Calendar

EXAMPLES = 3  # of each group
GROUPS = 50  # told one by one; the rest only as a number


class ChangeKind(StrEnum):
    """What may differ between two paths, most important first."""

    ROUTE = "ROUTE"
    ITEM_ADDED = "ITEM_ADDED"
    ITEM_GONE = "ITEM_GONE"
    ITEM_LATER = "ITEM_LATER"
    ITEM_UNDECIDED = "ITEM_UNDECIDED"
    PROMISE = "PROMISE"
    MATERIAL_ADDED = "MATERIAL_ADDED"
    MATERIAL_GONE = "MATERIAL_GONE"
    MATERIAL_WAY = "MATERIAL_WAY"
    FIELD_ADDED = "FIELD_ADDED"
    FIELD_GONE = "FIELD_GONE"
    ORDER = "ORDER"


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One difference; *subject* is an item, material or fact, *before* and *after* a route, satisfier or number of days."""

    kind: ChangeKind
    subject: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Applications whose paths differ in the same way, with some of their recordings."""

    changes: tuple[Change, ...]
    count: int
    examples: tuple[Recording, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """The outcome: of ``total`` applications ``moved`` take another path; ``each`` counts single changes, ``groups`` whole ones.

    ``distinct`` recordings were planned, ``unused`` answers (fact → applications) the new version does not know.
    """

    total: int
    distinct: int
    moved: int
    each: tuple[tuple[Change, int], ...]
    groups: tuple[Group, ...]
    more_groups: int
    unused: Mapping[str, int]
    days_before: Mapping[int, int]  # promised working days → applications
    days_after: Mapping[int, int]

    @property
    def stayed(self) -> int:
        """Return how many applications take the same path."""
        return self.total - self.moved


@dataclass(slots=True)
class _Tally:
    total: int = 0
    distinct: int = 0
    moved: int = 0
    each: Counter[Change] = field(default_factory=Counter)
    groups: Counter[tuple[Change, ...]] = field(default_factory=Counter)
    examples: dict[tuple[Change, ...], list[Recording]] = field(default_factory=dict)
    unused: Counter[str] = field(default_factory=Counter)
    before: Counter[int] = field(default_factory=Counter)
    after: Counter[int] = field(default_factory=Counter)


class Runner:
    """One version made ready for recordings."""

    def __init__(self, thing: CompiledThing, calendar: Calendar | None) -> None:
        self.thing = thing
        self._calendar = calendar
        self.paths = Paths(thing, calendar)
        self._reader = Reader(thing)

    def path(self, recording: Recording) -> Path:
        """Return the path of a recording on the day it was made."""
        facts = self._reader.facts(recording)
        offers = offers_of(self.thing, recording, facts, Environment(recording.on, self._calendar)) if _offers(recording) else ()
        return self.paths.of(facts, on=recording.on, offers=offers, choices=recording.choices)


class Pair:
    """Two versions made ready for recordings; what both share is read and worked out once."""

    def __init__(self, old: CompiledThing, new: CompiledThing, calendar: Calendar | None) -> None:
        self._runners = Runner(old, calendar), Runner(new, calendar)
        self._things = old, new
        self._ready = self._runners[0].paths, self._runners[1].paths
        self._reader = Reader(old, new)
        self._is_read_alike = are_read_alike(old, new)
        self._is_met_alike = are_met_alike(old, new)
        self._twins: dict[tuple[str, str], Twins] = {}

    def paths(self, recording: Recording) -> tuple[Path, Path]:
        """Return the paths of a recording on the old and the new version, as ``Runner`` tells each."""
        if not self._is_read_alike or (_offers(recording) and not self._is_met_alike):
            return self._runners[0].path(recording), self._runners[1].path(recording)
        facts = self._reader.facts(recording)
        env = self._ready[0].day(recording.on)
        offers = offers_of(self._things[0], recording, facts, env) if _offers(recording) else ()
        known = effective_facts(facts, {}, offers)
        old, new = self._ready[0].ready(known), self._ready[1].ready(known)
        key = (old.thing.sha, new.thing.sha)
        twins = self._twins.get(key)
        if twins is None or not all(key):
            twins = self._twins[key] = Twins(old, new)
        return twins.paths(old.case(known, env, offers, recording.choices or {}))


def replay(old: CompiledThing, new: CompiledThing, recordings: Iterable[Recording], calendar: Calendar | None) -> Replayed:
    """Return what changes for these recordings from *old* to *new*; each distinct recording is planned once on each version."""
    pair = Pair(old, new, calendar)
    known = new.elements_by_name
    tally = _Tally()
    for recording in sorted(recordings, key=lambda one: one.on):
        before, after = pair.paths(recording)
        tally.total += recording.count
        tally.distinct += 1
        tally.before[before.working_days] += recording.count
        tally.after[after.working_days] += recording.count
        for name in recording.kept:
            if name not in known:
                tally.unused[name] += recording.count
        if before != after:
            _add(tally, recording, changes(before, after))
    return _result(tally)


def changes(old: Path, new: Path) -> tuple[Change, ...]:
    """Return every difference between two paths, most important first; empty for equal ones."""
    found = [Change(ChangeKind.ROUTE, "", old.route, new.route)] if old.route != new.route else []
    found += [Change(ChangeKind.ITEM_ADDED, code) for code in _only(new.items, old.items)]
    found += [Change(ChangeKind.ITEM_GONE, code) for code in _only(old.items, (*new.items, *new.later, *new.undecided))]
    found += [Change(ChangeKind.ITEM_LATER, code) for code in _only(new.later, old.later)]
    found += [Change(ChangeKind.ITEM_UNDECIDED, code) for code in _only(new.undecided, old.undecided)]
    if old.working_days != new.working_days:
        found.append(Change(ChangeKind.PROMISE, "", str(old.working_days), str(new.working_days)))
    before, after = dict(old.materials), dict(new.materials)
    found += [Change(ChangeKind.MATERIAL_ADDED, code, "", after[code]) for code in _only(after, before)]
    found += [Change(ChangeKind.MATERIAL_GONE, code, before[code]) for code in _only(before, after)]
    ways = [code for code in before if code in after and before[code] != after[code]]
    found += [Change(ChangeKind.MATERIAL_WAY, code, before[code], after[code]) for code in ways]
    found += [Change(ChangeKind.FIELD_ADDED, name) for name in _only(new.fields, old.fields)]
    found += [Change(ChangeKind.FIELD_GONE, name) for name in _only(old.fields, new.fields)]
    common = set(old.items) & set(new.items)
    moved = {waits for waits in set(old.waits) ^ set(new.waits) if common.issuperset(waits)}
    found += [Change(ChangeKind.ORDER, downstream, upstream) for downstream, upstream in sorted(moved)]
    return tuple(found)


def _offers(recording: Recording) -> bool:
    return bool(recording.held or recording.prior)


def _only(these: Iterable[str], those: Iterable[str]) -> list[str]:
    known = set(those)
    return [one for one in these if one not in known]


def _add(tally: _Tally, recording: Recording, found: tuple[Change, ...]) -> None:
    if not found:  # only the order of items or fields differs: the way is the same
        return
    tally.moved += recording.count
    tally.groups[found] += recording.count
    for change in found:
        tally.each[change] += recording.count
    examples = tally.examples.setdefault(found, [])
    if len(examples) < EXAMPLES:
        examples.append(recording)


def _result(tally: _Tally) -> Replayed:
    order = sorted(tally.groups.items(), key=lambda entry: (-entry[1], entry[0]))
    each: Sequence[tuple[Change, int]] = sorted(tally.each.items(), key=lambda entry: (_RANK[entry[0].kind], -entry[1], entry[0]))
    return Replayed(
        total=tally.total,
        distinct=tally.distinct,
        moved=tally.moved,
        each=tuple(each),
        groups=tuple(Group(found, count, tuple(tally.examples[found])) for found, count in order[:GROUPS]),
        more_groups=max(0, len(order) - GROUPS),
        unused=dict(sorted(tally.unused.items())),
        days_before=dict(sorted(tally.before.items())),
        days_after=dict(sorted(tally.after.items())),
    )


_RANK = {kind: place for place, kind in enumerate(ChangeKind)}

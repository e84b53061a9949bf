"""Open rules as small numbers: each distinct residual is kept once, so asking what is still open costs look-ups."""

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from datetime import date
from weakref import WeakKeyDictionary

from yijianshi.catalogue.logic import worlds
from yijianshi.catalogue.logic.prepared import Prepared
from yijianshi.kernel.rules import Environment, Expr, influences, names, residual

_MAX_RESIDUALS = 50_000
_KEPT_DAYS = 4
_KEPT_IN_MEMORY = 128

Bag = Mapping[int, int]  # open rule → how many rules of the thing have come down to it


class Arena:
    """All residuals met so far on one day, by number, for all things (and versions of them) whose facts have the same values."""

    def __init__(self, domains: Mapping[str, tuple[object, ...]], env: Environment) -> None:
        self.env = env
        self.beginnings: WeakKeyDictionary[Prepared, tuple[int, Bag, Bag]] = WeakKeyDictionary()
        self._domains = domains
        self._lock = threading.Lock()
        self._numbers: dict[Expr, int] = {}
        self._exprs: list[Expr] = []
        self._names: list[frozenset[str]] = []
        self._folds: dict[tuple[int, str, str], int] = {}
        self._live: dict[tuple[int, frozenset[str]], frozenset[str]] = {}
        self._settled: dict[int, bool | None] = {}
        self._shares: dict[int, Mapping[str, int]] = {}

    def number(self, expr: Expr) -> int:
        """Return the number of an expression, giving it one when it is new."""
        found = self._numbers.get(expr)
        if found is not None:
            return found
        mentioned = names(expr)
        with self._lock:  # pages are served by several threads; two of them must not give out one number twice
            if expr not in self._numbers:
                self._exprs.append(expr)
                self._names.append(mentioned)
                self._numbers[expr] = len(self._exprs) - 1
            return self._numbers[expr]

    def start(self, exprs: Iterable[Expr]) -> Bag:
        """Return the rules with all that today settles folded in."""
        return Counter(self.number(residual(expr, {}, self.env)) for expr in exprs)

    def fold(self, bag: Bag, facts: Mapping[str, object]) -> Bag:
        """Return what stays open once these facts are known; equal rests are counted together."""
        for name, value in facts.items():
            key = repr(value)
            folded: dict[int, int] = {}
            for number, count in bag.items():
                rest = self._fold_one(number, name, key, value) if name in self._names[number] else number
                folded[rest] = folded.get(rest, 0) + count
            bag = folded
        return bag

    def value(self, number: int) -> bool | None:
        """Return True or False for a rule that comes out the same whatever is still unknown, None for an open one."""
        if number not in self._settled:
            self._settled[number] = worlds.settled(self._exprs[number], self._domains.get, self.env)
        return self._settled[number]

    def share(self, number: int, name: str) -> int:
        """Return how decisive *name* is for this one open rule (``kernel.rules.influence``)."""
        found = self._shares.get(number)
        if found is None:
            found = self._shares[number] = influences([self._exprs[number]], {}, self.env)
        return found.get(name, 0)

    def live_names(self, number: int, declined: frozenset[str]) -> frozenset[str]:
        """Return the facts that can change this open rule when *declined* stay unknown (``worlds.live_names``)."""
        key = (number, declined & self._names[number])
        found = self._live.get(key)
        if found is None:
            found = self._live[key] = worlds.live_names(self._exprs[number], key[1], self._domains.get, self.env)
        return found

    def settled(self, expr: Expr, facts: Mapping[str, object]) -> bool | None:
        """Return ``value`` of what is left of the rule once these facts are known."""
        number = self.number(expr)
        for name in sorted(self._names[number]):
            if name in facts:
                number = self._fold_one(number, name, repr(facts[name]), facts[name])
        return self.value(number)

    @property
    def is_full(self) -> bool:
        """Say whether so many residuals have gathered that a fresh start is better."""
        return len(self._exprs) > _MAX_RESIDUALS

    def _fold_one(self, number: int, name: str, key: str, value: object) -> int:
        found = self._folds.get((number, name, key))
        if found is None:
            found = self._folds[number, name, key] = self.number(residual(self._exprs[number], {name: value}, self.env))
        return found


_Key = tuple[frozenset[tuple[str, tuple[object, ...]]], date, int]
_arenas: OrderedDict[_Key, Arena] = OrderedDict()
_lock = threading.Lock()


def arena_of(prepared: Prepared, env: Environment) -> Arena:
    """Return the arena for this thing on this day with this calendar, kept beside the prepared thing.

    A changed version asks nearly the same rules: while the possible values are the same it goes on in the same arena.
    """
    for arena in prepared.arenas:
        if isinstance(arena, Arena) and arena.env.today == env.today and arena.env.calendar is env.calendar and not arena.is_full:
            return arena
    arena = _shared(prepared, env)
    prepared.arenas[:] = [arena, *prepared.arenas[: _KEPT_DAYS - 1]]
    return arena


def _shared(prepared: Prepared, env: Environment) -> Arena:
    key = (frozenset(prepared.domains.items()), env.today, id(env.calendar))
    with _lock:
        found = _arenas.pop(key, None)
        if found is None or found.is_full or found.env.calendar is not env.calendar:
            found = Arena(prepared.domains, env)
        _arenas[key] = found
        while len(_arenas) > _KEPT_IN_MEMORY:
            _arenas.popitem(last=False)
    return found

"""What the open rules of a path come to whatever is still unknown, each remembered by exactly the facts it reads."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from yijianshi.catalogue.logic.liveness import Arena, arena_of
from yijianshi.catalogue.logic.prepared import Prepared
from yijianshi.kernel.rules import Environment, Expr, names
from yijianshi.kernel.rules.ir import Call, conjunction, walk

_MOST_REMEMBERED = 10_000
_DAY: Final = "today"
_MISSING = object()  # beside None, which could be a value


class Settling:
    """The rules of one thing and one calendar; a rule that does not read the day is settled once for all days."""

    def __init__(self, prepared: Prepared, exprs: Mapping[str, Expr]) -> None:
        self._prepared = prepared
        self._exprs: dict[str, Expr] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._timed: set[str] = set()
        self._found: dict[tuple[object, ...], bool | None] = {}
        self._any_day: Arena | None = None
        for key, expr in exprs.items():
            self._learn(key, expr)

    def whatever(self, key: str, known: Mapping[str, object], env: Environment) -> bool | None:
        """Return what a rule comes to whatever is still unknown; None for an open one."""
        day = env.today if key in self._timed else None
        question = (key, day, *[known.get(name, _MISSING) for name in self._names[key]])
        if question not in self._found:
            self._found[question] = self._arena(day, env).settled(self._exprs[key], known)
            if len(self._found) > _MOST_REMEMBERED:
                self._found = {question: self._found[question]}
        return self._found[question]

    def together(self, keys: list[str], known: Mapping[str, object], env: Environment) -> bool | None:
        """Return ``whatever`` of these rules joined by and."""
        joined = " ".join(keys)
        if joined not in self._exprs:
            self._learn(joined, conjunction([self._exprs[key] for key in keys]))
        return self.whatever(joined, known, env)

    def _learn(self, key: str, expr: Expr) -> None:
        self._exprs[key] = expr
        self._names[key] = tuple(sorted(names(expr)))
        if any(isinstance(node, Call) and node.function == _DAY for node in walk(expr)):
            self._timed.add(key)

    def _arena(self, day: date | None, env: Environment) -> Arena:
        if day is not None:
            return arena_of(self._prepared, env)
        if self._any_day is None or self._any_day.is_full or self._any_day.env.calendar is not env.calendar:
            self._any_day = Arena(self._prepared.domains, env)
        return self._any_day

"""A neighbour's own names and codes for the facts of the house, both ways."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Dialect:
    """*names*: our name → theirs; *codes*: our name → (our code → theirs). What is not named keeps its name and value."""

    names: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def outward(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return *facts* as the neighbour calls and codes them."""
        return {self.names.get(name, name): _recoded(self.codes.get(name), value) for name, value in facts.items()}

    def inward(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return the neighbour's *fields* as the house calls and codes them."""
        return {
            (name := self._ours.get(theirs, theirs)): _recoded(self._back.get(name), value) for theirs, value in fields.items()
        }

    def ours(self, entries: Any) -> Any:
        """Return the points of a correction under our names for the fields; anything else as it is."""
        if not isinstance(entries, list):
            return entries
        return [
            {**one, "name": self._ours.get(one["name"], one["name"])}
            if isinstance(one, dict) and one.get("kind") == "field" and isinstance(one.get("name"), str)
            else one
            for one in entries
        ]

    @cached_property
    def _ours(self) -> dict[str, str]:
        return {theirs: name for name, theirs in self.names.items()}

    @cached_property
    def _back(self) -> dict[str, dict[str, str]]:
        return {name: {theirs: ours for ours, theirs in codes.items()} for name, codes in self.codes.items()}


def _recoded(codes: Mapping[str, str] | None, value: Any) -> Any:
    if not codes:
        return value
    if isinstance(value, list | tuple):
        return [_recoded(codes, one) for one in value]
    return codes.get(value, value) if isinstance(value, str) else value

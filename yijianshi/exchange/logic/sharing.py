"""What is asked of a register, and what is kept of its answer: nothing that was not asked for, nothing of impossible size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yijianshi.exchange.logic.entries import RegisterEntry

_LONGEST = 2000
_MOST = 100
PLAIN, SENSITIVE = "PLAIN", "SENSITIVE"
SUBJECT_CONTEXT = "exchange.RegisterRead.subject"
VALUE_CONTEXT = "exchange.RegisterRead.value"
CLAIM_CONTEXT = "exchange.Claim"


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer in the house's own names, and the names of what was left out of it."""

    fields: Mapping[str, Any]
    dropped: tuple[str, ...]


def outward(entry: RegisterEntry, fields: Sequence[str]) -> tuple[str, ...]:
    """Return the register's own names for *fields*."""
    return tuple(entry.names.get(one, one) for one in fields)


def kept(entry: RegisterEntry, asked: Sequence[str], answer: Mapping[str, Any]) -> Kept:
    """Return of *answer* what was asked for and can be a value, in the house's names and codes."""
    ours = {entry.names.get(one, one): one for one in asked}
    found: dict[str, Any] = {}
    dropped = []
    for name, value in answer.items():
        if name in ours and _is_value(value):
            found[ours[name]] = _recoded(entry.codes.get(ours[name], {}), value)
        elif value is not None:
            dropped.append(str(name)[:80])
    return Kept(found, tuple(sorted(dropped)[:_MOST]))


def _is_value(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) <= _MOST and all(isinstance(one, str) and len(one) <= _LONGEST for one in value)
    if isinstance(value, str):
        return len(value) <= _LONGEST
    return isinstance(value, bool) or (isinstance(value, int | float) and abs(value) < 10**15)


def _recoded(codes: Mapping[str, str], value: Any) -> Any:
    back = {theirs: ours for ours, theirs in codes.items()}
    return back.get(value, value) if isinstance(value, str) else value

"""How a system misbehaves on demand, so that everybody can see what the house does then."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

KINDS = {
    "normal": ("正常", "normal"),
    "slow": ("很慢：每次都等几秒", "slow: waits some seconds each time"),
    "down": ("停机：一律 503，也不回话", "down: 503 to everything, no word"),
    "wrong": ("签名不对", "its signatures do not fit"),
    "duplicate": ("每条消息发两遍", "says everything twice"),
    "reorder": ("消息次序打乱", "mixes up the order"),
    "garbage": ("回答读不懂", "unreadable answers"),
    "silent": ("收下，但不办不回", "takes everything, says nothing"),
}
One = TypeVar("One")


class UnknownBehaviour(ValueError):
    """There is no such behaviour, or the seconds are not a number from 0 to 3600."""


@dataclass
class Behaviour:
    """The present way to behave; read by all threads, changed by one assignment."""

    kind: str = "normal"
    seconds: float = 0.0
    pace: float = 0.5  # seconds between two steps of a case
    by_hand: bool = False
    _dice: random.Random = field(default_factory=lambda: random.Random(4))  # noqa: S311  mixes up an order, guards nothing

    def set(self, wanted: dict[str, Any]) -> None:
        """Take over what the request names; raises UnknownBehaviour."""
        kind = wanted.get("behaviour", self.kind)
        seconds, pace = (_seconds(wanted.get(name, old)) for name, old in (("seconds", self.seconds), ("pace", self.pace)))
        if kind not in KINDS:
            raise UnknownBehaviour(f"没有这种行为：{kind!r}。 No such behaviour; known: {', '.join(KINDS)}")
        self.kind, self.seconds, self.pace = kind, seconds, pace
        self.by_hand = bool(wanted.get("by_hand", self.by_hand))

    def wait(self) -> None:
        """Take the time a slow system takes."""
        if self.kind == "slow":
            time.sleep(self.seconds or 3.0)

    @property
    def speaks(self) -> bool:
        """Return whether it tells the house anything now."""
        return self.kind not in ("down", "silent")

    def shuffled(self, messages: Sequence[One]) -> list[One]:
        """Return what it would send: as it is, twice, or in another order."""
        if self.kind == "duplicate":
            return [one for one in messages for _time in range(2)]
        mixed = list(messages)
        if self.kind == "reorder":
            self._dice.shuffle(mixed)
        return mixed


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 3600:
        raise UnknownBehaviour(f"秒数要在 0 到 3600 之间。 Seconds go from 0 to 3600, not {value!r}")
    return float(value)

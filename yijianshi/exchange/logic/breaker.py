"""The circuit breaker of one neighbour, and how long a message waits before it is tried again. Values in, values out."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

TRIPS_AFTER = 5  # failures in a row
_FIRST_REST = timedelta(seconds=2)
_LONGEST_REST = timedelta(minutes=1)
_FIRST_WAIT = timedelta(seconds=1)
_LONGEST_WAIT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Breaker:
    """How often in a row it failed, and until when nothing is tried. Closed: no rest. After the rest one try decides."""

    failures: int = 0
    open_until: datetime | None = None

    def lets_through(self, now: datetime) -> bool:
        """Say whether a try may be made now."""
        return self.open_until is None or now >= self.open_until

    @property
    def probes(self) -> bool:
        """Say whether the next try is only a probe: one message, not a batch."""
        return self.open_until is not None

    def after_success(self) -> "Breaker":
        """Return the breaker closed again."""
        return Breaker()

    def after_failure(self, now: datetime, jitter: float = 1.0, asked: float | None = None) -> "Breaker":
        """Return it after one more failure; *jitter* around 1, *asked* seconds when the neighbour itself said how long."""
        failures = self.failures + 1
        if asked is not None:
            return replace(self, failures=failures, open_until=now + min(timedelta(seconds=max(asked, 0.0)), _LONGEST_WAIT))
        if failures < TRIPS_AFTER:
            return replace(self, failures=failures)
        rest = min(_FIRST_REST * 2 ** min(failures - TRIPS_AFTER, 10), _LONGEST_REST)
        return replace(self, failures=failures, open_until=now + rest * jitter)


def wait_after(attempts: int, jitter: float = 1.0) -> timedelta:
    """Return how long a message rests after *attempts* failed tries: doubling from a second, at most a quarter of an hour."""
    wait: timedelta = min(_FIRST_WAIT * 2 ** min(max(attempts - 1, 0), 20), _LONGEST_WAIT)
    return wait * jitter

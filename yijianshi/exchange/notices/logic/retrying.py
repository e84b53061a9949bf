"""How long a message waits before it is tried again, and when it is given up."""

from datetime import timedelta

MOST_ATTEMPTS = 12  # spread over about nine hours
LEASE = timedelta(minutes=5)  # who takes a message has so long; afterwards somebody else may, with the same id
_FIRST_SECONDS, _LONGEST_SECONDS = 15.0, 3_600.0


def wait(attempts: int, jitter: float, asked: float | None = None) -> timedelta:
    """Return how long to wait after that many attempts: doubling, spread by *jitter* (0.5 to 1.5), at least what was *asked*."""
    seconds = min(_FIRST_SECONDS * 2 ** min(max(attempts - 1, 0), 20), _LONGEST_SECONDS) * jitter
    return timedelta(seconds=max(seconds, min(asked or 0.0, _LONGEST_SECONDS)))

"""How long an event waits before it is sent again, when it is given up, and when a subscription is switched off."""

from datetime import timedelta

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 16  # spread over about three days
SWITCHED_OFF_AFTER = timedelta(days=5)  # of nothing but failures
SECRETS_OVERLAP = timedelta(hours=24)  # how long an old secret still signs beside the new one
KEPT = timedelta(days=30)  # how far back events can be replayed
_FIRST_SECONDS, _LONGEST_SECONDS = 5.0, 6 * 3_600.0


def wait(attempts: int, jitter: float) -> timedelta:
    """Return how long to wait after that many attempts: doubling from five seconds to six hours, spread by *jitter*."""
    return timedelta(seconds=min(_FIRST_SECONDS * 2 ** min(max(attempts - 1, 0), 20), _LONGEST_SECONDS) * jitter)

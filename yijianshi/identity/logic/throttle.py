"""How long to wait after failed attempts: few are free, then each waits twice as long as the one before."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """How many attempts are free, how long the first wait is, and when old attempts are forgotten."""

    free: int
    first_wait: timedelta
    longest_wait: timedelta
    forget_after: timedelta


@dataclass(frozen=True, slots=True)
class Attempts:
    """What is remembered about one key: attempts so far, the last one, and until when the door stays shut."""

    count: int
    last_at: datetime
    blocked_until: datetime | None = None


# One account: five wrong passwords, then 15 minutes, 30, 60 … at most a day (等保 level 3 asks for lock-out; figures are ours).
ACCOUNT = Policy(free=5, first_wait=timedelta(minutes=15), longest_wait=timedelta(hours=24), forget_after=timedelta(hours=24))
# One network address: generous, because a whole service hall may sit behind one address.
ADDRESS = Policy(free=30, first_wait=timedelta(minutes=15), longest_wait=timedelta(hours=6), forget_after=timedelta(hours=1))
# Codes by text message: each costs money and rings somebody's phone.
CODES = Policy(free=8, first_wait=timedelta(minutes=10), longest_wait=timedelta(hours=6), forget_after=timedelta(hours=1))
# Looking up certificates by their public code: nobody needs more than this in ten minutes.
LOOK_UP = Policy(free=60, first_wait=timedelta(minutes=1), longest_wait=timedelta(hours=1), forget_after=timedelta(minutes=10))


def remaining_wait(attempts: Attempts | None, at: datetime) -> timedelta:
    """Return how long the door is still shut, zero when it is open."""
    if attempts is None or attempts.blocked_until is None:
        return timedelta(0)
    return max(attempts.blocked_until - at, timedelta(0))


def count_attempt(attempts: Attempts | None, at: datetime, policy: Policy) -> Attempts:
    """Return the record after one more attempt.

    The attempt is counted *before* its outcome is known and forgiven on success; so a burst of parallel guesses
    cannot slip through between the check and the counting.
    """
    fresh = attempts is None or is_forgotten(attempts, at, policy)
    count = 1 if attempts is None or fresh else attempts.count + 1
    return Attempts(count, at, at + _wait(count, policy) if count >= policy.free else None)


def is_forgotten(attempts: Attempts, at: datetime, policy: Policy) -> bool:
    """Say whether the record is old enough to start anew; a shut door is never forgotten early."""
    since = max(attempts.last_at, attempts.blocked_until or attempts.last_at)
    return at - since >= policy.forget_after


def forgive(attempts: Attempts, policy: Policy) -> Attempts:
    """Return the record after the counted attempt turned out well: one fewer, and the door it shut is open again."""
    count = max(attempts.count - 1, 0)
    return Attempts(count, attempts.last_at, attempts.blocked_until if count >= policy.free else None)


def _wait(count: int, policy: Policy) -> timedelta:
    doublings = min(count - policy.free, 32)  # the cap keeps the arithmetic small; longest_wait is reached long before
    wait: timedelta = policy.first_wait * (1 << doublings)
    return min(wait, policy.longest_wait)

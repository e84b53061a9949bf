"""Count attempts before they are made, forgive the good ones: the database half of ``logic.throttle``."""

from datetime import datetime
from math import ceil

from django.db import transaction

from yijianshi.foundation import clock, sealing
from yijianshi.identity import sealed
from yijianshi.identity.logic import throttle
from yijianshi.identity.logic.throttle import Attempts, Policy
from yijianshi.identity.models import Throttle
from yijianshi.kernel.errors import TooMany


class TryAgainLater(TooMany):
    """尝试的次数太多了，为了保护您的账户，请 {minutes} 分钟后（{time}）再试。如果忘记了密码，请拨打 12345 或到服务大厅办理。

    There were too many attempts. To protect your account, please try again in {minutes} minutes (at {time}). If you have
    forgotten your password, please call 12345 or visit the service hall.
    """


class TooManyRequests(TooMany):
    """您这里查询得太频繁了，请 {minutes} 分钟后再查。如有急事，请拨打 12345。

    There were too many look-ups from your network. Please try again in {minutes} minutes, or call 12345 if it is urgent.
    """


def key_of(kind: str, value: str) -> bytes:
    """Return the blind key of a door, such as ``("account", username)``; the table never holds the value itself."""
    return sealing.blind_index(f"{kind}:{value}", sealed.THROTTLE)


@transaction.atomic
def knock(doors: dict[bytes, Policy], at: datetime) -> datetime | None:
    """Count one attempt at each of *doors*; return None if all are open, else until when the last one stays shut.

    When one is shut nothing is counted: waiting longer is not punished by impatience.
    """
    rows = _lock_doors(doors, at)
    shut = [row.blocked_until for row in rows if row.blocked_until and throttle.remaining_wait(_attempts(row), at)]
    if shut:
        return max(shut)
    for row in rows:
        _store(row, throttle.count_attempt(_attempts(row), at, doors[bytes(row.key)]))
    return None


@transaction.atomic
def forgive(doors: dict[bytes, Policy], at: datetime, *, entirely: bytes | None = None) -> None:
    """Take back one counted attempt at each of *doors*, and all of them at the door *entirely*."""
    for row in _lock_doors(doors, at):
        if bytes(row.key) == entirely:
            row.delete()
        else:
            _store(row, throttle.forgive(_attempts(row) or Attempts(0, at), doors[bytes(row.key)]))


def count_request(kind: str, address: str, at: datetime, policy: Policy = throttle.LOOK_UP) -> None:
    """Count one public request of *kind* from a network address; raises TooManyRequests beyond *policy*."""
    until = knock({key_of(kind, address): policy}, at)
    if until is not None:
        raise TooManyRequests(minutes=minutes_until(until, at), seconds=seconds_until(until, at))


def shut_until(until: datetime, at: datetime) -> TryAgainLater:
    """Return the refusal of a door that stays shut until then."""
    local = until.astimezone(clock.LEGAL_ZONE)
    return TryAgainLater(minutes=minutes_until(until, at), seconds=seconds_until(until, at), time=f"{local:%H:%M}")


def seconds_until(until: datetime, at: datetime) -> int:
    """Return the seconds to wait, for the Retry-After header."""
    return max(1, ceil((until - at).total_seconds()))


def minutes_until(until: datetime, at: datetime) -> int:
    """Return the whole minutes to wait, at least one."""
    return max(1, ceil((until - at).total_seconds() / 60))


def _lock_doors(doors: dict[bytes, Policy], at: datetime) -> list[Throttle]:
    """Return the rows of *doors*, made if missing, locked in one order so that two callers never wait for each other."""
    keys = sorted(doors)
    Throttle.objects.bulk_create([Throttle(key=key, last_at=at) for key in keys], ignore_conflicts=True)
    return list(Throttle.objects.select_for_update().filter(key__in=keys).order_by("key"))


def _attempts(row: Throttle) -> Attempts | None:
    return Attempts(row.count, row.last_at, row.blocked_until) if row.count else None


def _store(row: Throttle, attempts: Attempts) -> None:
    row.count, row.last_at, row.blocked_until = attempts.count, attempts.last_at, attempts.blocked_until
    row.save(update_fields=["count", "last_at", "blocked_until"])

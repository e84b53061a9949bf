"""What a ministry's system bears: its hours, and so many requests in a minute from all our processes together."""

import fcntl
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from yijianshi.exchange.connectors.port import Away
from yijianshi.exchange.connectors.vertical.options import Hours

_CHINA = timezone(timedelta(hours=8))
_MINUTE = 60.0


def seconds_until_open(hours: Hours | None, now: float) -> float:
    """Return how long it stays shut, 0 while it is open; *now* in seconds since 1970."""
    if hours is None:
        return 0.0
    moment = datetime.fromtimestamp(now, UTC).astimezone(_CHINA)
    for ahead in range(8):
        day = moment.date() + timedelta(days=ahead)
        opens, closes = (datetime.combine(day, at, _CHINA) for at in (hours.opens, hours.closes))
        if day.isoweekday() in hours.days and moment < closes:
            return max(0.0, (opens - moment).total_seconds())
    raise AssertionError("some day of the week is open")


class Pace:
    """Counts requests in a file all workers of this house share; the file is locked while it is looked at."""

    def __init__(self, folder: str, per_minute: int | None, now: Callable[[], float]) -> None:
        self._path, self._most, self._now = Path(folder) / "requests.json", per_minute, now

    def take(self) -> None:
        """Count one request; raises Away with the seconds to wait when this minute's are used up."""
        if self._most is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            now = self._now()
            made = [one for one in _read(file.read()) if now - _MINUTE < one <= now]
            if len(made) >= self._most:
                raise Away(f"it bears {self._most} requests a minute, and they are used up", made[0] + _MINUTE - now)
            file.truncate(0)
            file.write(json.dumps([*made, now]))


def _read(text: str) -> list[float]:
    try:
        found = json.loads(text)
    except ValueError:  # empty, or half written by a process that was killed
        return []
    return [one for one in found if isinstance(one, int | float)] if isinstance(found, list) else []

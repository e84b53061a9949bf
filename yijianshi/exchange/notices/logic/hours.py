"""When a message may leave: not in somebody's quiet hours, and a digest once a day."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

DIGEST_AT = time(18)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nothing is sent, from *start* up to (not including) *end*, over midnight or not; equal means none."""

    start: time = time(21)
    end: time = time(8)

    def holds(self, moment: time) -> bool:
        """Say whether it is quiet at that time of day."""
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


def after_quiet(at: datetime, quiet: Quiet, zone: tzinfo) -> datetime:
    """Return *at*, or the end of the quiet hours it falls into, by the clock on the wall of *zone*."""
    local = at.astimezone(zone)
    if not quiet.holds(local.time()):
        return at
    end = local.replace(hour=quiet.end.hour, minute=quiet.end.minute, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)


def next_digest(at: datetime, quiet: Quiet, zone: tzinfo) -> datetime:
    """Return when the next digest leaves: at six in the evening after *at*, or when the quiet hours over it end."""
    local = at.astimezone(zone)
    due = local.replace(hour=DIGEST_AT.hour, minute=DIGEST_AT.minute, second=0, microsecond=0)
    return after_quiet(due if due > local else due + timedelta(days=1), quiet, zone)

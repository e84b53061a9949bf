"""Moments and legal dates: moments are kept in UTC, dates in law are dates in Shanghai."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LEGAL_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present moment in UTC; only entrances call this, everything below is handed ``at``."""
    return datetime.now(UTC)


def today(at: datetime) -> date:
    """Return the legal date of the moment *at*, which must be aware; raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {at}")
    return at.astimezone(LEGAL_ZONE).date()

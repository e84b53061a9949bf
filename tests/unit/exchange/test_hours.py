"""Quiet hours: over midnight, over the end of a month, at their very edges."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.exchange.notices.logic.hours import Quiet, after_quiet, next_digest

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = Quiet(time(21), time(8))
START = datetime(2026, 1, 1, tzinfo=SHANGHAI)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


CASES = [
    (NIGHT, "2026-11-23T20:59:59", "2026-11-23T20:59:59"),
    (NIGHT, "2026-11-23T21:00:00", "2026-11-24T08:00:00"),
    (NIGHT, "2026-11-30T23:30:00", "2026-12-01T08:00:00"),  # over the end of a month
    (NIGHT, "2026-12-31T22:00:00", "2027-01-01T08:00:00"),  # and of a year
    (NIGHT, "2028-02-28T21:30:00", "2028-02-29T08:00:00"),
    (NIGHT, "2026-11-24T00:00:00", "2026-11-24T08:00:00"),
    (NIGHT, "2026-11-24T07:59:59", "2026-11-24T08:00:00"),
    (NIGHT, "2026-11-24T08:00:00", "2026-11-24T08:00:00"),
    (Quiet(time(12), time(14, 30)), "2026-11-24T13:00:00", "2026-11-24T14:30:00"),
    (Quiet(time(12), time(14, 30)), "2026-11-24T23:00:00", "2026-11-24T23:00:00"),
    (Quiet(time(0), time(0)), "2026-11-24T03:00:00", "2026-11-24T03:00:00"),  # the same twice: none
    (Quiet(time(8), time(0)), "2026-11-30T23:59:00", "2026-12-01T00:00:00"),
]


@pytest.mark.parametrize(("quiet", "moment", "leaves"), CASES)
def test_nothing_leaves_in_quiet_hours(quiet: Quiet, moment: str, leaves: str) -> None:
    assert after_quiet(at(moment), quiet, SHANGHAI) == at(leaves)


def test_the_clock_on_the_wall_counts_whatever_zone_the_moment_is_in() -> None:
    assert after_quiet(datetime(2026, 11, 23, 13, 30, tzinfo=UTC), NIGHT, SHANGHAI) == at("2026-11-24T08:00:00")


@pytest.mark.parametrize(
    ("moment", "quiet", "leaves"),
    [
        ("2026-11-23T09:00:00", NIGHT, "2026-11-23T18:00:00"),
        ("2026-11-23T18:00:00", NIGHT, "2026-11-24T18:00:00"),
        ("2026-11-30T19:00:00", NIGHT, "2026-12-01T18:00:00"),
        ("2026-11-23T09:00:00", Quiet(time(17), time(20)), "2026-11-23T20:00:00"),
    ],
)
def test_a_digest_leaves_at_six_or_after_the_quiet_hours(moment: str, quiet: Quiet, leaves: str) -> None:
    assert next_digest(at(moment), quiet, SHANGHAI) == at(leaves)


@given(st.integers(0, 60 * 24 * 366 * 4).map(lambda minutes: START + timedelta(minutes=minutes)), st.times(), st.times())
def test_it_is_never_early_never_quiet_and_within_a_day(moment: datetime, start: time, end: time) -> None:
    quiet = Quiet(start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0))
    leaves = after_quiet(moment, quiet, SHANGHAI)
    assert leaves >= moment
    assert (leaves - moment).total_seconds() <= 86_400
    assert not quiet.holds(leaves.time())

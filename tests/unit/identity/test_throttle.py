"""Few attempts are free, then each waits twice as long."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.identity.logic.throttle import ACCOUNT, Attempts, count_attempt, forgive, is_forgotten, remaining_wait

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def attempts(count: int) -> Attempts:
    record = None
    at = NOON
    for _ in range(count):
        record = count_attempt(record, at, ACCOUNT)
        at = max(at, record.blocked_until or at)
    assert record is not None
    return record


@pytest.mark.parametrize(
    ("count", "minutes"),
    [(1, None), (4, None), (5, 15), (6, 30), (7, 60), (8, 120), (9, 240), (10, 480), (11, 960), (12, 1440), (13, 1440)],
)
def test_the_wait_doubles_up_to_a_day(count: int, minutes: int | None) -> None:
    record = attempts(count)
    wait = record.blocked_until and record.blocked_until - record.last_at
    assert wait == (None if minutes is None else timedelta(minutes=minutes))


def test_a_good_outcome_opens_the_door_it_had_shut() -> None:
    assert remaining_wait(forgive(attempts(5), ACCOUNT), NOON) == timedelta(0)


def test_old_attempts_are_forgotten_but_never_while_the_door_is_shut() -> None:
    record = attempts(12)
    assert record.blocked_until is not None
    assert not is_forgotten(record, record.blocked_until, ACCOUNT)
    assert count_attempt(record, record.blocked_until + ACCOUNT.forget_after, ACCOUNT).count == 1


@given(st.lists(st.integers(min_value=0, max_value=200_000), min_size=1, max_size=60))
def test_guessing_never_gets_more_than_its_share(pauses: list[int]) -> None:
    """However somebody spaces their guesses within a day, few pass: after the fifth each waits twice as long."""
    record, at, passed = None, NOON, 0
    for pause in pauses:
        at += timedelta(seconds=pause)
        if at - NOON > timedelta(hours=24):
            break
        if remaining_wait(record, at) == timedelta(0):
            record = count_attempt(record, at, ACCOUNT)
            passed += 1
    assert passed <= 5 + 7  # 15 min · (2^7 - 1) is beyond a day

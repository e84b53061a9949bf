"""The circuit breaker and the waits between tries."""

from datetime import UTC, datetime, timedelta

import pytest

from yijianshi.exchange.logic.breaker import TRIPS_AFTER, Breaker, wait_after

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def failed(times: int) -> Breaker:
    breaker = Breaker()
    for _ in range(times):
        breaker = breaker.after_failure(NOON)
    return breaker


@pytest.mark.parametrize("times", range(TRIPS_AFTER))
def test_a_few_failures_do_not_trip_it(times: int) -> None:
    assert failed(times).lets_through(NOON)
    assert not failed(times).probes


@pytest.mark.parametrize(
    ("times", "seconds"), [(TRIPS_AFTER, 2), (TRIPS_AFTER + 1, 4), (TRIPS_AFTER + 4, 32), (TRIPS_AFTER + 5, 60), (99, 60)]
)
def test_it_rests_ever_longer_but_never_longer_than_a_minute(times: int, seconds: int) -> None:
    breaker = failed(times)
    assert not breaker.lets_through(NOON + timedelta(seconds=seconds - 1))
    assert breaker.lets_through(NOON + timedelta(seconds=seconds))
    assert breaker.probes


def test_one_success_closes_it() -> None:
    assert failed(20).after_success() == Breaker()


def test_a_neighbour_that_says_when_is_believed_within_reason() -> None:
    assert Breaker().after_failure(NOON, asked=30).open_until == NOON + timedelta(seconds=30)
    assert Breaker().after_failure(NOON, asked=99_999).open_until == NOON + timedelta(minutes=15)
    assert Breaker().after_failure(NOON, asked=-5).open_until == NOON


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 1), (1, 1), (2, 2), (5, 16), (10, 512), (11, 900), (10_000, 900)])
def test_a_message_waits_twice_as_long_each_time_up_to_a_quarter_of_an_hour(attempts: int, seconds: int) -> None:
    assert wait_after(attempts) == timedelta(seconds=seconds)

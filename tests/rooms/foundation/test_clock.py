"""A moment late in the evening UTC is already the next day in Shanghai."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from yijianshi.foundation import clock


def test_legal_date_is_the_date_in_shanghai() -> None:
    assert clock.today(datetime(2026, 3, 1, 15, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert clock.today(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == date(2026, 3, 2)


def test_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock.today(datetime(2026, 3, 1))  # noqa: DTZ001


@pytest.mark.django_db
def test_database_agrees_on_time_zone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW timezone")
        assert cursor.fetchone() == ("UTC",)

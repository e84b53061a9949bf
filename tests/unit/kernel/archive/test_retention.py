"""When a period is over: whole calendar years from the 1 January after closing."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.kernel.archive import samples
from yijianshi.kernel.archive import Confidence, Outcome, Retention, destroy_on, is_due, longest, suggest
from yijianshi.kernel.archive.model import CHINA
from yijianshi.kernel.archive.retention import RetentionBeyondCalendar


@pytest.mark.parametrize(
    ("retention", "closed_on", "day"),
    [
        (Retention.YEARS_10, date(2024, 1, 1), date(2035, 1, 1)),
        (Retention.YEARS_10, date(2024, 2, 29), date(2035, 1, 1)),  # a leap day has no anniversary; years do
        (Retention.YEARS_10, date(2024, 12, 31), date(2035, 1, 1)),
        (Retention.YEARS_10, date(2025, 1, 1), date(2036, 1, 1)),
        (Retention.YEARS_30, date(2026, 3, 9), date(2057, 1, 1)),
        (Retention.YEARS_30, date(1999, 12, 31), date(2030, 1, 1)),
        (Retention.PERMANENT, date(2024, 12, 31), None),
    ],
)
def test_the_period_counts_from_the_next_first_of_january(retention: Retention, closed_on: date, day: date | None) -> None:
    assert destroy_on(retention, closed_on) == day


def test_due_begins_on_the_day_itself() -> None:
    closed_on = date(2024, 12, 31)
    assert not is_due(Retention.YEARS_10, closed_on, date(2034, 12, 31))
    assert is_due(Retention.YEARS_10, closed_on, date(2035, 1, 1))
    assert not is_due(Retention.PERMANENT, closed_on, date.max)


def test_the_calendars_end_is_told() -> None:
    with pytest.raises(RetentionBeyondCalendar):
        destroy_on(Retention.YEARS_10, date(9989, 1, 1))
    assert destroy_on(Retention.YEARS_10, date(9988, 12, 31)) == date(9999, 1, 1)


@given(st.dates(date(1950, 1, 1), date(9900, 1, 1)), st.sampled_from([Retention.YEARS_10, Retention.YEARS_30]))
def test_never_less_than_the_period_never_a_year_more(closed_on: date, retention: Retention) -> None:
    day = destroy_on(retention, closed_on)
    assert day is not None
    assert retention.years is not None
    kept = day - timedelta(days=1) - closed_on
    assert retention.years * 365 <= kept.days < (retention.years + 1) * 366


def test_new_years_morning_in_beijing_is_the_new_year() -> None:
    closed_at = datetime.fromisoformat("2024-12-31T16:00:00+00:00")
    package = samples.package(opened_at=closed_at, closed_at=closed_at)
    assert package.closed_on == date(2025, 1, 1)
    before = closed_at - timedelta(seconds=1)
    assert samples.package(opened_at=before, closed_at=before.astimezone(CHINA)).closed_on == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("kind", "outcome", "retention", "confidence"),
    [
        ("行政确认", Outcome.GRANTED, Retention.PERMANENT, Confidence.MEDIUM),
        ("行政确认", Outcome.REFUSED, Retention.YEARS_30, Confidence.LOW),
        ("行政许可", Outcome.GRANTED, Retention.YEARS_30, Confidence.LOW),
        ("公共服务", Outcome.GRANTED, Retention.YEARS_10, Confidence.LOW),
        ("公共服务", Outcome.REFUSED, Retention.YEARS_30, Confidence.LOW),
        ("行政许可", Outcome.WITHDRAWN, Retention.YEARS_10, Confidence.MEDIUM),
        ("从没听说过", Outcome.GRANTED, Retention.YEARS_30, Confidence.LOW),
    ],
)
def test_suggestions_say_how_sure_they_are(kind: str, outcome: Outcome, retention: Retention, confidence: Confidence) -> None:
    found = suggest(kind, outcome)
    assert (found.retention, found.confidence) == (retention, confidence)
    assert "保管期限表" in found.why.zh


def test_the_longest_period_of_several_items_wins() -> None:
    assert longest([Retention.YEARS_10, Retention.YEARS_30]) is Retention.YEARS_30
    assert longest([Retention.PERMANENT, Retention.YEARS_30]) is Retention.PERMANENT
    with pytest.raises(ValueError, match="no period"):
        longest([])

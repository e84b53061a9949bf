"""Working days against the notices, the open chinesecalendar data set, and a day-by-day walk."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.kernel.workdays import Calendar, UnknownYear, calendar_from_rows, load_calendar

CONTENT = Path(__file__).parents[3] / "content" / "calendars"
CN = load_calendar(yaml.safe_load((CONTENT / "cn.yaml").read_text(encoding="utf-8")))
DAY = timedelta(days=1)
loaded_days = st.dates(date(2004, 1, 1), date(2026, 12, 31))


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-02-13", 1, "2026-02-14"),  # the Saturday before 春节 is worked
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-02-12", 20, "2026-03-18"),
        ("2026-04-30", 1, "2026-05-06"),
        ("2026-09-24", 5, "2026-10-09"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-03-03", 0, "2026-03-03"),
        ("2026-10-03", 0, "2026-10-08"),  # 民法典 art. 203: the end moves to the first day after the rest days
    ],
)
def test_vectors_of_2026(start, days, end):
    assert CN.add_working_days(d(start), days) == d(end)
    assert CN.try_add_working_days(d(start), days) == d(end)


# Notices of the State Council for 2024, 2025, 2026: holiday, last working day before, first after, make-up working days.
LONG_HOLIDAYS = [
    ("2024 春节", "2024-02-09", "2024-02-18", ["2024-02-04", "2024-02-18"]),
    ("2024 清明", "2024-04-03", "2024-04-07", ["2024-04-07"]),
    ("2024 劳动节", "2024-04-30", "2024-05-06", ["2024-04-28", "2024-05-11"]),
    ("2024 中秋", "2024-09-14", "2024-09-18", ["2024-09-14"]),
    ("2024 国庆", "2024-09-30", "2024-10-08", ["2024-09-29", "2024-10-12"]),
    ("2025 春节", "2025-01-27", "2025-02-05", ["2025-01-26", "2025-02-08"]),
    ("2025 劳动节", "2025-04-30", "2025-05-06", ["2025-04-27"]),
    ("2025 国庆中秋", "2025-09-30", "2025-10-09", ["2025-09-28", "2025-10-11"]),
    ("2026 元旦", "2025-12-31", "2026-01-04", ["2026-01-04"]),
    ("2026 春节", "2026-02-14", "2026-02-24", ["2026-02-14", "2026-02-28"]),
    ("2026 劳动节", "2026-04-30", "2026-05-06", ["2026-05-09"]),
    ("2026 国庆", "2026-09-30", "2026-10-08", ["2026-09-20", "2026-10-10"]),
]


@pytest.mark.parametrize(("holiday", "before", "after", "makeup"), LONG_HOLIDAYS)
def test_long_holidays_with_makeup_workdays(holiday, before, after, makeup):
    assert CN.add_working_days(d(before), 1) == d(after)
    assert CN.working_days_between(d(before), d(after)) == 1
    for day in map(d, makeup):
        assert CN.is_working_day(day)
        assert day.weekday() >= 5


def test_2026_has_248_working_days():
    assert CN.working_days_between(d("2025-12-31"), d("2026-12-31")) == 248


def test_every_day_agrees_with_chinesecalendar():
    day = d("2004-01-01")
    while day.year <= 2026:
        assert CN.is_working_day(day) == chinese_calendar.is_workday(day), day
        day += DAY


def test_2027_is_refused_not_guessed():
    for ask in (
        lambda: CN.is_working_day(d("2027-01-04")),
        lambda: CN.add_working_days(d("2026-12-30"), 2),
        lambda: CN.next_working_day(d("2027-10-01")),
        lambda: CN.working_days_between(d("2026-12-01"), d("2027-01-01")),
        lambda: CN.working_days_between(d("2027-01-01"), d("2026-12-01")),
    ):
        with pytest.raises(UnknownYear) as caught:
            ask()
        assert caught.value.year == 2027
        assert "2027" in caught.value.text.zh
        assert "operator" in caught.value.text.en
    assert CN.try_add_working_days(d("2026-12-30"), 2) is None
    assert CN.add_working_days(d("2026-12-30"), 1) == d("2026-12-31")


def test_a_gap_between_loaded_years_is_refused():
    gap = Calendar(frozenset(), frozenset(), frozenset({2020, 2022}), "gap")
    with pytest.raises(UnknownYear, match="2021"):
        gap.add_working_days(d("2020-12-31"), 1)
    with pytest.raises(UnknownYear, match="2021"):
        gap.working_days_between(d("2020-12-31"), d("2022-01-03"))
    assert gap.add_working_days(d("2022-01-03"), 1) == d("2022-01-04")


def test_overlay_of_a_region_wins_over_the_nation():
    # 广西: 三月三 is a regional holiday; the make-up Saturday is given back as a day off for the example.
    region = CN.overlay([d("2026-04-20"), d("2026-05-09")], [d("2026-04-25"), d("2026-04-06")], "gx")
    assert not any(region.is_working_day(d(day)) for day in ("2026-04-20", "2026-05-09"))
    assert all(region.is_working_day(d(day)) for day in ("2026-04-25", "2026-04-06"))
    assert CN.is_working_day(d("2026-04-20"))
    with pytest.raises(UnknownYear):
        CN.overlay([d("2027-04-20")])


def test_overlay_file_is_laid_over_its_base():
    file = {"name": "gx", "years": {2026: {"holidays": [{"rest": ["2026-04-18..2026-04-20"], "work": ["2026-04-25"]}]}}}
    region = load_calendar(file, CN)
    assert (region.name, region.years) == ("gx", CN.years)
    assert CN.working_days_between(d("2026-04-17"), d("2026-04-25")) == 5
    assert region.working_days_between(d("2026-04-17"), d("2026-04-25")) == 5
    assert region.next_working_day(d("2026-04-18")) == d("2026-04-21")


def test_files_and_rows_that_contradict_themselves_are_refused():
    with pytest.raises(ValueError, match="listed under 2026"):
        load_calendar({"name": "x", "years": {2026: {"holidays": [{"rest": ["2025-01-01"]}]}}})
    with pytest.raises(ValueError, match="unknown entry"):
        load_calendar({"name": "x", "years": {2026: {"holidays": [{"off": ["2026-01-01"]}]}}})
    with pytest.raises(ValueError, match="unknown kind"):
        calendar_from_rows([(d("2026-01-01"), "half")])
    with pytest.raises(ValueError, match="outside its years"):
        calendar_from_rows([(d("2026-01-01"), "holiday")], years=[2025])
    with pytest.raises(ValueError, match="both"):
        calendar_from_rows([(d("2026-01-01"), "holiday"), (d("2026-01-01"), "makeup_workday")])
    with pytest.raises(ValueError, match="no years"):
        calendar_from_rows([])
    with pytest.raises(ValueError, match="negative"):
        CN.add_working_days(d("2026-01-05"), -1)


def test_rows_give_the_same_calendar_as_the_file():
    rows = [(day, "holiday") for day in CN.days_off] + [(day, "makeup_workday") for day in CN.makeup_workdays]
    assert calendar_from_rows(rows) == CN


@given(loaded_days, st.integers(0, 60))
def test_adding_equals_walking_day_by_day(start, n):
    end = CN.try_add_working_days(start, n)
    day, left = start, n
    if n == 0:
        while day.year <= 2026 and not chinese_calendar.is_workday(day):
            day += DAY
    while left and day.year <= 2026:
        day += DAY
        left -= day.year <= 2026 and chinese_calendar.is_workday(day)
    assert end == (day if day.year <= 2026 else None)


@given(loaded_days, st.integers(-400, 400))
def test_counting_equals_walking_day_by_day(start, span):
    end = min(max(start + DAY * span, d("2004-01-01")), d("2026-12-31"))
    first, last = min(start, end), max(start, end)
    walked = sum(chinese_calendar.is_workday(first + DAY * i) for i in range(1, (last - first).days + 1))
    assert CN.working_days_between(start, end) == (walked if end >= start else -walked)


@given(loaded_days, st.integers(1, 400))
def test_counting_undoes_adding(start, n):
    end = CN.try_add_working_days(start, n)
    if end is not None:
        assert CN.working_days_between(start, end) == n

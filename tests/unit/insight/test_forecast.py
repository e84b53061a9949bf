"""The simulation against what queueing theory says, against the calendar, and against itself."""

import random
from datetime import date
from math import factorial

import pytest

from tests.unit.insight.content import CALENDAR, changed, recordings, thing
from yijianshi.insight.logic.assumptions import (
    Assumptions,
    NotADay,
    NothingMeasured,
    OutOfLimits,
    read_assumptions,
    weekday_means,
)
from yijianshi.insight.logic.forecast import Demand, Desk, Plan, Step, run
from yijianshi.insight.logic.outlook import (
    TooMuchToSimulate,
    check_size,
    daily_minutes,
    departments_of,
    outcome,
    quantile,
    suggested_officers,
    ways_of,
)
from yijianshi.insight.logic.working_time import CalendarTooShort, working_time
from yijianshi.kernel.periods import Period

START = date(2026, 3, 2)
USUAL = Assumptions(START)


def chances(seed: int):  # type: ignore[no-untyped-def]
    return lambda name: random.Random(f"{seed} {name}")


def one_step(**more: object) -> tuple[Step, ...]:
    return (Step("item", "desk", 5, **more),)  # type: ignore[arg-type]


def demand(weekdays: tuple[float, ...], weeks: int = 6, warm_up: int = 0) -> Demand:
    return Demand(weekdays, [1], START, weeks, warm_up)


@pytest.mark.parametrize(("officers", "rho"), [(1, 0.5), (1, 0.7), (3, 0.8)])
def test_the_load_is_what_arrives_and_queues_are_as_long_as_erlang_says(officers: int, rho: float) -> None:
    """M/M/c: mean number waiting by Erlang's C formula (spread 1 is the exponential distribution)."""
    quiet = date(2026, 6, 29)  # eleven weeks without a holiday
    time = working_time(quiet, 11, 480, CALENDAR)
    a_day = rho * officers * 480 / 8
    runs = [
        run(
            Plan([one_step()], {"desk": Desk(officers, 8, 1.0)}),
            Demand((a_day,) * 5 + (0, 0), [1], quiet, 11, 1),
            time,
            chances(seed),
        )
        for seed in range(4)
    ]
    busy = sum(one.busy["desk"] for one in runs) / sum(one.measured_minutes * officers for one in runs)
    assert busy == pytest.approx(rho, rel=0.05)
    offered = busy * officers
    top = offered**officers / factorial(officers) / (1 - busy)
    waits = top / (sum(offered**k / factorial(k) for k in range(officers)) + top)
    expected = waits * busy / (1 - busy)
    seen = [count for one in runs for count in one.queues["desk"]]
    assert sum(seen) / len(seen) == pytest.approx(expected, rel=0.35, abs=0.2)


def test_what_arrives_on_a_day_of_rest_lies_until_the_next_working_day() -> None:
    time = working_time(date(2026, 2, 9), 4, 480, CALENDAR)
    friday, holiday, back = date(2026, 2, 13), date(2026, 2, 18), date(2026, 2, 24)  # 春节, with 14 February worked
    assert time.moment(holiday, 0.9) == time.opening(back)
    assert time.moment(friday, 0.5) == time.opening(friday) + 240
    assert time.day(time.opening(back)) == time.day(time.opening(friday) + 480 + 1)


def test_a_notice_ends_on_its_last_day_and_the_next_case_waits_for_it() -> None:
    time = working_time(START, 26, 480, CALENDAR)
    wait = Period(45)  # calendar days
    steps = (Step("first", "desk", 3, wait), Step("second", "desk", 2, None, ("first",)))
    found = run(Plan([steps], {"desk": Desk(5, 10, 0)}), demand((3, 0, 0, 0, 0, 0, 0), 3), time, chances(1))
    assert found.days
    assert min(found.days) >= 30
    assert found.late == 0


def test_without_load_everything_is_done_the_same_day_and_with_too_much_it_is_late() -> None:
    time = working_time(START, 6, 480, CALENDAR)
    easy = run(Plan([one_step()], {"desk": Desk(3, 5, 0.5)}), demand((3,) * 5 + (0, 0)), time, chances(1))
    assert max(easy.days) <= 1
    hard = run(Plan([one_step()], {"desk": Desk(1, 60, 0.5)}), demand((12,) * 5 + (0, 0)), time, chances(1))
    assert hard.late > len(hard.days) / 2
    assert hard.busy["desk"] <= hard.measured_minutes + 1e-6


def test_equal_seeds_give_equal_results_and_other_seeds_others() -> None:
    time = working_time(START, 6, 360, CALENDAR)
    plan = Plan([one_step()], {"desk": Desk(1, 30, 0.7)})
    outcomes = [
        outcome(plan, demand((8,) * 5 + (1, 0)), time, seeds, lambda name: random.Random(name))
        for seeds in ([1, 2], [1, 2], [3, 4])
    ]
    assert outcomes[0] == outcomes[1] != outcomes[2]


def test_variants_meet_the_same_applications() -> None:
    time = working_time(START, 6, 360, CALENDAR)
    lots = [run(Plan([one_step()], {"desk": Desk(n, 30, 0.7)}), demand((8,) * 5 + (0, 0)), time, chances(5)) for n in (1, 2)]
    assert len(lots[0].days) == len(lots[1].days)
    assert sum(lots[0].days) >= sum(lots[1].days)


def test_a_slower_promise_in_content_makes_fewer_late() -> None:
    some = recordings("newborn", 20)
    slower = changed(
        "newborn", {"items/health/childcare-allowance.yaml": ("promise: {working_days: ", "promise: {working_days: 1")}
    )
    old, new = (ways_of(version, some, CALENDAR) for version in (thing("newborn"), slower))
    assert departments_of(old) == departments_of(new)
    desks = {code: Desk(1, 20, 0.7) for code in departments_of(old)}
    lot = Demand((5,) * 5 + (0, 0), [1] * len(some), START, 4, 1)
    loads = daily_minutes(old, lot, dict.fromkeys(desks, 20.0))
    assert all(suggested_officers(load, 360) >= 1 for load in loads.values())
    time = working_time(START, 4, 360, CALENDAR)
    late = [outcome(Plan(ways, desks), lot, time, [1, 2], lambda name: random.Random(name)).late.mean for ways in (old, new)]
    assert late[1] <= late[0]


def test_quantiles_are_values_that_occur() -> None:
    assert quantile({0: 5, 3: 4, 9: 1}, 0.5) == 0
    assert quantile({0: 5, 3: 4, 9: 1}, 0.9) == 3
    assert quantile({0: 5, 3: 4, 9: 1}, 1.0) == 9
    assert quantile({}, 0.5) == 0


def test_beyond_the_calendar_and_beyond_the_limit_is_said() -> None:
    with pytest.raises(CalendarTooShort):
        working_time(date(2026, 11, 2), 20, 480, CALENDAR)
    with pytest.raises(CalendarTooShort):
        working_time(date(1990, 1, 1), 4, 480, CALENDAR)
    with pytest.raises(TooMuchToSimulate):
        check_size([Plan([one_step()], {"desk": Desk(1, 5, 0)})], demand((5_000,) * 7, 26), 30)


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        ({"officers.police": "0"}, OutOfLimits),
        ({"officers.police": "1000000"}, OutOfLimits),
        ({"officers.police": "-3"}, OutOfLimits),
        ({"officers.police": "２"}, OutOfLimits),
        ({"minutes.police": "viele"}, OutOfLimits),
        ({"weeks": "99999999999999999999"}, OutOfLimits),
        ({"runs": "1"}, OutOfLimits),
        ({"weeks": "4", "warm_up": "4"}, NothingMeasured),
        ({"start": "2026-02-30"}, NotADay),
        ({"start": "gestern"}, NotADay),
    ],
)
def test_absurd_assumptions_are_refused_in_words(raw: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error) as refused:
        read_assumptions(raw, USUAL)
    assert refused.value.text.zh.endswith("。")  # type: ignore[attr-defined]


def test_an_empty_form_is_the_usual() -> None:
    assert read_assumptions({}, USUAL) == USUAL
    read = read_assumptions({"officers.police": "3", "officers.tax": "", "per_week": "50", "start": "2026-04-06"}, USUAL)
    assert (read.officers, read.per_week, read.start) == ((("police", 3),), 50, date(2026, 4, 6))


def test_weekdays_are_as_recorded_or_as_stated() -> None:
    arrivals = {date(2026, 3, 2): 4, date(2026, 3, 9): 2, date(2026, 3, 14): 1}
    assert weekday_means(arrivals, None) == (3.0, 0, 0, 0, 0, 0.5, 0)
    assert weekday_means(arrivals, 10) == (2.0,) * 5 + (0.0, 0.0)
    assert weekday_means({}, None) == (0.0,) * 7

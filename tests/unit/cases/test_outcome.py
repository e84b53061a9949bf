"""The state of the whole and the forecast of its dates."""

from datetime import date

import pytest

from yijianshi.cases.logic.forecast import Due, Standing, forecast, last_day
from yijianshi.cases.logic.outcome import OVERALL_TEXTS, Overall, overall
from yijianshi.cases.logic.states import State
from yijianshi.kernel.workdays import Calendar, calendar_from_rows

S, O = State, Overall  # noqa: E741

# 国务院办公厅关于2026年部分节假日安排的通知: Spring Festival 15-23 February, work on Saturday 14 and 28 February.
ROWS = [
    *((date(2026, 2, day), "holiday") for day in range(15, 24)),
    (date(2026, 2, 14), "makeup_workday"),
    (date(2026, 2, 28), "makeup_workday"),
]


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return calendar_from_rows(ROWS, years={2026})


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], O.SPLITTING),
        ([S.RECEIVED, S.WAITING_UPSTREAM], O.IN_PROGRESS),
        ([S.ACCEPTED, S.CORRECTION_REQUESTED], O.WAITING_FOR_YOU),
        ([S.COMPLETED, S.DECIDED], O.IN_PROGRESS),
        ([S.COMPLETED, S.COMPLETED], O.COMPLETED),
        ([S.COMPLETED, S.REFUSED, S.TERMINATED], O.PARTIALLY_COMPLETED),
        ([S.REFUSED, S.TERMINATED], O.ENDED),
        ([S.WITHDRAWN, S.TERMINATED], O.WITHDRAWN),
        ([S.WITHDRAWN, S.COMPLETED], O.PARTIALLY_COMPLETED),
    ],
)
def test_the_whole_follows_from_its_parts(states: list[State], expected: Overall) -> None:
    assert overall(states) is expected


def test_every_overall_state_has_words() -> None:
    assert set(OVERALL_TEXTS) == set(Overall)


def standing(
    code: str, state: State, *waits: str, days: int = 2, promised: date | None = None, ended: date | None = None
) -> Standing:
    return Standing(code, state, waits, days, promised, ended)


def test_a_held_item_is_due_after_what_it_waits_for(calendar: Calendar) -> None:
    cases = [standing("a", S.ACCEPTED, promised=date(2026, 2, 13)), standing("b", S.WAITING_UPSTREAM, "a")]
    # 14 February is a working Saturday, 15-23 are off: the second working day after the 13th is the 24th.
    assert forecast(cases, date(2026, 2, 10), calendar) == {"a": Due(date(2026, 2, 13), True), "b": Due(date(2026, 2, 24), False)}


def test_nobody_can_say_while_the_clock_is_paused(calendar: Calendar) -> None:
    cases = [standing("a", S.SUSPENDED, promised=date(2026, 2, 13)), standing("b", S.WAITING_UPSTREAM, "a")]
    dues = forecast(cases, date(2026, 2, 10), calendar)
    assert dues == {"a": Due(None, False), "b": Due(None, False)}
    assert last_day(dues, cases) is None


def test_an_ended_item_keeps_its_day_and_a_failed_one_does_not_count(calendar: Calendar) -> None:
    cases = [
        standing("a", S.COMPLETED, ended=date(2026, 2, 10)),
        standing("b", S.REFUSED, ended=date(2026, 3, 20)),
        standing("c", S.ACCEPTED, promised=date(2026, 2, 11)),
    ]
    dues = forecast(cases, date(2026, 2, 10), calendar)
    assert last_day(dues, cases) == date(2026, 2, 11)

"""Legal limits in calendar days: every day counts, and the last one moves only where the law says so (民法典 arts. 201, 203)."""

from datetime import UTC, datetime

import pytest

from tests.unit.cases.clocks import CN, K, d
from yijianshi.cases.logic.clock.due import due_dates, first_dates
from yijianshi.cases.logic.clock.entries import ClockEntry, ClockKind, Limits, SuspensionReason
from yijianshi.cases.logic.clock.lamps import Lamp
from yijianshi.cases.logic.clock.replay import replay
from yijianshi.kernel.workdays import Calendar


def entry(kind: ClockKind, on: str) -> ClockEntry:
    reason = SuspensionReason.TESTING if kind is K.SUSPENDED else None
    return ClockEntry(kind, d(on), datetime(2026, 1, 1, tzinfo=UTC), reason=reason, basis="art. 45")


def accepted(on: str, *more: tuple[ClockKind, str]) -> list[ClockEntry]:
    return [entry(K.RECEIVED, on), entry(K.ACCEPTED, on), *(entry(kind, day) for kind, day in more)]


def by_calendar(days: int, *, moves: bool = False, promise: int = 3) -> Limits:
    return Limits(None, promise, legal_calendar_days=days, legal_rest_day_moves=moves)


@pytest.mark.parametrize(
    ("on", "days", "moves", "due"),
    [
        ("2026-03-02", 7, False, "2026-03-09"),  # Monday to Monday; the first day is not counted (art. 201)
        ("2026-03-02", 5, False, "2026-03-07"),  # ends on a Saturday and stays there
        ("2026-03-02", 5, True, "2026-03-09"),  # art. 203: the next working day
        ("2026-09-28", 3, True, "2026-10-08"),  # 1 October opens the long holiday
        ("2026-02-09", 5, True, "2026-02-14"),  # a Saturday worked in return for the Spring Festival is no rest day
        ("2026-02-28", 30, False, "2026-03-30"),  # across the end of February
        ("2026-03-07", 0, True, "2026-03-09"),  # at once, but accepted on a rest day
    ],
)
def test_the_last_day(on: str, days: int, moves: bool, due: str) -> None:
    limits = by_calendar(days, moves=moves, promise=15)
    assert due_dates(accepted(on), limits, CN).legal_due == d(due)
    assert first_dates(limits, CN, d(on))[1] == d(due)


def test_a_pause_is_not_counted_a_rest_day_is() -> None:
    entries = accepted("2026-03-02", (K.SUSPENDED, "2026-03-04"), (K.RESUMED, "2026-03-11"))
    assert due_dates(entries, by_calendar(7), CN).legal_due == d("2026-03-16")  # 3 | 11, 12, 13, 14, 15, 16
    paused = due_dates(entries[:-1], by_calendar(7), CN, d("2026-03-10"))
    assert (paused.legal_due, paused.missing_year) == (None, None)


def test_the_promise_never_outlasts_the_law() -> None:
    limits = by_calendar(7, promise=5)  # accepted before the October holiday, five working days end on 13 October
    due = due_dates(accepted("2026-09-29"), limits, CN)
    assert (due.promised_due, due.legal_due) == (d("2026-10-06"), d("2026-10-06"))
    assert first_dates(limits, CN, d("2026-09-29")) == (d("2026-10-06"), d("2026-10-06"))
    state = replay(accepted("2026-09-29"), limits, CN, d("2026-09-30"))
    assert (state.remaining, state.legal_remaining) == (0, 6)
    assert replay(accepted("2026-09-29"), limits, CN, d("2026-10-07")).lamp is Lamp.BLACK


def test_the_replay_counts_every_day_for_the_law_and_says_so() -> None:
    state = replay(accepted("2026-03-02"), by_calendar(7, promise=15), CN, d("2026-03-08"))
    assert (state.used_working_days, state.legal_remaining, state.lamp) == (4, 1, Lamp.YELLOW)
    saturday = next(day for day in state.days if day.date == d("2026-03-07"))
    assert not saturday.counted
    assert "自然日" in saturday.why.zh
    over = replay(accepted("2026-03-02"), by_calendar(7, promise=15), CN, d("2026-03-10"))
    assert (over.legal_remaining, over.lamp) == (-1, Lamp.BLACK)


def test_a_limit_that_moves_is_not_overdue_on_the_rest_days() -> None:
    limits = by_calendar(5, moves=True, promise=15)
    assert replay(accepted("2026-03-02"), limits, CN, d("2026-03-09")).lamp is not Lamp.BLACK
    assert replay(accepted("2026-03-02"), limits, CN, d("2026-03-10")).lamp is Lamp.BLACK


def test_calendar_days_need_no_holiday_notice_unless_the_last_day_may_move() -> None:
    known = Calendar(frozenset(), frozenset(), frozenset({2026}), "one year")
    entries = accepted("2026-12-20")
    stays = due_dates(entries, by_calendar(30, promise=2), known)
    assert (stays.legal_due, stays.missing_year) == (d("2027-01-19"), None)
    moves = due_dates(entries, by_calendar(30, promise=2, moves=True), known)
    assert (moves.legal_due, moves.missing_year) == (None, 2027)


def test_one_law_counts_one_kind_of_days() -> None:
    with pytest.raises(ValueError, match="not both"):
        Limits(20, 5, legal_calendar_days=30)

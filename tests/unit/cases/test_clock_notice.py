"""A notice or statutory wait begun by acceptance: no limit runs meanwhile, and it ends by itself (民法典 arts. 201, 203)."""

from datetime import UTC, datetime

import pytest

from tests.unit.cases.clocks import CN, K, d
from yijianshi.cases.logic.clock.due import due_dates
from yijianshi.cases.logic.clock.entries import ClockEntry, ClockKind, Limits, SuspensionReason
from yijianshi.cases.logic.clock.lamps import Lamp
from yijianshi.cases.logic.clock.replay import ClockStatus, replay
from yijianshi.cases.logic.clock.validation import EntryDoesNotFit, validate_entry
from yijianshi.kernel.periods import Period


def entry(kind: ClockKind, on: str) -> ClockEntry:
    reason = SuspensionReason.PUBLICITY if kind is K.NOTICE_BEGUN else None
    return ClockEntry(kind, d(on), datetime(2026, 1, 1, tzinfo=UTC), reason=reason, basis="公司法")


def noticed(on: str, *more: tuple[ClockKind, str]) -> list[ClockEntry]:
    return [entry(K.RECEIVED, on), entry(K.ACCEPTED, on), entry(K.NOTICE_BEGUN, on), *(entry(kind, day) for kind, day in more)]


def limits(days: int, *, working: bool = False, promise: int = 1, legal: int | None = 5) -> Limits:
    return Limits(legal, promise, wait=Period(days, working))


@pytest.mark.parametrize(
    ("on", "days", "working", "last", "promised", "legal"),
    [
        ("2026-03-02", 45, False, "2026-04-16", "2026-04-17", "2026-04-23"),  # Thursday; then 1 and 5 working days
        ("2026-03-02", 20, False, "2026-03-23", "2026-03-24", "2026-03-30"),  # ends on Sunday 22, so on Monday (art. 203)
        (
            "2026-08-17",
            45,
            False,
            "2026-10-08",
            "2026-10-09",
            "2026-10-14",
        ),  # ends on 1 October: after the holiday; 10-10 is worked
        ("2026-09-18", 20, False, "2026-10-08", "2026-10-09", "2026-10-14"),
        ("2026-03-02", 5, True, "2026-03-09", "2026-03-10", "2026-03-16"),
        ("2026-09-28", 5, True, "2026-10-10", "2026-10-12", "2026-10-16"),  # 29, 30, 8, 9 and the make-up Saturday
    ],
)
def test_the_limits_run_from_the_day_after_the_last_day(
    on: str, days: int, working: bool, last: str, promised: str, legal: str
) -> None:
    its = limits(days, working=working)
    state = replay(noticed(on), its, CN, d(on))
    assert (state.notice_until, state.promised_due, state.legal_due) == (d(last), d(promised), d(legal))
    due = due_dates(noticed(on), its, CN)
    assert (due.promised_due, due.legal_due) == (d(promised), d(legal))


def test_every_day_of_it_is_explained_and_none_is_counted() -> None:
    state = replay(noticed("2026-03-02"), limits(20), CN, d("2026-03-20"))
    assert (state.state, state.used_working_days, state.lamp) == (ClockStatus.NOTICE, 0, Lamp.GREEN)
    why = state.days[-1].why
    assert "公告期间，到 2026-03-23 为止" in why.zh
    assert "not counted" in why.en
    after = replay(noticed("2026-03-02"), limits(20), CN, d("2026-03-24"))
    assert (after.state, after.used_working_days) == (ClockStatus.RUNNING, 1)


def test_silence_counts_from_receipt_but_the_notice_only_from_the_day_it_is_established() -> None:
    entries = [entry(K.RECEIVED, "2026-03-02"), entry(K.DEEMED_ACCEPTED, "2026-03-10"), entry(K.NOTICE_BEGUN, "2026-03-10")]
    state = replay(entries, limits(20, promise=10), CN, d("2026-03-10"))
    assert (state.accepted_on, state.notice_until) == (d("2026-03-02"), d("2026-03-30"))
    assert state.used_working_days == 5  # 3 to 9 March; the notice took over on the 10th


def test_a_wait_into_a_year_without_its_calendar_is_never_guessed() -> None:
    state = replay(noticed("2026-11-23"), limits(45), CN, d("2026-11-23"))
    assert (state.notice_until, state.promised_due, state.missing_year) == (None, None, 2027)
    assert "公告期间，法律规定不能缩短" in replay(noticed("2026-11-23"), limits(45), CN, d("2026-11-25")).days[-1].why.zh


def test_no_pause_within_it_and_a_decision_may_end_it() -> None:
    pause = ClockEntry(
        K.SUSPENDED, d("2026-03-03"), datetime(2026, 1, 1, tzinfo=UTC), reason=SuspensionReason.HEARING, basis="art. 45"
    )
    with pytest.raises(EntryDoesNotFit):
        validate_entry(noticed("2026-03-02"), pause, limits(20), CN)
    stopped = replay(noticed("2026-03-02", (K.STOPPED, "2026-03-10")), limits(20), CN, d("2026-06-01"))
    assert (stopped.state, stopped.days[-1].date) == (ClockStatus.STOPPED, d("2026-03-10"))

"""The clock as a table a lawyer could check: article, entries, dates. Calendar: the notices of 2024, 2025 and 2026."""

from datetime import UTC, datetime, time

import pytest

from tests.unit.cases.clocks import CN, d
from yijianshi.cases.logic.clock.due import deemed_acceptance_date, due_dates
from yijianshi.cases.logic.clock.entries import ClockEntry, ClockKind, Limits, SuspensionReason
from yijianshi.cases.logic.clock.lamps import Lamp, warning_after
from yijianshi.cases.logic.clock.replay import ClockStatus, replay
from yijianshi.kernel.workdays import UnknownYear, pending_text

LICENCE = Limits(legal_working_days=20, promised_working_days=5, extension_working_days=10)


def entry(kind, on, **rest):
    return ClockEntry(ClockKind(kind), d(on), datetime.combine(d(on), time(9), UTC), **rest)


def accepted(on):
    return [entry("RECEIVED", on), entry("ACCEPTED", on)]


def paused(on, reason=SuspensionReason.EXPERT_REVIEW, working_days=5):
    return entry("SUSPENDED", on, reason=reason, basis="行政许可法第四十五条", working_days=working_days)


# 行政许可法 art. 42 (20 days), art. 82 (working days), 民法典 art. 201 (the day of acceptance is not counted):
# accepted on, promise of 5, legal limit of 20. One row or more for each long holiday with make-up working days.
DUE = [
    ("2024 春节", "2024-02-08", "2024-02-21", "2024-03-13"),
    ("2024 清明", "2024-04-03", "2024-04-11", "2024-05-06"),
    ("2024 劳动节", "2024-04-26", "2024-05-07", "2024-05-27"),
    ("2024 中秋", "2024-09-13", "2024-09-23", "2024-10-17"),
    ("2024 国庆", "2024-09-27", "2024-10-10", "2024-10-30"),
    ("2025 春节", "2025-01-24", "2025-02-07", "2025-02-27"),
    ("2025 劳动节", "2025-04-25", "2025-05-06", "2025-05-27"),
    ("2025 国庆中秋", "2025-09-26", "2025-10-10", "2025-10-30"),
    ("2026 元旦", "2025-12-31", "2026-01-08", "2026-01-29"),
    ("2026 春节", "2026-02-13", "2026-02-27", "2026-03-19"),
    ("2026 劳动节", "2026-04-30", "2026-05-11", "2026-06-01"),
    ("2026 国庆前", "2026-09-18", "2026-09-24", "2026-10-22"),
    ("2026 国庆", "2026-09-30", "2026-10-13", "2026-11-03"),
]


@pytest.mark.parametrize(("holiday", "on", "promised", "legal"), DUE)
def test_due_dates_across_long_holidays(holiday, on, promised, legal):
    state = replay(accepted(on), LICENCE, CN, d(on))
    assert (state.promised_due, state.legal_due) == (d(promised), d(legal))
    assert state.days[0].counted is False
    assert "201" in state.days[0].why.en
    on_the_day = replay(accepted(on), LICENCE, CN, d(promised))
    assert (on_the_day.used_working_days, on_the_day.remaining, on_the_day.lamp) == (5, 0, Lamp.YELLOW)


def test_makeup_days_and_rest_days_are_explained():
    days = {day.date: day for day in replay(accepted("2026-02-13"), LICENCE, CN, d("2026-02-28")).days}
    assert (days[d("2026-02-14")].counted, days[d("2026-02-14")].why.zh) == (True, "调休上班日，第 1 个工作日，计入。")
    assert (days[d("2026-02-17")].counted, days[d("2026-02-17")].why.zh) == (False, "节假日放假，不计。")
    assert days[d("2026-02-24")].why.en == "Working day 2, counted."
    saturday = replay(accepted("2026-03-06"), LICENCE, CN, d("2026-03-07")).days[-1]
    assert (saturday.counted, saturday.why.en) == (False, "Weekend, not counted.")


# --- before acceptance: art. 32 ------------------------------------------------------------------------------------------


def test_silence_for_five_working_days_is_acceptance_from_the_day_of_receipt():
    received = [entry("RECEIVED", "2026-02-12")]  # five working days: 02-13, 02-14 (make-up), 02-24, 02-25, 02-26
    before = replay(received, LICENCE, CN, d("2026-02-26"))
    assert (before.state, before.acceptance_due, before.accepted_on) == (ClockStatus.NOT_STARTED, d("2026-02-26"), None)
    assert (before.used_working_days, before.lamp) == (0, Lamp.YELLOW)
    assert before.days[-1].why.zh == "受理前核对材料，第 5 个工作日（共 5 个）。"
    after = replay(received, LICENCE, CN, d("2026-02-27"))
    assert (after.state, after.accepted_on, after.is_deemed) == (ClockStatus.RUNNING, d("2026-02-12"), True)
    assert after.used_working_days == 6
    assert after.promised_due == d("2026-02-26")
    assert after.lamp is Lamp.RED
    assert "第三十二条" in after.days[0].why.zh
    assert deemed_acceptance_date(d("2026-02-12"), CN) == d("2026-02-27")


def test_recording_the_silence_changes_nothing_and_a_late_acceptance_neither():
    received = [entry("RECEIVED", "2026-03-02")]
    silent = replay(received, LICENCE, CN, d("2026-03-20"))
    recorded = replay([*received, entry("DEEMED_ACCEPTED", "2026-03-10")], LICENCE, CN, d("2026-03-20"))
    late = replay([*received, entry("ACCEPTED", "2026-03-12")], LICENCE, CN, d("2026-03-20"))
    assert silent == recorded == late
    assert silent.accepted_on == d("2026-03-02")


def test_correction_stops_the_check_and_the_decision_clock_has_not_started():
    entries = [entry("RECEIVED", "2026-03-02"), entry("CORRECTION_REQUESTED", "2026-03-04", working_days=15)]
    state = replay(entries, LICENCE, CN, d("2026-03-20"))
    assert (state.state, state.used_working_days, state.accepted_on) == (ClockStatus.WAITING_FOR_APPLICANT, 0, None)
    assert (state.correction_due, state.lamp) == (d("2026-03-25"), Lamp.GREEN)
    assert state.promised_due is None
    assert "补正" in state.days[-1].why.zh


def test_after_the_correction_the_office_has_five_working_days_again():  # [D]: the law is silent
    entries = [
        entry("RECEIVED", "2026-03-02"),
        entry("CORRECTION_REQUESTED", "2026-03-04", working_days=15),
        entry("CORRECTED", "2026-03-09"),
    ]
    state = replay(entries, LICENCE, CN, d("2026-03-16"))
    assert (state.state, state.acceptance_due) == (ClockStatus.NOT_STARTED, d("2026-03-16"))
    silent = replay(entries, LICENCE, CN, d("2026-03-17"))
    assert (silent.accepted_on, silent.is_deemed) == (d("2026-03-09"), True)
    never = Limits(20, 5, recheck_working_days=None)
    assert replay(entries, never, CN, d("2026-06-01")).state is ClockStatus.NOT_STARTED


def test_items_outside_the_licensing_law_are_never_deemed_accepted():
    service = Limits(legal_working_days=None, promised_working_days=3, correction_working_days=None)
    state = replay([entry("RECEIVED", "2026-03-02")], service, CN, d("2026-06-01"))
    assert (state.state, state.acceptance_due, state.lamp) == (ClockStatus.NOT_STARTED, None, Lamp.GREEN)
    running = replay(accepted("2026-03-02"), service, CN, d("2026-06-01"))
    assert (running.legal_due, running.legal_remaining, running.lamp) == (None, None, Lamp.RED)


# --- after acceptance: arts. 42 and 45 -----------------------------------------------------------------------------------

SUSPENSIONS = [
    # suspended, resumed, promised due: accepted on Monday 2026-03-02, five working days would end on 03-09
    ("2026-03-04", "2026-03-06", "2026-03-11"),  # Wednesday and Thursday are not counted, Friday is
    ("2026-03-04", "2026-03-04", "2026-03-09"),  # back the same day: the pause does not cover the end of the day [D]
    ("2026-03-02", "2026-03-03", "2026-03-09"),  # only the day of acceptance, which is not counted anyway
    ("2026-03-06", "2026-03-09", "2026-03-10"),  # Friday to Monday: one working day
    ("2026-03-07", "2026-03-08", "2026-03-09"),  # a weekend: nothing to pause
    ("2026-03-09", "2026-03-10", "2026-03-10"),  # on the last day
]


@pytest.mark.parametrize(("suspended_on", "resumed_on", "due"), SUSPENSIONS)
def test_suspended_working_days_are_not_counted(suspended_on, resumed_on, due):  # art. 45
    entries = [*accepted("2026-03-02"), paused(suspended_on), entry("RESUMED", resumed_on)]
    assert replay(entries, LICENCE, CN, d("2026-03-31")).promised_due == d(due)


def test_while_suspended_the_due_date_is_open_and_the_remaining_days_stand_still():
    entries = [*accepted("2026-03-02"), paused("2026-03-05")]
    state = replay(entries, LICENCE, CN, d("2026-04-30"))
    assert (state.state, state.used_working_days, state.remaining) == (ClockStatus.SUSPENDED, 2, 3)
    assert (state.promised_due, state.legal_due, state.missing_year, state.lamp) == (None, None, None, Lamp.GREEN)
    assert state.suspension == entries[-1]
    assert state.suspension_due == d("2026-03-11")
    assert state.days[-1].why.zh == "专家评审期间，不计（依据：行政许可法第四十五条）。"


def test_one_extension_moves_both_limits():  # art. 42: 20 + 10 with the approval of the head of the office
    entries = [*accepted("2026-09-18"), entry("EXTENDED", "2026-09-24", working_days=10)]
    before = replay(entries, LICENCE, CN, d("2026-09-23"))
    after = replay(entries, LICENCE, CN, d("2026-09-24"))
    assert (before.promised_due, before.legal_due) == (d("2026-09-24"), d("2026-10-22"))
    assert (after.promised_due, after.legal_due) == (d("2026-10-15"), d("2026-11-05"))


def test_lamps_from_green_to_black():
    entries = accepted("2026-03-02")
    lamps = {day: replay(entries, LICENCE, CN, d(day)).lamp for day in ("2026-03-05", "2026-03-06", "2026-03-09", "2026-03-10")}
    assert list(lamps.values()) == [Lamp.GREEN, Lamp.YELLOW, Lamp.YELLOW, Lamp.RED]
    assert replay(entries, LICENCE, CN, d("2026-03-30")).lamp is Lamp.RED
    assert replay(entries, LICENCE, CN, d("2026-03-31")).lamp is Lamp.BLACK


@pytest.mark.parametrize(("promise", "after"), [(0, 0), (1, 0), (2, 1), (5, 4), (10, 8), (20, 16)])
def test_yellow_begins_at_the_larger_of_one_day_and_a_fifth(promise, after):  # [P]
    assert warning_after(promise, LICENCE) == after


def test_a_stopped_case_stays_as_it_was_on_its_last_day():
    entries = [*accepted("2026-03-02"), entry("STOPPED", "2026-03-06")]
    state = replay(entries, LICENCE, CN, d("2026-12-01"))
    assert (state.state, state.used_working_days, state.remaining, state.lamp) == (ClockStatus.STOPPED, 4, 1, Lamp.GREEN)
    assert (state.promised_due, state.days[-1].date) == (d("2026-03-09"), d("2026-03-06"))
    late = replay([*accepted("2026-03-02"), entry("STOPPED", "2026-03-10")], LICENCE, CN, d("2026-12-01"))
    assert (late.remaining, late.lamp) == (-1, Lamp.RED)


def test_a_decision_on_the_spot_is_in_time_on_the_day_or_after_a_rest_day():  # 即办件; rest day: [D]
    instant = Limits(legal_working_days=20, promised_working_days=0)
    assert replay(accepted("2026-03-02"), instant, CN, d("2026-03-02")).promised_due == d("2026-03-02")
    saturday = replay(accepted("2026-03-07"), instant, CN, d("2026-03-09"))
    assert (saturday.promised_due, saturday.lamp) == (d("2026-03-09"), Lamp.YELLOW)
    assert replay(accepted("2026-03-07"), instant, CN, d("2026-03-10")).lamp is Lamp.RED


# --- the end of the calendar ---------------------------------------------------------------------------------------------


def test_due_dates_in_2027_stay_open_until_the_notice_is_loaded():
    state = replay(accepted("2026-12-21"), LICENCE, CN, d("2026-12-22"))
    assert (state.promised_due, state.legal_due, state.missing_year) == (d("2026-12-28"), None, 2027)
    assert state.legal_remaining == 19
    beyond = replay(accepted("2026-12-30"), LICENCE, CN, d("2027-01-05"))
    assert (beyond.used_working_days, beyond.promised_due, beyond.missing_year) == (1, None, 2027)
    assert "2027" in beyond.days[-1].why.zh
    assert "2027" in pending_text(2027).zh
    assert replay(accepted("2027-03-01"), LICENCE, CN, d("2027-03-02")).missing_year == 2027
    checking = replay([entry("RECEIVED", "2026-12-29")], LICENCE, CN, d("2027-02-01"))
    assert (checking.state, checking.acceptance_due, checking.missing_year) == (ClockStatus.NOT_STARTED, None, 2027)
    with pytest.raises(UnknownYear):
        deemed_acceptance_date(d("2026-12-29"), CN)


def test_nothing_entered_nothing_due():
    state = replay([], LICENCE, CN, d("2026-03-02"))
    assert (state.state, state.days, state.remaining, state.lamp) == (ClockStatus.NOT_STARTED, (), 5, Lamp.GREEN)
    assert due_dates([], LICENCE, CN).promised_due is None


def test_entries_need_an_aware_moment():
    with pytest.raises(ValueError, match="aware"):
        ClockEntry(ClockKind.RECEIVED, d("2026-03-02"), datetime(2026, 3, 2, 9))  # noqa: DTZ001 (the point of the test)

"""The clock against an oracle of plain day sets, the fast path against the replay, and the promises of clock.md."""

from contextlib import suppress
from dataclasses import replace as changed
from datetime import UTC, date, datetime, timedelta

import chinese_calendar
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.cases.clocks import CN, K
from yijianshi.cases.logic.clock.due import due_dates, used_working_days
from yijianshi.cases.logic.clock.entries import ARTICLE_45, ClockEntry, Limits
from yijianshi.cases.logic.clock.ledger import read_ledger
from yijianshi.cases.logic.clock.replay import ClockStatus, replay
from yijianshi.cases.logic.clock.validation import validate_entry
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.periods import Period
from yijianshi.kernel.workdays import Calendar

DAY = timedelta(days=1)

starts = st.one_of(st.dates(date(2024, 1, 1), date(2026, 6, 1)), st.dates(date(2026, 10, 1), date(2027, 1, 10)))
gaps = st.integers(0, 9)
waits = st.one_of(st.none(), st.builds(Period, st.integers(1, 50), st.booleans()))
limits_of_items = st.builds(
    Limits,
    st.one_of(st.none(), st.integers(0, 30)),
    st.integers(0, 15),
    st.integers(0, 10),
    st.one_of(st.none(), st.integers(1, 6)),
    st.one_of(st.none(), st.integers(1, 6)),
    wait=waits,
)


limits_by_calendar = st.builds(
    Limits,
    st.none(),
    st.integers(0, 15),
    legal_calendar_days=st.integers(0, 40),
    legal_rest_day_moves=st.booleans(),
    wait=waits,
)
any_limits = st.one_of(limits_of_items, limits_by_calendar)


def entry(kind, on, working_days=None, **rest):
    return ClockEntry(kind, on, datetime(2024, 1, 1, tzinfo=UTC), working_days, **rest)


@st.composite
def ledgers(draw, kinds=tuple(K)):
    """Any entries in any order: reading must hold even for ledgers that validation would refuse."""
    day = draw(starts)
    made = [entry(K.RECEIVED, day)]
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=8)):
        day += DAY * draw(gaps)
        days = draw(st.integers(1, 10)) if kind in (K.EXTENDED, K.SUSPENDED, K.CORRECTION_REQUESTED) else None
        made.append(entry(kind, day, days, reason=draw(st.sampled_from(sorted(ARTICLE_45))), basis="art. 45", note="n", by="b"))
    return made, day + DAY * draw(st.integers(0, 40))


@given(ledgers(), any_limits)
@settings(max_examples=400)
def test_the_fast_path_equals_the_replay(ledger, limits):
    entries, until = ledger
    state = replay(entries, limits, CN, until)
    fast = due_dates(entries, limits, CN, until)
    assert (fast.acceptance_due, fast.promised_due, fast.legal_due) == (state.acceptance_due, state.promised_due, state.legal_due)
    assert used_working_days(read_ledger(entries, limits, CN, until), CN, until) == state.used_working_days


@given(ledgers(), any_limits, st.sets(st.integers(2023, 2027), min_size=1))
def test_the_fast_path_equals_the_replay_across_missing_years(ledger, limits, years):
    entries, until = ledger
    calendar = Calendar(frozenset(), frozenset(), frozenset(years), "some years")
    state = replay(entries, limits, calendar, until)
    fast = due_dates(entries, limits, calendar, until)
    assert (fast.promised_due, fast.legal_due) == (state.promised_due, state.legal_due)
    assert used_working_days(read_ledger(entries, limits, calendar, until), calendar, until) == state.used_working_days


@given(ledgers(), limits_of_items)
def test_counted_days_add_up_and_every_day_is_there_once(ledger, limits):
    entries, until = ledger
    state = replay(entries, limits, CN, until)
    assert state.used_working_days == sum(day.counted for day in state.days)
    assert [day.date for day in state.days] == [entries[0].on + DAY * i for i in range(len(state.days))]
    last = state.days[-1].date
    assert last == until or (state.state is ClockStatus.STOPPED and last < until)
    assert all(CN.is_working_day(day.date) and day.date > state.accepted_on for day in state.days if day.counted)


@given(ledgers(kinds=(K.SUSPENDED, K.RESUMED)), st.integers(1, 15))
def test_pauses_against_plain_sets_of_days(ledger, promise):
    """Oracle: the counted days are the working days after acceptance minus those on whose evening the clock was paused."""
    (received, *moves), until = ledger
    assume(until <= date(2026, 12, 31))
    entries = [received, entry(K.ACCEPTED, received.on), *moves]
    paused, counted, day = False, [], received.on
    while day <= until:
        for move in moves:
            paused = (move.kind is K.SUSPENDED) if move.on == day else paused
        if day > received.on and chinese_calendar.is_workday(day) and not paused:
            counted.append(day)
        day += DAY
    state = replay(entries, Limits(None, promise), CN, until)
    assert [day.date for day in state.days if day.counted] == counted
    if len(counted) >= promise:
        assert state.promised_due == counted[promise - 1]


@given(starts, gaps, gaps, st.integers(1, 15))
def test_a_pause_never_brings_the_due_date_forward(start, before, length, promise):
    plain = [entry(K.RECEIVED, start), entry(K.ACCEPTED, start)]
    pause = [entry(K.SUSPENDED, start + DAY * before), entry(K.RESUMED, start + DAY * (before + length))]
    limits = Limits(20, promise)
    without, with_pause = (due_dates(entries, limits, CN, date(2027, 12, 31)) for entries in (plain, [*plain, *pause]))
    if with_pause.promised_due is not None:
        assert without.promised_due is not None
        assert without.promised_due <= with_pause.promised_due


@given(starts, gaps, st.integers(1, 10), st.integers(1, 15))
def test_an_extension_adds_exactly_its_working_days(start, after, extra, promise):
    entries = [entry(K.RECEIVED, start), entry(K.ACCEPTED, start)]
    limits = Limits(20, promise, extension_working_days=10)
    plain = due_dates(entries, limits, CN)
    longer = due_dates([*entries, entry(K.EXTENDED, start + DAY * after, extra)], limits, CN)
    for due, later in ((plain.promised_due, longer.promised_due), (plain.legal_due, longer.legal_due)):
        if later is not None:
            assert CN.working_days_between(due, later) == extra


@given(starts, st.integers(1, 60))
def test_recording_silence_never_changes_what_it_records(start, after):
    received = [entry(K.RECEIVED, start)]
    limits = Limits(20, 5)
    due = due_dates(received, limits, CN).acceptance_due
    assume(due is not None)
    recorded = [*received, entry(K.DEEMED_ACCEPTED, due + DAY * after)]
    until = due + DAY * 60
    assert replay(received, limits, CN, until) == replay(recorded, limits, CN, until)


@given(ledgers(), limits_of_items, st.integers(0, 20))
def test_used_days_never_shrink_as_time_goes_on(ledger, limits, later):
    entries, until = ledger
    now, then = (replay(entries, limits, CN, day).used_working_days for day in (until, until + DAY * later))
    assert now <= then


@given(ledgers(), limits_of_items)
@settings(max_examples=200)
def test_validation_lets_only_readable_ledgers_grow(ledger, limits):
    """What validation accepts has one extension at most, nothing after the stop, and pauses only with a basis."""
    kept: list[ClockEntry] = []
    generous = changed(limits, extension_working_days=10)
    for new in ledger[0]:
        with suppress(DomainError):
            validate_entry(kept, new, generous, CN)
            kept.append(new)
    kinds = [made.kind for made in kept]
    assert kinds[0] is K.RECEIVED
    assert kinds.count(K.EXTENDED) <= 1
    assert kinds.count(K.STOPPED) <= 1
    assert K.STOPPED not in kinds[:-1]
    assert 0 <= kinds.count(K.SUSPENDED) - kinds.count(K.RESUMED) <= 1
    assert kinds.count(K.ACCEPTED) + kinds.count(K.DEEMED_ACCEPTED) <= 1

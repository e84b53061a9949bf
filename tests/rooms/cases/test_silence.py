"""Five working days of silence are acceptance from the day of receipt (行政许可法 art. 32)."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.rooms.cases import acts
from tests.rooms.cases.acts import BIRTH, ask, later
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications.models import Application
from yijianshi.cases import commands, queries, tasks
from yijianshi.cases.logic.clock.validation import AlreadyDeemedAccepted
from yijianshi.cases.models import Case
from yijianshi.foundation import history

LAST_DAY = 7  # Monday 2 March: the fifth working day after it is Monday 9 March
FIRST = {BIRTH, "fertility-registration", "parenting-guidance"}


@pytest.fixture
def application_id(town: Town) -> UUID:
    return newborn.apply(town, MONDAY)


def case(application_id: UUID, code: str = BIRTH) -> Case:
    return newborn.case_of(application_id, code)


def test_silence_counts_only_after_the_fifth_working_day(application_id: UUID) -> None:
    assert str(case(application_id).act_by) == "2026-03-09"
    assert commands.deem_silent_cases_accepted(at=later(LAST_DAY, hours=14)) == 0
    received = Case.objects.filter(state="RECEIVED").count()
    assert commands.deem_silent_cases_accepted(at=later(LAST_DAY + 1)) == received
    assert commands.deem_silent_cases_accepted(at=later(LAST_DAY + 1)) == 0


def test_what_silence_accepted_counts_from_receipt_and_says_so(town: Town, application_id: UUID) -> None:
    commands.deem_silent_cases_accepted(at=later(LAST_DAY + 1))
    accepted = case(application_id)
    assert (accepted.state, str(accepted.promised_on), str(accepted.legal_due_on)) == ("ACCEPTED", "2026-03-03", "2026-03-30")
    assert acts.moves_of(accepted) == ["split", "deem_accepted"]
    last = history.list_for("case", accepted.id)[-1].entry
    assert (last.actor["kind"], last.basis) == ("SYSTEM", "参照行政许可法第三十二条")
    view = queries.get_case(accepted.id, by=town.staff["hospital"].actor, at=later(LAST_DAY + 1))
    assert view.clock.lamp == "RED"
    acts.check_dates_replay(application_id)


def test_a_late_acceptance_counts_from_receipt_too(town: Town, application_id: UUID) -> None:
    commands.accept([case(application_id).id], by=town.staff["hospital"].actor, at=later(LAST_DAY + 1))
    assert str(case(application_id).promised_on) == "2026-03-03"
    acts.check_dates_replay(application_id)


def test_an_acceptance_on_the_last_day_counts_from_that_day(town: Town, application_id: UUID) -> None:
    commands.accept([case(application_id).id], by=town.staff["hospital"].actor, at=later(LAST_DAY))
    assert str(case(application_id).promised_on) == "2026-03-10"
    acts.check_dates_replay(application_id)


def test_after_the_last_day_it_is_too_late_to_ask_or_not_to_accept(town: Town, application_id: UUID) -> None:
    with pytest.raises(AlreadyDeemedAccepted):
        ask(town, case(application_id), ("field", "child.name"), at=later(LAST_DAY + 1))
    refusal = commands.NonAcceptance(case_id=case(application_id).id, reason="不归我们管")
    with pytest.raises(AlreadyDeemedAccepted):
        commands.not_accept([refusal], by=town.staff["hospital"].actor, at=later(LAST_DAY + 1))
    assert case(application_id).state == "RECEIVED"


def test_a_late_decision_on_the_spot_accepts_from_receipt_first(town: Town, application_id: UUID) -> None:
    newborn.approve(town, application_id, BIRTH, later(LAST_DAY + 1))
    assert acts.moves_of(case(application_id)) == ["split", "accept", "approve"]
    assert str(case(application_id).promised_on) == "2026-03-03"


def test_after_a_correction_the_department_has_its_days_again(town: Town, application_id: UUID) -> None:
    ask(town, case(application_id), ("field", "child.name"), at=later(4))
    acts.answer(town, application_id, later(20), child__name="李小满满")
    assert commands.deem_silent_cases_accepted(at=later(25)) == len(FIRST) - 1
    assert str(case(application_id).act_by) == "2026-03-27"
    commands.deem_silent_cases_accepted(at=later(26))
    assert case(application_id).state == "ACCEPTED"
    acts.check_dates_replay(application_id)


def test_a_held_case_is_not_deemed_accepted_while_it_waits(application_id: UUID) -> None:
    commands.deem_silent_cases_accepted(at=later(100))
    held = Case.objects.filter(application_id=application_id, state="WAITING_UPSTREAM")
    assert held.count() == 10 - len(FIRST)
    assert {case.act_by for case in held} == {None}


def test_the_days_of_a_long_holiday_are_no_silence(town: Town) -> None:
    """Received on Thursday 24 September 2026: holidays, then 8 October counts as the fourth day, 9 October as the fifth."""
    at = MONDAY.replace(month=9, day=24)
    application_id = newborn.apply(town, at)
    assert str(case(application_id).act_by) == "2026-10-09"
    assert commands.deem_silent_cases_accepted(at=MONDAY.replace(month=10, day=9)) == 0
    assert commands.deem_silent_cases_accepted(at=MONDAY.replace(month=10, day=10)) == len(FIRST)


def test_the_periodic_sweep_does_all_that_the_days_bring(town: Town, application_id: UUID) -> None:
    ask(town, case(application_id), ("field", "child.name"))
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    tasks.sweep(timestamp=int((MONDAY + timedelta(days=60)).timestamp()))
    assert case(application_id).state == "RETURNED"
    assert case(application_id, "parenting-guidance").state == "ACCEPTED"
    assert not Application.objects.filter(id=draft_id).exists()
    assert history.verify() is None

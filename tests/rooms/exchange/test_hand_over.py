"""A case goes to the department's own system and its answers move it, once each and in order."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rooms.exchange import acts
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.cases import commands as cases
from yijianshi.cases.models import Case
from yijianshi.exchange import commands, queries
from yijianshi.exchange.models import Outgoing, Received, ReceivingThread
from yijianshi.foundation import history

LATER = MONDAY + timedelta(hours=1)


def results(case: Case) -> dict[str, Any]:
    """Return what the police found, in its own names."""
    return queries.get_neighbour("police").dialect.outward(newborn.results_for(case, MONDAY))


@pytest.fixture
def case(town: Town) -> Case:
    """The household registration, waiting at the police."""
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    newborn.submit(draft_id, town.wang_fang.actor, MONDAY)
    newborn.deliver_events()
    newborn.approve(town, draft_id, "birth-certificate-first-issue", MONDAY)
    newborn.deliver_events()
    return Case.objects.get(application_id=draft_id, item_code="household-registration-birth")


def come(*messages: acts.Message) -> None:
    sent = commands.receive("police", messages, at=MONDAY)
    assert sent.refused == ()
    with transaction.atomic():
        commands.apply_threads([("police", one.about) for one in messages], at=LATER)


def test_the_hand_over_says_what_the_item_needs_and_nothing_more(case: Case) -> None:
    row = Outgoing.objects.get(kind="case.handed_over")
    body = acts.body_of(row)
    assert (row.neighbour, row.about, row.sequence) == ("police", case.number, 1)
    assert body["facts"]["child.sex"] in {"MALE", "FEMALE"}
    assert body["item"] == case.item_code
    assert not {name for name in body["facts"] if name.startswith(("bank.", "card."))}
    assert "child" not in row.body  # sealed at rest


def test_its_answers_accept_and_approve_the_case_for_its_organisation(case: Case) -> None:
    come(acts.told("case.accepted", case.number, 1))
    come(acts.told("case.approved", case.number, 2, {"results": results(case)}))
    case.refresh_from_db()
    assert case.state == "COMPLETED"
    lines = [line.entry for line in history.list_for("case", case.id)]
    own = [entry for entry in lines if entry.action in {"accept", "approve"}]
    assert [entry.actor["kind"] for entry in own] == ["NEIGHBOUR", "NEIGHBOUR"]
    assert {entry.actor["organisation"] for entry in own} == {str(case.organisation_id)}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(6)))
def test_however_they_come_each_takes_effect_once_and_in_order(case: Case, order: list[int]) -> None:
    one, two = acts.told("case.accepted", case.number, 1), acts.told("case.approved", case.number, 2, {"results": results(case)})
    with transaction.atomic():
        for place in order:
            come((one, two)[place % 2])
        assert Case.objects.get(id=case.id).state == "COMPLETED"
        actions = [line.entry.action for line in history.list_for("case", case.id)]
        assert (actions.count("accept"), actions.count("approve")) == (1, 1)
        assert Received.objects.filter(about=case.number).count() == 2
        assert ReceivingThread.objects.get(about=case.number).applied == 2
        transaction.set_rollback(True)


def test_what_comes_early_is_held(case: Case) -> None:
    come(acts.told("case.approved", case.number, 2, {"results": results(case)}))
    assert Case.objects.get(id=case.id).state == "RECEIVED"
    assert Received.objects.get(sequence=2).applied_at is None


def test_a_result_that_does_not_fit_waits_with_the_reason_and_stops_only_its_thread(case: Case) -> None:
    come(acts.told("case.accepted", case.number, 1), acts.told("case.approved", case.number, 2, {"results": {"GMSFHM": "123"}}))
    stuck = Received.objects.get(sequence=2)
    assert stuck.applied_at is None
    assert stuck.error
    assert Case.objects.get(id=case.id).state == "ACCEPTED"


def test_a_step_taken_at_the_desk_meanwhile_is_not_taken_again(case: Case, town: Town) -> None:
    cases.accept([case.id], by=newborn.officer_of(town, case), at=LATER)
    come(acts.told("case.accepted", case.number, 1))
    assert Received.objects.get(sequence=1).applied_at is not None
    actions = [line.entry.action for line in history.list_for("case", case.id)]
    assert actions.count("accept") == 1


def test_another_departments_case_is_refused(case: Case) -> None:
    other = (
        Case.objects.exclude(item_code__contains="household").filter(application_id=case.application_id, state="RECEIVED").first()
    )
    assert other is not None
    sent = commands.receive("police", [acts.told("case.accepted", other.number, 1)], at=MONDAY)
    assert [one.code for one in sent.refused] == ["UNKNOWN_THREAD"]


def test_corrections_go_both_ways(case: Case, town: Town) -> None:
    entries = [{"kind": "field", "name": "HH", "text": "户号查不到，请核对户口簿首页"}]
    come(acts.told("case.correction_requested", case.number, 1, {"entries": entries}))
    assert Case.objects.get(id=case.id).state == "CORRECTION_REQUESTED"
    answer = cases.CorrectionAnswer(application_id=case.application_id, values={"household.number": "410105000102"})
    cases.answer_corrections(answer, by=town.wang_fang.actor, at=MONDAY + timedelta(hours=3))
    newborn.deliver_events()
    row = Outgoing.objects.get(kind="case.corrected")
    assert row.sequence == 2
    assert acts.body_of(row)["facts"]["household.number"] == "410105000102"


def test_a_withdrawal_is_told(case: Case, town: Town) -> None:
    cases.withdraw(case.application_id, [case.item_code], by=town.wang_fang.actor, at=MONDAY + timedelta(hours=3))
    newborn.deliver_events()
    assert Outgoing.objects.get(kind="case.withdrawn").about == case.number


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (acts.told("case.exploded", "X-1", 1), "UNKNOWN_KIND"),
        (acts.told("case.accepted", "nobody-heard-of-this", 1), "UNKNOWN_THREAD"),
    ],
)
def test_what_will_never_be_taken_is_told_at_once(town: Town, message: acts.Message, code: str) -> None:
    sent = commands.receive("police", [message], at=MONDAY)
    assert [(one.id, one.code) for one in sent.refused] == [(message.id, code)]


def test_another_message_under_a_taken_number_is_refused(case: Case) -> None:
    first, second = acts.told("case.accepted", case.number, 1), acts.told("case.refused", case.number, 1, {"reason": "x"})
    come(first)
    sent = commands.receive("police", [first, second], at=MONDAY)
    assert sent.taken == (first.id,)
    assert [one.code for one in sent.refused] == ["SEQUENCE_TAKEN"]


def test_a_number_far_ahead_is_refused(case: Case) -> None:
    sent = commands.receive("police", [acts.told("case.accepted", case.number, 5_000)], at=MONDAY)
    assert [one.code for one in sent.refused] == ["TOO_FAR_AHEAD"]


def test_without_the_neighbour_nothing_is_sent(town: Town) -> None:
    acts.enter_police(enabled=False)
    draft_id: UUID = newborn.fill_in(town.wang_fang.actor, MONDAY)
    newborn.submit(draft_id, town.wang_fang.actor, MONDAY)
    newborn.deliver_events()
    assert not Outgoing.objects.exists()

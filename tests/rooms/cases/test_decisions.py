"""Decisions: approval with results, refusal with remedies, withdrawal, delivery; failure reaches only what depends on it."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.rooms.cases import acts
from tests.rooms.cases.acts import BIRTH, POLICE, later
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications.models import ResultFact
from yijianshi.cases import commands, queries
from yijianshi.cases.commands.decide import ResultMissing
from yijianshi.cases.commands.moves import NotThisWay, NotYourCase, ReasonMissing
from yijianshi.cases.commands.withdraw import NothingToWithdraw, NotSplitYet
from yijianshi.cases.logic.outcome import Overall
from yijianshi.cases.logic.states import ACTIONS
from yijianshi.cases.models import Case, Decision
from yijianshi.certificates import queries as certificates
from yijianshi.foundation import history
from yijianshi.identity.logic.actor import ANONYMOUS, Role
from yijianshi.kernel.errors import Invalid, NotFound

CARD = "social-card-application"
INDEPENDENT = {"fertility-registration": "RECEIVED", "parenting-guidance": "RECEIVED"}


@pytest.fixture
def application_id(town: Town) -> UUID:
    return newborn.apply(town, MONDAY)


def case(application_id: UUID, code: str = BIRTH) -> Case:
    return newborn.case_of(application_id, code)


def states(application_id: UUID) -> dict[str, str]:
    return dict(Case.objects.filter(application_id=application_id).values_list("item_code", "state"))


def refuse(town: Town, application_id: UUID, code: str = BIRTH, reason: str = "孩子不在本院出生") -> None:
    found = case(application_id, code)
    by = newborn.officer_of(town, found)
    commands.accept([found.id], by=by, at=MONDAY)
    commands.refuse([commands.Refusal(case_id=found.id, reason=reason, basis="母婴保健法第23条")], by=by, at=MONDAY)


def test_an_approval_leaves_one_decision_one_certificate_and_its_facts(town: Town, application_id: UUID) -> None:
    newborn.approve(town, application_id, BIRTH, MONDAY)
    decided = case(application_id)
    assert (decided.state, decided.is_open, decided.ended_at) == ("COMPLETED", False, MONDAY)
    assert Decision.objects.get(case_id=decided.id).outcome == "APPROVED"
    assert len(certificates.ids_by_case([decided.id])[decided.id]) == 1
    assert ResultFact.objects.filter(case_id=decided.id).count() == 5
    assert acts.moves_of(decided) == ["split", "accept", "approve"]
    assert acts.moves_of(case(application_id, POLICE)) == ["split", "release"]
    assert str(case(application_id, POLICE).received_on) == "2026-03-02"
    assert history.verify() is None


def test_a_refusal_ends_only_what_depends_on_it_and_says_why(town: Town, application_id: UUID) -> None:
    refuse(town, application_id)
    found = states(application_id)
    assert found.pop(BIRTH) == "REFUSED"
    assert {code: found.pop(code) for code in INDEPENDENT} == INDEPENDENT
    assert set(found.values()) == {"TERMINATED"}
    seen = queries.progress(application_id, by=town.wang_fang.actor, at=MONDAY)
    stations = {station.item_code: station for station in seen.stations}
    assert seen.overall is Overall.IN_PROGRESS
    assert "出生医学证明" in stations[POLICE].explains.zh
    decision = stations[BIRTH].decision
    assert decision is not None
    assert (decision.outcome, decision.reason, decision.basis) == ("REFUSED", "孩子不在本院出生", "母婴保健法第23条")
    assert "行政复议" in decision.remedies[0].zh
    assert "60" in decision.remedies[0].en
    assert certificates.ids_by_case([stations[BIRTH].case_id]).get(stations[BIRTH].case_id, ()) in ((), [])


def test_the_rest_goes_on_to_a_partly_done_end(town: Town, application_id: UUID) -> None:
    refuse(town, application_id)
    for code in INDEPENDENT:
        newborn.approve(town, application_id, code, MONDAY)
    seen = queries.progress(application_id, by=town.wang_fang.actor, at=MONDAY)
    assert seen.overall is Overall.PARTIALLY_COMPLETED
    assert not seen.may_withdraw


def test_not_accepting_is_in_writing_with_reason_and_number(town: Town, application_id: UUID) -> None:
    found = case(application_id)
    by = town.staff["hospital"].actor
    with pytest.raises(ReasonMissing):
        commands.not_accept([commands.NonAcceptance(case_id=found.id, reason="")], by=by, at=MONDAY)
    commands.not_accept([commands.NonAcceptance(case_id=found.id, reason="应向出生医院申请")], by=by, at=MONDAY)
    decision = Decision.objects.get(case_id=found.id)
    assert (decision.outcome, decision.document_no) == ("NOT_ACCEPTED", f"{found.number}-BS")
    assert states(application_id)[POLICE] == "TERMINATED"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("child.id_number", "410105202602240029"),  # wrong check digit
        ("child.id_number", "41010520260224"),
        ("child.id_number", "410105202613410023"),  # no such day
        ("household.registered_on", "2026-02-30"),
    ],
)
def test_a_mistyped_result_is_refused_before_it_flows_on(town: Town, application_id: UUID, name: str, value: str) -> None:
    newborn.approve(town, application_id, BIRTH, MONDAY)
    found = case(application_id, POLICE)
    results = newborn.results_for(found, MONDAY) | {name: value}
    with pytest.raises(Invalid) as refused:
        commands.approve([commands.Approval(case_id=found.id, results=results)], by=town.staff["police"].actor, at=MONDAY)
    assert refused.value.field == name
    assert case(application_id, POLICE).state == "RECEIVED"
    assert not Decision.objects.filter(case_id=found.id).exists()


def test_an_approval_without_its_results_names_the_first_one_missing(town: Town, application_id: UUID) -> None:
    approval = commands.Approval(case_id=case(application_id).id)
    with pytest.raises(ResultMissing) as refused:
        commands.approve([approval], by=town.staff["hospital"].actor, at=MONDAY)
    assert refused.value.field == "birth_certificate.number"


def test_a_card_is_decided_first_and_done_when_it_has_arrived(town: Town, application_id: UUID) -> None:
    for code in (BIRTH, POLICE, CARD):
        newborn.approve(town, application_id, code, MONDAY)
    card = case(application_id, CARD)
    assert (card.state, card.is_open, str(card.act_by)) == ("DECIDED", True, "2026-03-16")
    with pytest.raises(NothingToWithdraw):
        commands.withdraw(application_id, [CARD], by=town.wang_fang.actor, at=later(1))
    commands.deliver([card.id], by=town.staff["social-security"].actor, at=later(1), how="EMS 1234")
    card.refresh_from_db()
    assert (card.state, card.ended_at) == ("COMPLETED", later(1))
    with pytest.raises(NotThisWay):
        commands.deliver([card.id], by=town.staff["social-security"].actor, at=later(1))
    assert acts.moves_of(card) == ["split", "release", "accept", "approve", "deliver"]


def test_one_item_can_be_withdrawn_and_the_others_go_on(town: Town, application_id: UUID) -> None:
    gone = commands.withdraw(application_id, ["parenting-guidance"], by=town.wang_fang.actor, at=MONDAY, reason="不需要了")
    assert gone == ["parenting-guidance"]
    assert states(application_id)["parenting-guidance"] == "WITHDRAWN"
    newborn.approve(town, application_id, BIRTH, MONDAY)
    assert states(application_id)[POLICE] == "RECEIVED"
    with pytest.raises(NothingToWithdraw):
        commands.withdraw(application_id, ["parenting-guidance"], by=town.wang_fang.actor, at=MONDAY)


def test_everything_can_be_withdrawn_but_what_is_done_stays_done(town: Town, application_id: UUID) -> None:
    newborn.approve(town, application_id, BIRTH, MONDAY)
    assert len(commands.withdraw(application_id, by=town.wang_fang.actor, at=MONDAY)) == 9
    found = states(application_id)
    assert found.pop(BIRTH) == "COMPLETED"
    assert set(found.values()) == {"WITHDRAWN"}
    seen = queries.progress(application_id, by=town.wang_fang.actor, at=MONDAY)
    assert seen.overall is Overall.PARTIALLY_COMPLETED


def test_strangers_and_staff_withdraw_nothing(town: Town, application_id: UUID) -> None:
    for by in (town.stranger.actor, town.li_qiang.actor, town.staff["hospital"].actor, ANONYMOUS):
        with pytest.raises(NotFound):
            commands.withdraw(application_id, by=by, at=MONDAY)
        with pytest.raises(NotFound):
            queries.progress(application_id, by=by, at=MONDAY)
    assert "WITHDRAWN" not in states(application_id).values()


def test_what_is_not_split_yet_is_withdrawn_a_moment_later(town: Town) -> None:
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    newborn.submit(draft_id, town.wang_fang.actor, MONDAY)
    with pytest.raises(NotSplitYet):
        commands.withdraw(draft_id, by=town.wang_fang.actor, at=MONDAY)
    assert queries.progress(draft_id, by=town.wang_fang.actor, at=MONDAY).overall is Overall.SPLITTING


def acts_on(case_id: UUID) -> dict[str, Any]:
    """Return every verb of the desk as a call that lacks only the actor."""
    return {
        "accept": lambda by: commands.accept([case_id], by=by, at=MONDAY),
        "not_accept": lambda by: commands.not_accept([commands.NonAcceptance(case_id=case_id, reason="x")], by=by, at=MONDAY),
        "refuse": lambda by: commands.refuse([commands.Refusal(case_id=case_id, reason="x")], by=by, at=MONDAY),
        "approve": lambda by: commands.approve(
            [commands.Approval(case_id=case_id, results=newborn.results_for(Case.objects.get(id=case_id), MONDAY))],
            by=by,
            at=MONDAY,
        ),
        "deliver": lambda by: commands.deliver([case_id], by=by, at=MONDAY),
    }


@pytest.mark.parametrize("verb", ["accept", "not_accept", "refuse", "approve", "deliver"])
def test_nobody_acts_on_a_case_of_another_desk(town: Town, application_id: UUID, verb: str) -> None:
    found = case(application_id)
    others = [town.staff["police"], town.heads["police"], town.staff["police-luoyang"], town.wang_fang, town.stranger]
    for by in [*(one.actor for one in others), ANONYMOUS]:
        with pytest.raises(NotFound) as refused:
            acts_on(found.id)[verb](by)
        assert found.number not in str(refused.value.text)
        if not by.is_staff or by.organisation_id != found.organisation_id:
            with pytest.raises(NotFound):
                queries.get_case(found.id, by=by, at=MONDAY)
    assert acts.moves_of(found) == ["split"]


@pytest.mark.parametrize("verb", sorted(set(ACTIONS) & {"accept", "not_accept", "refuse", "approve", "deliver"}))
def test_a_case_that_does_not_exist_is_not_found(town: Town, verb: str) -> None:
    nowhere, by = uuid4(), town.staff["police"].actor
    verbs = acts_on(nowhere) | {"approve": lambda by: commands.approve([commands.Approval(case_id=nowhere)], by=by, at=MONDAY)}
    with pytest.raises(NotFound):
        verbs[verb](by)


def test_whether_one_may_is_decided_before_anything_is_looked_at(town: Town, application_id: UUID) -> None:
    """A clerk without the right to approve is not told first which results are missing; another desk not even that."""
    found = case(application_id)
    empty = [commands.Approval(case_id=found.id)]
    clerk = replace(newborn.officer_of(town, found), roles=frozenset({Role.CLERK}))
    for by, refusal in (
        (clerk, NotYourCase),
        (town.staff["police"].actor, NotFound),
        (newborn.officer_of(town, found), ResultMissing),
    ):
        with pytest.raises(refusal):
            commands.approve(empty, by=by, at=MONDAY)


def test_a_batch_is_taken_whole_or_not_at_all(town: Town, application_id: UUID) -> None:
    by = town.staff["health"].actor
    mine = [case(application_id, code).id for code in INDEPENDENT]
    with pytest.raises(NotFound):
        commands.accept([*mine, case(application_id).id], by=by, at=MONDAY)
    assert states(application_id)["parenting-guidance"] == "RECEIVED"
    commands.accept(mine, by=by, at=MONDAY)
    assert {states(application_id)[code] for code in INDEPENDENT} == {"ACCEPTED"}


@pytest.mark.parametrize("name", ["state", "item", "search"])
def test_a_search_for_what_nobody_can_type_finds_nothing(town: Town, application_id: UUID, name: str) -> None:
    filters = queries.WorklistFilters(**{name: "\x00"})
    assert queries.list_worklist(by=town.staff["hospital"].actor, at=MONDAY, filters=filters).rows == ()

"""The life of one newborn's cases under random acts, lawful and not: what must never happen, does not."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from tests.rooms.cases import acts
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.cases import commands, queries
from yijianshi.cases.logic.outcome import overall
from yijianshi.cases.logic.states import ACTIONS, FAILED, OPEN, WITH_RESULT, State, Who, allowed, target_of
from yijianshi.cases.models import Case, Decision
from yijianshi.certificates import queries as certificates
from yijianshi.foundation import history
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import DomainError

PICK = st.integers(0, 9)  # the position of a case
WHO = st.sampled_from(["officer", "officer", "officer", "head", "neighbour", "citizen"])
DECIDED_STATES = {State.COMPLETED, State.DECIDED, State.REFUSED, State.NOT_ACCEPTED}
ASKABLE = {"birth-certificate-first-issue": "child.name", "fertility-registration": "residence.region"}


class LifeCycle(RuleBasedStateMachine):
    """One application; officers, heads, neighbours and the mother act in any order while days go by."""

    town: Town

    @initialize()
    def submit(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.at: datetime = MONDAY
        self.application_id = newborn.apply(self.town, MONDAY)
        self.written: list[Any] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def case(self, pick: int) -> Case:
        return Case.objects.get(application_id=self.application_id, position=pick + 1)

    def actor(self, who: str, case: Case) -> Actor:
        officer = newborn.officer_of(self.town, case)
        heads = {head.actor.organisation_id: head.actor for head in self.town.heads.values()}
        return {
            "officer": officer,
            "head": heads[case.organisation_id],
            "neighbour": self.town.staff["police-luoyang"].actor,
            "citizen": self.town.wang_fang.actor,
        }[who]

    def attempt(self, act: Callable[[], Any]) -> None:
        """Act in a savepoint, as a request does; a refusal in words changes nothing."""
        self.at += timedelta(minutes=1)
        before = self.states()
        refusal = None
        try:
            with transaction.atomic():
                act()
        except DomainError as error:
            refusal = error.text
        if refusal is not None:
            assert refusal.zh.endswith(("。", "！"))
            assert refusal.en
            assert self.states() == before

    def states(self) -> dict[str, State]:
        rows = Case.objects.filter(application_id=self.application_id).values_list("item_code", "state")
        return {code: State(state) for code, state in rows}

    @rule(pick=PICK, who=WHO)
    def accept(self, pick: int, who: str) -> None:
        case = self.case(pick)
        self.attempt(lambda: commands.accept([case.id], by=self.actor(who, case), at=self.at))

    @rule(pick=PICK, who=WHO)
    def approve(self, pick: int, who: str) -> None:
        case = self.case(pick)
        approval = commands.Approval(case_id=case.id, results=newborn.results_for(case, self.at))
        self.attempt(lambda: commands.approve([approval], by=self.actor(who, case), at=self.at))

    @rule()
    def approve_what_lies_first(self) -> None:
        ready = Case.objects.filter(application_id=self.application_id, state__in=["RECEIVED", "ACCEPTED"]).order_by("position")
        if case := ready.first():
            self.approve(case.position - 1, "officer")

    @rule(pick=PICK, who=WHO, reason=st.sampled_from(["材料不实", ""]))
    def refuse(self, pick: int, who: str, reason: str) -> None:
        case = self.case(pick)
        refusal = commands.Refusal(case_id=case.id, reason=reason)
        self.attempt(lambda: commands.refuse([refusal], by=self.actor(who, case), at=self.at))

    @rule(pick=PICK, who=WHO)
    def not_accept(self, pick: int, who: str) -> None:
        case = self.case(pick)
        refusal = commands.NonAcceptance(case_id=case.id, reason="不归我们管")
        self.attempt(lambda: commands.not_accept([refusal], by=self.actor(who, case), at=self.at))

    @rule(pick=PICK, who=WHO)
    def deliver(self, pick: int, who: str) -> None:
        case = self.case(pick)
        self.attempt(lambda: commands.deliver([case.id], by=self.actor(who, case), at=self.at))

    @rule(code=st.sampled_from(sorted(ASKABLE)))
    def ask(self, code: str) -> None:
        case = newborn.case_of(self.application_id, code)
        self.attempt(lambda: acts.ask(self.town, case, ("field", ASKABLE[code]), at=self.at))

    @rule(name=st.sampled_from(["李满", ""]))
    def answer(self, name: str) -> None:
        values = {"child__name": name, "residence__region": "410105"}
        self.attempt(lambda: acts.answer(self.town, self.application_id, self.at, **values))

    @rule(pick=PICK, who=WHO, reason=st.sampled_from(["APPRAISAL", "PUBLICITY", "HEARING"]))
    def suspend(self, pick: int, who: str, reason: str) -> None:
        case = self.case(pick)
        wish = commands.Suspension(case_id=case.id, reason=reason, basis="第四十五条", working_days=5, note="依法暂停")
        self.attempt(lambda: commands.suspend([wish], by=self.actor(who, case), at=self.at))

    @rule(pick=PICK, who=WHO)
    def resume(self, pick: int, who: str) -> None:
        case = self.case(pick)
        self.attempt(lambda: commands.resume([case.id], by=self.actor(who, case), at=self.at))

    @rule(pick=PICK, who=WHO)
    def extend(self, pick: int, who: str) -> None:
        case = self.case(pick)
        wish = commands.Extension(case_id=case.id, reason="情况复杂")
        self.attempt(lambda: commands.extend([wish], by=self.actor(who, case), at=self.at))

    @rule(pick=PICK, who=st.sampled_from(["mother", "stranger"]))
    def withdraw(self, pick: int, who: str) -> None:
        by = self.town.wang_fang.actor if who == "mother" else self.town.stranger.actor
        code = self.case(pick).item_code
        self.attempt(lambda: commands.withdraw(self.application_id, [code], by=by, at=self.at))

    @rule(days=st.integers(1, 12))
    def days_go_by(self, days: int) -> None:
        self.at += timedelta(days=days)
        commands.deem_silent_cases_accepted(at=self.at)
        commands.return_unanswered_corrections(at=self.at)

    @precondition(lambda self: hasattr(self, "written"))
    @invariant()
    def history_is_append_only_and_tells_the_state(self) -> None:
        lines = history.list_for_application(self.application_id)
        assert lines[: len(self.written)] == self.written
        assert history.verify(since_id=self.written[-1].id if self.written else 0) is None
        self.written = lines
        for case in Case.objects.filter(application_id=self.application_id):
            self.check_chain(case, [line.entry for line in lines if line.entry.subject_id == case.id])

    def check_chain(self, case: Case, entries: list[history.Entry]) -> None:
        """Every step of the history is a row of the table, and the last one is where the case stands."""
        state = entries[0].to_state
        for entry in entries[1:]:
            action = ACTIONS[entry.action]
            assert entry.from_state == state
            assert State(state) in action.origins
            targets = {target_of(action, physical_delivery=physical) or State(state) for physical in (False, True)}
            assert State(entry.to_state) in targets
            state = entry.to_state
        assert case.state == state

    @precondition(lambda self: hasattr(self, "written"))
    @invariant()
    def nothing_waits_for_ever_and_nothing_starts_too_early(self) -> None:
        states = self.states()
        for case in Case.objects.filter(application_id=self.application_id):
            needed = {states[code] for code in case.waits_for if code not in case.order_only}
            before = {states[code] for code in case.waits_for if code in case.order_only}
            state = states[case.item_code]
            assert case.is_open == (state in OPEN)
            if state in OPEN:
                assert allowed(state, frozenset(Who))
            if state is State.WAITING_UPSTREAM:
                assert needed - WITH_RESULT or before - WITH_RESULT - FAILED
                assert not needed & FAILED
            elif state not in {State.TERMINATED, State.WITHDRAWN}:
                assert needed <= WITH_RESULT
                assert before <= WITH_RESULT | FAILED

    @precondition(lambda self: hasattr(self, "written"))
    @invariant()
    def dates_are_those_of_the_ledger(self) -> None:
        acts.check_dates_replay(self.application_id)

    @precondition(lambda self: hasattr(self, "written"))
    @invariant()
    def certificates_and_decisions_follow_the_states(self) -> None:
        cases = list(Case.objects.filter(application_id=self.application_id))
        issued = certificates.ids_by_case([case.id for case in cases])
        decided = set(Decision.objects.filter(case__in=cases).values_list("case_id", flat=True))
        for case in cases:
            approved = case.state in {State.COMPLETED, State.DECIDED}
            assert len(issued.get(case.id, ())) == approved
            assert (case.id in decided) == (case.state in DECIDED_STATES)

    @precondition(lambda self: hasattr(self, "written"))
    @invariant()
    def the_whole_is_derived_from_its_parts(self) -> None:
        seen = queries.progress(self.application_id, by=self.town.wang_fang.actor, at=self.at)
        assert seen.overall is overall(self.states().values())


# Explaining a failure traces every line, which takes minutes here.
PHASES = [phase for phase in Phase if phase is not Phase.explain]


@pytest.mark.timeout(600)
def test_the_life_of_an_application_under_random_acts(town: Town) -> None:
    LifeCycle.town = town
    run_state_machine_as_test(
        LifeCycle,
        settings=settings(
            max_examples=5,
            stateful_step_count=24,
            deadline=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )

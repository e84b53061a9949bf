"""The state table: what leads where, who may, and that no state is a dead end."""

import pytest

from yijianshi.cases.logic.states import ACTIONS, FAILED, ON_DESK, OPEN, STATE_TEXTS, SUCCEEDED, State, Who, allowed, target_of


def test_every_state_is_either_open_or_ended() -> None:
    assert set(State) == OPEN | SUCCEEDED | FAILED
    assert not OPEN & (SUCCEEDED | FAILED)


def test_every_state_has_words_in_both_languages() -> None:
    assert set(STATE_TEXTS) == set(State)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_an_open_state_can_be_left(state: State) -> None:
    assert [action for action in ACTIONS.values() if state in action.origins and action.target not in (None, state)]


@pytest.mark.parametrize("state", sorted(SUCCEEDED | FAILED))
def test_an_ended_state_stays(state: State) -> None:
    assert not [action.code for action in ACTIONS.values() if state in action.origins]


def test_every_state_can_be_reached() -> None:
    first = {State.WAITING_UPSTREAM, State.RECEIVED}
    reached = first | {action.target for action in ACTIONS.values()} | {State.DECIDED}
    assert set(State) <= reached


def test_every_action_names_its_basis() -> None:
    assert all(action.basis for action in ACTIONS.values())


@pytest.mark.parametrize("code", ["request_correction", "not_accept", "suspend", "extend", "refuse"])
def test_what_burdens_the_applicant_needs_a_reason(code: str) -> None:
    assert ACTIONS[code].needs_reason  # 行政许可法 arts. 32, 38, 42, 45


def test_only_heads_extend_and_only_officers_decide() -> None:
    assert ACTIONS["extend"].who == {Who.HEAD}  # art. 42: approval of the head of the authority
    assert ACTIONS["approve"].who == ACTIONS["refuse"].who == {Who.OFFICER}


def test_a_clerk_sees_only_what_a_clerk_may_do() -> None:
    codes = [action.code for action in allowed(State.RECEIVED, frozenset({Who.CLERK}))]
    assert codes == ["accept", "request_correction", "not_accept"]


def test_an_approved_card_is_decided_until_delivered() -> None:
    assert target_of(ACTIONS["approve"], physical_delivery=True) is State.DECIDED
    assert target_of(ACTIONS["approve"], physical_delivery=False) is State.COMPLETED
    assert ACTIONS["deliver"].origins == {State.DECIDED}


def test_desk_states_are_those_a_department_can_act_on_or_wait_with() -> None:
    assert OPEN - {State.WAITING_UPSTREAM} == ON_DESK

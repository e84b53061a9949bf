"""Splitting and following up: what starts when, and how far a failure reaches."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.cases.logic.splitting import (
    Consequences,
    ResolvedItem,
    Sibling,
    blocked,
    consequences,
    first_state,
    ready,
    resolved_from_json,
)
from yijianshi.cases.logic.states import FAILED, WITH_RESULT, State

DONE, HELD, OPEN, REFUSED = State.COMPLETED, State.WAITING_UPSTREAM, State.ACCEPTED, State.REFUSED


def newborn(**states: State) -> list[Sibling]:
    """Return the newborn's cases (handbook 3.1), held unless said otherwise."""
    waits = {
        "certificate": (),
        "fertility": (),
        "vaccination": ("certificate",),
        "household": ("certificate",),
        "maternity": ("certificate",),
        "insurance": ("household",),
        "card": ("household",),
        "payment": ("insurance",),
        "allowance": ("household", "insurance"),
    }
    order_only = {"allowance": ("insurance",)}
    return [
        Sibling(code, states.get(code, HELD if upstream else OPEN), upstream, order_only.get(code, ()))
        for code, upstream in waits.items()
    ]


def test_items_without_upstream_start_at_once() -> None:
    organisation = UUID(int=1)
    assert first_state(ResolvedItem("a", organisation, "410105", ())) is State.RECEIVED
    assert first_state(ResolvedItem("b", organisation, "410105", ("a",))) is HELD


def test_a_resolved_item_survives_storage() -> None:
    item = ResolvedItem("b", UUID(int=7), "410105", ("a", "c"), ("c",))
    assert resolved_from_json([item.to_json()]) == [item]


def test_an_item_resolved_before_orders_were_told_apart_needs_every_result() -> None:
    stored = {
        key: value for key, value in ResolvedItem("b", UUID(int=7), "410105", ("a",)).to_json().items() if key != "order_only"
    }
    assert resolved_from_json([stored]) == [ResolvedItem("b", UUID(int=7), "410105", ("a",))]


def test_a_result_starts_what_waited_for_it_and_nothing_more() -> None:
    assert ready(newborn(certificate=DONE)) == ["vaccination", "household", "maternity"]
    assert ready(newborn(certificate=DONE, vaccination=OPEN, maternity=OPEN, household=DONE)) == ["insurance", "card"]


def test_two_upstream_results_are_both_needed() -> None:
    cases = newborn(certificate=DONE, vaccination=DONE, maternity=DONE, household=DONE, card=DONE, insurance=OPEN)
    assert "allowance" not in ready(cases)
    cases = newborn(certificate=DONE, vaccination=DONE, maternity=DONE, household=DONE, card=DONE, insurance=DONE)
    assert ready(cases) == ["payment", "allowance"]


@pytest.mark.parametrize("end", sorted(FAILED | WITH_RESULT))
def test_an_order_only_upstream_releases_however_it_ends(end: State) -> None:
    cases = newborn(certificate=DONE, vaccination=OPEN, maternity=OPEN, household=DONE, card=OPEN, insurance=end)
    found = consequences(cases)
    assert "allowance" in found.started
    assert set(found.stopped) == ({"payment"} if end in FAILED else set())


def test_a_result_exists_from_the_decision_on() -> None:
    assert ready(newborn(certificate=State.DECIDED)) == ["vaccination", "household", "maternity"]


def test_a_case_that_stops_lets_the_one_behind_it_begin() -> None:
    cases = [Sibling("a", REFUSED, ()), Sibling("b", HELD, ("a",)), Sibling("c", HELD, ("b",), ("b",))]
    assert consequences(cases) == Consequences(("c",), {"b": "a"})


def test_a_refusal_reaches_only_what_depends_on_it() -> None:
    cases = newborn(certificate=DONE, vaccination=OPEN, maternity=OPEN, household=REFUSED)
    assert blocked(cases) == {code: "household" for code in ("insurance", "card", "payment", "allowance")}


def test_nothing_is_blocked_while_all_goes_well() -> None:
    assert blocked(newborn(certificate=DONE, household=DONE)) == {}


@st.composite
def families(draw: st.DrawFn) -> list[Sibling]:
    size = draw(st.integers(1, 8))
    codes = [f"i{n}" for n in range(size)]
    cases = []
    for n, code in enumerate(codes):
        upstream = tuple(sorted(draw(st.sets(st.sampled_from(codes[:n])))) if n else ())
        order_only = tuple(sorted(draw(st.sets(st.sampled_from(upstream))))) if upstream else ()
        cases.append(Sibling(code, draw(st.sampled_from([DONE, HELD, OPEN, REFUSED])), upstream, order_only))
    return draw(st.permutations(cases))


@given(families())
def test_started_and_ended_cases_are_held_ones_and_never_both(cases: list[Sibling]) -> None:
    by_code = {case.item_code: case for case in cases}
    started, ended = set(ready(cases)), set(blocked(cases))
    assert not started & ended
    assert all(by_code[code].state is HELD for code in started | ended)
    assert all(by_code[up].state in WITH_RESULT for code in started for up in by_code[code].needs)
    assert all(by_code[up].state in WITH_RESULT | FAILED for code in started for up in by_code[code].order_only)


@given(families())
def test_when_nothing_is_open_any_more_nothing_is_held_for_ever(cases: list[Sibling]) -> None:
    settled = [replace(case, state=DONE) if case.state is OPEN else case for case in cases]
    while held := [case for case in settled if case.state is HELD]:
        found = consequences(settled)
        assert found.started or found.stopped, held
        ended = {**dict.fromkeys(found.started, DONE), **dict.fromkeys(found.stopped, State.TERMINATED)}
        settled = [replace(case, state=ended.get(case.item_code, case.state)) for case in settled]


@given(families())
def test_a_blocked_case_has_a_failed_case_upstream(cases: list[Sibling]) -> None:
    by_code = {case.item_code: case for case in cases}
    for code, cause in blocked(cases).items():
        assert by_code[cause].state in FAILED
        seen, todo = set(), [code]
        while todo:
            for up in by_code[todo.pop()].needs:
                if up not in seen:
                    seen.add(up)
                    todo.append(up)
        assert cause in seen

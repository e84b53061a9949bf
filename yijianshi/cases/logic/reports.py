"""Which lines of a case's history a system of another level is told, in which thread, and with which fields.

The n-th message of a thread is the n-th line of its kind. What is a state and what is a result is therefore fixed here, once,
and not in the neighbour file: an entry may change while a case is under way, the numbers already sent may not.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from yijianshi.cases.logic.states import State
from yijianshi.kernel.identifiers.masks import mask_id_number

Kind = Literal["states", "results"]
Shown = Literal["hashed", "masked", "whole"]
KINDS: Mapping[Kind, str] = {"states": "report.state", "results": "report.result"}  # what is told → kind of message
_OUTCOMES = {
    State.DECIDED: "APPROVED",
    State.COMPLETED: "APPROVED",
    State.REFUSED: "REFUSED",
    State.NOT_ACCEPTED: "NOT_ACCEPTED",
}


def thread_of(number: str, kind: Kind) -> str:
    """Return the thread in which a case's states or results are told; the case's own number stays for handing it over."""
    return f"{number}:{kind}"


def is_told(kind: Kind, from_state: str, to_state: str) -> bool:
    """Say whether a line of history is a change of state, or a decision."""
    if from_state == to_state:
        return False
    return kind == "states" or (to_state in _OUTCOMES and from_state != State.DECIDED)


def outcome_of(to_state: str) -> str:
    """Return APPROVED, REFUSED or NOT_ACCEPTED for the state a decision leads to."""
    return _OUTCOMES[State(to_state)]


def chosen(fields: Sequence[str], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the declared *fields*, in their order, of what is *known*; nothing that was not declared."""
    return {name: known[name] for name in fields if known.get(name) not in (None, "")}


def shown_number(how: Shown, number: str, digest: str) -> str:
    """Return an applicant's ID number or credit code as it may be shown; *digest* is what stands for it when hashed."""
    if how == "whole":
        return number
    return digest if how == "hashed" else mask_id_number(number)

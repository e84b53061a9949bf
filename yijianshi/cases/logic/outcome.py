"""The state of the whole one thing, derived from its cases."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from yijianshi.cases.logic.states import FAILED, OPEN, State
from yijianshi.kernel.text import Text


class Overall(StrEnum):
    """Where the one thing stands as a whole."""

    SPLITTING = "SPLITTING"
    IN_PROGRESS = "IN_PROGRESS"
    WAITING_FOR_YOU = "WAITING_FOR_YOU"
    COMPLETED = "COMPLETED"
    PARTIALLY_COMPLETED = "PARTIALLY_COMPLETED"
    ENDED = "ENDED"
    WITHDRAWN = "WITHDRAWN"


OVERALL_TEXTS = {
    Overall.SPLITTING: Text("已提交，正在分送各部门", "Submitted, being sent to the departments"),
    Overall.IN_PROGRESS: Text("办理中", "In progress"),
    Overall.WAITING_FOR_YOU: Text("等您补正", "Waiting for you"),
    Overall.COMPLETED: Text("全部办结", "All done"),
    Overall.PARTIALLY_COMPLETED: Text("部分办结", "Partly done"),
    Overall.ENDED: Text("已结束，没有办成", "Ended without a result"),
    Overall.WITHDRAWN: Text("已撤回", "Withdrawn"),
}


def overall(states: Iterable[State]) -> Overall:
    """Return the state of the whole from the states of its cases; no cases yet means they are being split."""
    found = list(states)
    if not found:
        return Overall.SPLITTING
    if State.CORRECTION_REQUESTED in found:
        return Overall.WAITING_FOR_YOU
    if any(state in OPEN for state in found):
        return Overall.IN_PROGRESS
    return _ended(found)


def _ended(states: Sequence[State]) -> Overall:
    if all(state is State.COMPLETED for state in states):
        return Overall.COMPLETED
    if State.COMPLETED in states:
        return Overall.PARTIALLY_COMPLETED
    if all(state in {State.WITHDRAWN, State.TERMINATED} for state in states):
        return Overall.WITHDRAWN
    return Overall.ENDED if all(state in FAILED for state in states) else Overall.IN_PROGRESS

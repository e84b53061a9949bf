"""The stations of an application between two regions, and which may follow which (handbook chapter 8 [D])."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from yijianshi.cases.logic.states import FAILED, OPEN
from yijianshi.cases.logic.states import State as CaseState
from yijianshi.kernel.errors import Conflict
from yijianshi.kernel.text import Text


class Stage(StrEnum):
    """Where it stands."""

    RECEIVED_AT_ORIGIN = "RECEIVED_AT_ORIGIN"  # submitted; the window looks at the person and the originals
    FORMAL_CHECKED = "FORMAL_CHECKED"  # looked at, on its way in a moment
    SENT = "SENT"
    ARRIVED_AT_HOME = "ARRIVED_AT_HOME"
    ACCEPTED = "ACCEPTED"
    CORRECTION = "CORRECTION"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    DECIDED = "DECIDED"
    RESULT_SENT = "RESULT_SENT"
    HANDED_OVER = "HANDED_OVER"  # the results are where the person is
    RETURNED = "RETURNED"  # the home could not take it in; the reason is told


JOINT = "JOINT"  # 多地联办: the mode of a passage that is one item of an application the origin itself handles
_AT_WORK = {Stage.ARRIVED_AT_HOME, Stage.ACCEPTED, Stage.CORRECTION}
_OUTCOMES = {Stage.NOT_ACCEPTED, Stage.DECIDED}
FOLLOWS: Mapping[Stage, frozenset[Stage]] = {
    Stage.RECEIVED_AT_ORIGIN: frozenset({Stage.FORMAL_CHECKED}),
    Stage.FORMAL_CHECKED: frozenset({Stage.SENT}),
    Stage.SENT: frozenset({Stage.ARRIVED_AT_HOME, Stage.RETURNED}),
    Stage.ARRIVED_AT_HOME: frozenset({Stage.ACCEPTED, Stage.CORRECTION, Stage.RETURNED} | _OUTCOMES),
    Stage.ACCEPTED: frozenset({Stage.ARRIVED_AT_HOME, Stage.CORRECTION} | _OUTCOMES),
    Stage.CORRECTION: frozenset({Stage.ARRIVED_AT_HOME, Stage.ACCEPTED} | _OUTCOMES),
    Stage.NOT_ACCEPTED: frozenset({Stage.RESULT_SENT, Stage.HANDED_OVER} | _AT_WORK),
    Stage.DECIDED: frozenset({Stage.RESULT_SENT, Stage.HANDED_OVER} | _AT_WORK),
    Stage.RESULT_SENT: frozenset({Stage.HANDED_OVER}),
    Stage.HANDED_OVER: frozenset(),
    Stage.RETURNED: frozenset(),
}
ENDED = frozenset({Stage.HANDED_OVER, Stage.RETURNED})
OVER = frozenset({Stage.NOT_ACCEPTED, Stage.DECIDED})
TEXTS: Mapping[Stage, Text] = {
    Stage.RECEIVED_AT_ORIGIN: Text("等您到窗口核对原件", "Please bring the originals to the window"),
    Stage.FORMAL_CHECKED: Text("窗口已核对，正在寄出", "Checked at the window, about to be sent"),
    Stage.SENT: Text("正在送往办理地", "On its way to the place in charge"),
    Stage.ARRIVED_AT_HOME: Text("办理地已经收到", "Received by the place in charge"),
    Stage.ACCEPTED: Text("办理地正在办理", "In progress at the place in charge"),
    Stage.CORRECTION: Text("等您补正", "Waiting for you"),
    Stage.NOT_ACCEPTED: Text("不予受理", "Not accepted"),
    Stage.DECIDED: Text("已有结果，正在送回", "Decided, the results are coming back"),
    Stage.RESULT_SENT: Text("结果已经送出", "The results have been sent"),
    Stage.HANDED_OVER: Text("已办结", "Finished"),
    Stage.RETURNED: Text("没有办成，已退回", "Returned without a result"),
}
_REFUSED_ALL = {CaseState.NOT_ACCEPTED, CaseState.WITHDRAWN, CaseState.RETURNED, CaseState.TERMINATED}


class WrongStage(Conflict):
    """这份申请现在是“{now}”，不能再做这一步。请刷新页面看最新的情况。

    This application stands at "{now}", so this step is not possible now. Reload the page to see how things are.
    """


def check_follows(now: Stage, then: Stage) -> None:
    """Raise WrongStage unless *then* may follow *now*."""
    if then not in FOLLOWS[now]:
        raise WrongStage(now=TEXTS[now])


def stage_of(states: Collection[CaseState]) -> Stage:
    """Return where the work at home stands, from the states of its cases; none yet means that it has just arrived."""
    if CaseState.CORRECTION_REQUESTED in states:
        return Stage.CORRECTION
    still = [state for state in states if state in OPEN]
    if states and not still:
        return Stage.NOT_ACCEPTED if all(state in _REFUSED_ALL for state in states) else Stage.DECIDED
    begun = any(state not in {CaseState.RECEIVED, CaseState.WAITING_UPSTREAM, CaseState.AWAITING_DATA} for state in states)
    return Stage.ACCEPTED if begun else Stage.ARRIVED_AT_HOME


__all__ = ["ENDED", "FAILED", "FOLLOWS", "JOINT", "OVER", "TEXTS", "Stage", "WrongStage", "check_follows", "stage_of"]

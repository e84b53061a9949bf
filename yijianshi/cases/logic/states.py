"""The state table of a case, keyed by action: the only way a case changes its state.

The same rows render the workbench's buttons, the API's verbs, the permissions and the diagram in docs/reference/states.md.
Sources: 行政许可法 arts. 32, 42, 44, 45; states of GB/T 39046-2020 tables 5-8 condensed (handbook chapter 6.5).
"""

from dataclasses import dataclass
from enum import StrEnum

from yijianshi.kernel.text import Text


class State(StrEnum):
    """Where a case stands."""

    WAITING_UPSTREAM = "WAITING_UPSTREAM"
    AWAITING_DATA = "AWAITING_DATA"
    RECEIVED = "RECEIVED"
    CORRECTION_REQUESTED = "CORRECTION_REQUESTED"
    ACCEPTED = "ACCEPTED"
    SUSPENDED = "SUSPENDED"
    DECIDED = "DECIDED"
    COMPLETED = "COMPLETED"
    REFUSED = "REFUSED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    RETURNED = "RETURNED"
    WITHDRAWN = "WITHDRAWN"
    TERMINATED = "TERMINATED"


class Who(StrEnum):
    """Who may take an action."""

    CLERK = "CLERK"
    OFFICER = "OFFICER"
    HEAD = "HEAD"
    APPLICANT = "APPLICANT"
    SYSTEM = "SYSTEM"


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the table: from which states, to which state, by whom, on which legal basis."""

    code: str
    label: Text
    origins: frozenset[State]
    target: State | None  # None: the state stays, only the clock changes
    who: frozenset[Who]
    clock: str | None  # kind of clock entry written with it
    basis: str
    needs_reason: bool = False


LICENSING_LAW = "行政许可法"

S = State
OPEN = frozenset({S.WAITING_UPSTREAM, S.AWAITING_DATA, S.RECEIVED, S.CORRECTION_REQUESTED, S.ACCEPTED, S.SUSPENDED, S.DECIDED})
SUCCEEDED = frozenset({S.COMPLETED})
WITH_RESULT = SUCCEEDED | {S.DECIDED}  # decided: the result exists, although the paper or card is still to be delivered
FAILED = frozenset({S.REFUSED, S.NOT_ACCEPTED, S.RETURNED, S.WITHDRAWN, S.TERMINATED})
ON_DESK = frozenset(
    {S.AWAITING_DATA, S.RECEIVED, S.CORRECTION_REQUESTED, S.ACCEPTED, S.SUSPENDED, S.DECIDED}
)  # what a worklist shows


def _row(code: str, label: tuple[str, str], origins: set[State], target: State | None, who: set[Who], **rest: object) -> Action:
    defaults: dict[str, object] = {"clock": None, "basis": "", "needs_reason": False}
    return Action(code, Text(*label), frozenset(origins), target, frozenset(who), **(defaults | rest))  # type: ignore[arg-type]


_DESK = {Who.CLERK, Who.OFFICER}
# fmt: off
_TABLE = (
    _row("release", ("开始办理", "Start"), {S.WAITING_UPSTREAM}, S.RECEIVED, {Who.SYSTEM},
         clock="RECEIVED", basis="行政许可法第三十二条"),
    _row("await_data", ("等别的部门的数据", "Wait for another authority's data"), {S.RECEIVED}, S.AWAITING_DATA, {Who.SYSTEM},
         basis="政务数据共享条例 (data the state holds is not asked for again)"),
    _row("data_arrived", ("数据到了", "The data has come"), {S.AWAITING_DATA}, S.RECEIVED, {Who.SYSTEM},
         basis="政务数据共享条例 (data the state holds is not asked for again)"),
    _row("go_without_data", ("不等数据，接着办", "Go on without the data"), {S.AWAITING_DATA}, S.RECEIVED, _DESK,
         basis="政务数据共享条例 (data the state holds is not asked for again)", needs_reason=True),
    _row("accept", ("受理", "Accept"), {S.RECEIVED}, S.ACCEPTED, _DESK,
         clock="ACCEPTED", basis="行政许可法第三十二条"),
    _row("deem_accepted", ("视为受理", "Deem accepted"), {S.RECEIVED}, S.ACCEPTED, {Who.SYSTEM},
         clock="DEEMED_ACCEPTED", basis="行政许可法第三十二条"),
    _row("request_correction", ("一次告知补正", "Ask for corrections, once"), {S.RECEIVED}, S.CORRECTION_REQUESTED, _DESK,
         clock="CORRECTION_REQUESTED", basis="行政许可法第三十二条", needs_reason=True),
    _row("correct", ("提交补正", "Answer the corrections"), {S.CORRECTION_REQUESTED}, S.RECEIVED, {Who.APPLICANT},
         clock="CORRECTED", basis="行政许可法第三十二条"),
    _row("not_accept", ("不予受理", "Do not accept"), {S.RECEIVED}, S.NOT_ACCEPTED, _DESK,
         clock="STOPPED", basis="行政许可法第三十二条", needs_reason=True),
    _row("return_unanswered", ("退件", "Return"), {S.CORRECTION_REQUESTED}, S.RETURNED, {Who.SYSTEM},
         clock="STOPPED", basis="行政许可法第三十二条"),
    _row("suspend", ("暂停计时", "Pause the clock"), {S.ACCEPTED}, S.SUSPENDED, _DESK,
         clock="SUSPENDED", basis="行政许可法第四十五条", needs_reason=True),
    _row("resume", ("恢复计时", "Resume"), {S.SUSPENDED}, S.ACCEPTED, _DESK,
         clock="RESUMED", basis="行政许可法第四十五条"),
    _row("extend", ("延长期限", "Extend once"), {S.ACCEPTED}, None, {Who.HEAD},
         clock="EXTENDED", basis="行政许可法第四十二条", needs_reason=True),
    _row("approve", ("准予", "Approve"), {S.ACCEPTED}, S.COMPLETED, {Who.OFFICER},
         clock="STOPPED", basis="行政许可法第三十八条、第四十二条"),
    _row("refuse", ("不予批准", "Refuse"), {S.ACCEPTED}, S.REFUSED, {Who.OFFICER},
         clock="STOPPED", basis="行政许可法第三十八条", needs_reason=True),
    _row("begin_notice", ("开始公告或法定等待", "Notice or statutory wait begins"), {S.ACCEPTED}, None, {Who.SYSTEM},
         clock="NOTICE_BEGUN", basis="规定这段期间的法律 (the law that sets the period)"),
    _row("end_notice", ("公告或法定等待期满", "Notice or statutory wait over"), {S.ACCEPTED}, None, {Who.SYSTEM},
         basis="规定这段期间的法律 (the law that sets the period)"),
    _row("deliver", ("送达", "Deliver"), {S.DECIDED}, S.COMPLETED, _DESK, basis="行政许可法第四十四条"),
    _row("withdraw", ("撤回", "Withdraw"), set(OPEN - {S.DECIDED}), S.WITHDRAWN, {Who.APPLICANT},
         clock="STOPPED", basis="申请人自愿 (the applicant's choice)"),
    _row("terminate", ("终止", "End"), {S.WAITING_UPSTREAM}, S.TERMINATED, {Who.SYSTEM},
         basis="要用的上游结果没有办成 (a result it needs did not come about)"),
)
# fmt: on
ACTIONS: dict[str, Action] = {row.code: row for row in _TABLE}

_STATE_TEXTS = {
    S.WAITING_UPSTREAM: ("等前一项办完", "Waiting for an earlier item"),
    S.AWAITING_DATA: ("已收件，等别的部门的数据", "Received, waiting for another authority's data"),
    S.RECEIVED: ("已收件，待受理", "Received, being checked"),
    S.CORRECTION_REQUESTED: ("等您补正", "Waiting for your corrections"),
    S.ACCEPTED: ("已受理，办理中", "Accepted, in progress"),
    S.SUSPENDED: ("暂停计时", "Clock paused"),
    S.DECIDED: ("已准予，制证送达中", "Approved, result on its way"),
    S.COMPLETED: ("已办结", "Done"),
    S.REFUSED: ("不予批准", "Refused"),
    S.NOT_ACCEPTED: ("不予受理", "Not accepted"),
    S.RETURNED: ("退件", "Returned"),
    S.WITHDRAWN: ("已撤回", "Withdrawn"),
    S.TERMINATED: ("未能继续", "Could not go on"),
}
STATE_TEXTS: dict[State, Text] = {state: Text(*pair) for state, pair in _STATE_TEXTS.items()}


def basis_of(action: Action, under_licensing_law: str) -> str:
    """Return the legal basis of *action*; content says if the licensing law holds DIRECT, BY_ANALOGY (参照) or not (NONE)."""
    if not action.basis.startswith(LICENSING_LAW):
        return action.basis
    return {"DIRECT": action.basis, "BY_ANALOGY": f"参照{action.basis}"}.get(under_licensing_law, "")


def target_of(action: Action, *, physical_delivery: bool) -> State | None:
    """Return the state *action* leads to; an approved paper or card result is DECIDED until it is delivered."""
    if action.code == "approve" and physical_delivery:
        return State.DECIDED
    return action.target


def allowed(state: State, who: frozenset[Who]) -> tuple[Action, ...]:
    """Return the actions that *who* may take from *state*, in table order."""
    return tuple(action for action in _TABLE if state in action.origins and action.who & who)

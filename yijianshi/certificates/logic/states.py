"""States of a certificate, and the only ways between them.

State numbers of real certificates (01 有效, 02 暂扣, 03 撤销, 04 注销) are [L]; expiry is not a state but a date.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yijianshi.kernel.text import Text


class State(StrEnum):
    """Whether a certificate has its effect."""

    VALID = "VALID"
    SUSPENDED = "SUSPENDED"
    REVOKED = "REVOKED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Action:
    """One way from state to state; *basis* is the legal ground where the law names one."""

    code: str
    label: Text
    before: frozenset[State]
    after: State
    basis: str


_OPEN = frozenset({State.VALID, State.SUSPENDED})

ACTIONS = {
    action.code: action
    for action in (
        Action("suspend", Text("暂扣", "Suspend"), frozenset({State.VALID}), State.SUSPENDED, ""),
        Action("restore", Text("恢复", "Restore"), frozenset({State.SUSPENDED}), State.VALID, ""),
        # 行政许可法 art. 69: granted unlawfully or obtained by deceit
        Action("revoke", Text("撤销", "Revoke"), _OPEN, State.REVOKED, "行政许可法第六十九条"),
        # 行政许可法 art. 70: expired, holder gone, replaced
        Action("cancel", Text("注销", "Cancel"), _OPEN, State.CANCELLED, "行政许可法第七十条"),
    )
}

STATE_TEXTS = {
    State.VALID: Text("有效。", "Valid."),
    State.SUSPENDED: Text("已暂扣，目前不能使用。", "Suspended; it cannot be used at present."),
    State.REVOKED: Text("已被发证机关撤销，不再有效。", "Revoked by the issuing authority; no longer valid."),
    State.CANCELLED: Text("已注销或换发新证，不再有效。", "Cancelled or replaced by a newer one; no longer valid."),
}
EXPIRED = Text("已过有效期，不再有效。", "Past its last day of validity; no longer valid.")
NOT_YET = Text("还没有到生效日期。", "Its first day of validity has not come yet.")


def is_usable(state: State, valid_from: date, valid_to: date | None, on: date) -> bool:
    """Say whether a certificate has its effect on the day *on* (both days included)."""
    return state is State.VALID and valid_from <= on and (valid_to is None or on <= valid_to)


def describe(state: State, valid_from: date, valid_to: date | None, on: date) -> Text:
    """Return in plain words whether it is valid on the day *on*, and if not why."""
    if state is State.VALID and valid_to is not None and on > valid_to:
        return EXPIRED
    if state is State.VALID and on < valid_from:
        return NOT_YET
    return STATE_TEXTS[state]

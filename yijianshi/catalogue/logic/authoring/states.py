"""The state table of a proposal, keyed by action: the only way a proposal changes its state.

Two people stand behind what is published: whoever wrote any of a proposal does not approve it, and what is edited after it was
handed in goes back to the draft, so that an approval never covers a text its giver did not see.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.text import Text


class State(StrEnum):
    """Where a proposal stands."""

    DRAFT = "DRAFT"
    IN_REVIEW = "IN_REVIEW"
    APPROVED = "APPROVED"
    PUBLISHED = "PUBLISHED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the table: from which states, to which state; ``by_another``: not by anybody who wrote any of it."""

    code: str
    label: Text
    origins: frozenset[State]
    target: State
    by_another: bool = False
    needs_reason: bool = False


S = State
OPEN = frozenset({S.DRAFT, S.IN_REVIEW, S.APPROVED})
# fmt: off
_TABLE = (
    Action("edit", Text("修改", "Edit"), OPEN, S.DRAFT),
    Action("submit", Text("提交审核", "Hand in for review"), frozenset({S.DRAFT}), S.IN_REVIEW),
    Action("approve", Text("审核通过", "Approve"), frozenset({S.IN_REVIEW}), S.APPROVED, by_another=True),
    Action("send_back", Text("退回修改", "Send back"), frozenset({S.IN_REVIEW, S.APPROVED}), S.DRAFT, needs_reason=True),
    Action("publish", Text("发布", "Publish"), frozenset({S.APPROVED}), S.PUBLISHED),
    Action("withdraw", Text("撤回", "Withdraw"), OPEN, S.WITHDRAWN),
)
# fmt: on
ACTIONS: dict[str, Action] = {row.code: row for row in _TABLE}
STATE_TEXTS: dict[State, Text] = {
    S.DRAFT: Text("草稿", "Draft"),
    S.IN_REVIEW: Text("待审核", "Waiting for review"),
    S.APPROVED: Text("已通过，待发布", "Approved, to be published"),
    S.PUBLISHED: Text("已发布", "Published"),
    S.WITHDRAWN: Text("已撤回", "Withdrawn"),
}


def may_read(actor: Actor) -> bool:
    """Say whether somebody may see proposals and the texts of content files."""
    return actor.is_system or (actor.is_staff and actor.has_role(Role.AUTHOR, Role.SUPERVISOR, Role.OPERATOR))


def may_write(actor: Actor) -> bool:
    """Say whether somebody may write proposals."""
    return actor.is_system or (actor.is_staff and actor.has_role(Role.AUTHOR))


def is_editor(actor: Actor, editors: Collection[str]) -> bool:
    """Say whether *actor* wrote any of a proposal; *editors* are account ids."""
    return str(actor.account_id) in editors


def allowed(state: State, actor: Actor, editors: Collection[str]) -> tuple[Action, ...]:
    """Return the actions *actor* may take on a proposal in *state* written by *editors*, in table order."""
    if not may_write(actor):
        return ()
    return tuple(row for row in _TABLE if state in row.origins and not (row.by_another and not may_approve(actor, editors)))


def may_approve(actor: Actor, editors: Collection[str]) -> bool:
    """Say whether *actor* is a second person: an author with an account of their own who wrote none of it."""
    return may_write(actor) and actor.account_id is not None and not is_editor(actor, editors)

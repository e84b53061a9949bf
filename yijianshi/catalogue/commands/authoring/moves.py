"""Taking an action on a proposal: the only place where its state changes, and what history says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.catalogue.commands.authoring.errors import NotAnAuthor, NotNow, ReasonNeeded, SecondPersonNeeded
from yijianshi.catalogue.logic.authoring.states import ACTIONS, STATE_TEXTS, State, is_editor, may_approve, may_write
from yijianshi.catalogue.models import Proposal
from yijianshi.catalogue.queries.locks import lock_proposal
from yijianshi.foundation import history
from yijianshi.identity.logic.actor import Actor

LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Act:
    """Who does what, when, and why."""

    code: str
    by: Actor
    at: datetime
    reason: str = ""


def begin(proposal_id: UUID, act: Act) -> Proposal:
    """Return the proposal, locked, if this act is possible now.

    Raises ProposalNotFound, NotAnAuthor, NotNow, SecondPersonNeeded, ReasonNeeded.
    """
    refuse_others(act.by)
    action = ACTIONS[act.code]
    proposal = lock_proposal(proposal_id)
    if State(proposal.state) not in action.origins:
        raise NotNow(state=STATE_TEXTS[State(proposal.state)], action=action.label)
    if action.by_another and not may_approve(act.by, proposal.editors):
        raise SecondPersonNeeded
    if action.needs_reason:
        check_reason(act.reason)
    return proposal


def finish(proposal: Proposal, act: Act, payload: Mapping[str, Any] | None = None) -> None:
    """Move the proposal to where the act leads, and record it."""
    before, after = proposal.state, ACTIONS[act.code].target
    proposal.state = after
    proposal.revision += 1
    proposal.changed_at = act.at
    proposal.save()
    tell(proposal, act, before, payload)


def tell(proposal: Proposal, act: Act, before: str = "", payload: Mapping[str, Any] | None = None) -> None:
    """Record one line of history."""
    line = history.Entry(
        subject_kind="proposal",
        subject_id=proposal.id,
        action=act.code,
        actor=act.by.to_record(),
        at=act.at,
        from_state=before,
        to_state=proposal.state,
        reason=act.reason,
        payload=payload or {},
    )
    history.record([line])


def note_editor(proposal: Proposal, by: Actor) -> None:
    """Remember that somebody wrote part of it; they will not approve it."""
    if by.account_id is not None and not is_editor(by, proposal.editors):
        proposal.editors = [*proposal.editors, str(by.account_id)]


def refuse_others(by: Actor) -> None:
    """Raise NotAnAuthor unless *by* may write proposals."""
    if not may_write(by):
        raise NotAnAuthor


def check_reason(reason: str) -> str:
    """Return the reason without blanks around it. Raises ReasonNeeded when it is empty or too long."""
    plain = reason.strip()
    if not plain or len(plain) > LONGEST_REASON or "\x00" in plain:
        raise ReasonNeeded(most=LONGEST_REASON, field="reason")
    return plain

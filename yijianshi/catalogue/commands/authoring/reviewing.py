"""Handing in, approving, sending back and withdrawing a proposal."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.catalogue.commands.authoring import moves
from yijianshi.catalogue.commands.authoring.errors import NothingChanged, ProposalHasErrors, ShelfMoved
from yijianshi.catalogue.commands.authoring.moves import Act
from yijianshi.catalogue.logic.authoring.proposed import Change, Proposed
from yijianshi.catalogue.logic.findings import Findings
from yijianshi.catalogue.queries.authoring.drafts import proposed_files, proposed_library
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.text import Text

_SHOWN = 5


@transaction.atomic
def submit(proposal_id: UUID, *, by: Actor, at: datetime) -> None:
    """Hand the proposal in for review. Raises NothingChanged, ProposalHasErrors, ShelfMoved, NotNow."""
    act = Act("submit", by, at)
    proposal = moves.begin(proposal_id, act)
    refuse_unready(proposed_files(proposal_id), proposed_library(proposal_id)[1])
    moves.note_editor(proposal, by)
    moves.finish(proposal, act)


@transaction.atomic
def approve(proposal_id: UUID, *, by: Actor, at: datetime, reason: str = "") -> None:
    """Approve the proposal as it stands. Raises SecondPersonNeeded for whoever wrote any of it, ShelfMoved, NotNow."""
    act = Act("approve", by, at, reason.strip()[: moves.LONGEST_REASON])
    proposal = moves.begin(proposal_id, act)
    refuse_unready(proposed_files(proposal_id), proposed_library(proposal_id)[1])
    moves.finish(proposal, act)


@transaction.atomic
def send_back(proposal_id: UUID, reason: str, *, by: Actor, at: datetime) -> None:
    """Give the proposal back to its authors, with the reason. Raises ReasonNeeded, NotNow."""
    act = Act("send_back", by, at, reason.strip())
    moves.finish(moves.begin(proposal_id, act), act)


@transaction.atomic
def withdraw(proposal_id: UUID, *, by: Actor, at: datetime, reason: str = "") -> None:
    """Give the proposal up; it stays readable. Raises NotNow."""
    act = Act("withdraw", by, at, reason.strip()[: moves.LONGEST_REASON])
    moves.finish(moves.begin(proposal_id, act), act)


def refuse_unready(files: list[Proposed], findings: Findings) -> None:
    """Raise what stands in the way of review and publication alike."""
    behind = [file.path for file in files if file.is_behind]
    if behind:
        raise ShelfMoved(files=", ".join(behind[:_SHOWN]))
    if all(file.change is Change.NONE for file in files):
        raise NothingChanged
    if findings.errors:
        first = findings.errors[:_SHOWN]
        lines = Text("\n".join(found.line("zh") for found in first), "\n".join(found.line("en") for found in first))
        raise ProposalHasErrors(count=len(findings.errors), first=lines)

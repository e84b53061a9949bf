"""Proposals in a list, and one of them with all that a reviewer needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count

from yijianshi.catalogue.logic.authoring.merging import Conflict
from yijianshi.catalogue.logic.authoring.proposed import Change, Proposed
from yijianshi.catalogue.logic.authoring.states import STATE_TEXTS, Action, State, allowed
from yijianshi.catalogue.logic.findings import Findings
from yijianshi.catalogue.models import Proposal, ProposalFile
from yijianshi.catalogue.queries.authoring.access import refuse_strangers
from yijianshi.catalogue.queries.authoring.drafts import proposed_files, proposed_library
from yijianshi.catalogue.queries.authoring.previews import differences_in_words
from yijianshi.catalogue.queries.locks import ProposalNotFound
from yijianshi.foundation import history
from yijianshi.foundation.history import Line
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposal in a list; ``restores`` is the one it takes back."""

    id: UUID
    title: str
    reason: str
    state: State
    author: str
    is_mine: bool
    files: int
    revision: int
    opened_at: datetime
    changed_at: datetime
    effective_on: date | None
    published_at: datetime | None
    restores: UUID | None

    @property
    def state_text(self) -> Text:
        """Return the state in words."""
        return STATE_TEXTS[self.state]


@dataclass(frozen=True, slots=True)
class ProposedFile:
    """One file of a proposal; ``is_behind``: the shelf moved on since, ``conflicts``: somebody must settle them."""

    path: str
    change: Change
    revision: int
    edited_by: str
    edited_at: datetime
    base_text: str | None
    text: str | None
    shelf_text: str | None
    is_behind: bool
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal whole: files, everything the check finds, the changes in words by thing, what may be done now, who did what."""

    card: ProposalCard
    files: tuple[ProposedFile, ...]
    findings: Findings
    changes: Mapping[str, list[Text]] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    history: tuple[Line, ...] = ()

    @property
    def is_behind(self) -> bool:
        """Say whether it must be brought up to date before review or publication."""
        return any(file.is_behind for file in self.files)


def list_proposals(*, by: Actor, states: Iterable[State] = (), mine: bool = False) -> list[ProposalCard]:
    """Return proposals, last changed first; *mine*: only those the actor wrote any of. Raises NotForYou."""
    refuse_strangers(by)
    rows = Proposal.objects.annotate(count=Count("files")).order_by("-changed_at", "id")
    if states:
        rows = rows.filter(state__in=list(states))
    if mine:
        rows = rows.filter(editors__contains=str(by.account_id))
    return [_card(row, row.count, by) for row in rows]


def get_proposal(proposal_id: UUID, *, by: Actor) -> ProposalView:
    """Return one proposal. Raises ProposalNotFound, NotForYou."""
    refuse_strangers(by)
    row = Proposal.objects.filter(id=proposal_id).first()
    if row is None:
        raise ProposalNotFound
    files = _files(row)
    is_open = State(row.state) not in (State.PUBLISHED, State.WITHDRAWN)
    return ProposalView(
        card=_card(row, len(files), by),
        files=files,
        findings=proposed_library(row.id)[1] if is_open else Findings(),
        changes=differences_in_words(row.id, by=by),
        actions=allowed(State(row.state), by, row.editors),
        history=tuple(history.list_for("proposal", row.id)),
    )


def _card(row: Proposal, files: int, by: Actor) -> ProposalCard:
    return ProposalCard(
        id=row.id,
        title=row.title,
        reason=row.reason,
        state=State(row.state),
        author=row.author.get("name") or "",
        is_mine=str(by.account_id) in row.editors,
        files=files,
        revision=row.revision,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        effective_on=row.effective_on,
        published_at=row.published_at,
        restores=row.restores_id,
    )


def _files(row: Proposal) -> tuple[ProposedFile, ...]:
    """Return the files; of a proposal that is no longer open as they were then, whatever the shelf says now."""
    is_open = State(row.state) not in (State.PUBLISHED, State.WITHDRAWN)
    beside = {one.path: one for one in proposed_files(row.id)}
    found = []
    for file in ProposalFile.objects.filter(proposal=row).order_by("path"):
        one = beside[file.path] if is_open else Proposed(file.path, file.base_text, file.text, file.base_text)
        found.append(
            ProposedFile(
                path=file.path,
                change=one.change,
                revision=file.revision,
                edited_by=file.edited_by.get("name") or "",
                edited_at=file.edited_at,
                base_text=file.base_text,
                text=file.text,
                shelf_text=one.shelf,
                is_behind=one.is_behind,
                conflicts=one.conflicts,
            )
        )
    return tuple(found)

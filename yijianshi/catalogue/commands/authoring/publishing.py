"""Bringing an approved proposal onto the shelf, and taking a published one back."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yijianshi.catalogue.commands import shelf
from yijianshi.catalogue.commands.authoring import moves
from yijianshi.catalogue.commands.authoring.errors import CannotRollBack, NothingChanged
from yijianshi.catalogue.commands.authoring.moves import Act
from yijianshi.catalogue.commands.authoring.reviewing import refuse_unready
from yijianshi.catalogue.commands.authoring.writing import LONGEST_TITLE, keep, new_proposal
from yijianshi.catalogue.commands.sheets import Occasion
from yijianshi.catalogue.commands.versions import Published, add_versions
from yijianshi.catalogue.logic.authoring.merging import merge
from yijianshi.catalogue.logic.authoring.proposed import Change
from yijianshi.catalogue.logic.authoring.states import STATE_TEXTS, State
from yijianshi.catalogue.models import ContentChange, Proposal, ProposalFile, PublishedThing
from yijianshi.catalogue.queries.authoring.drafts import proposed_files, proposed_library
from yijianshi.catalogue.queries.locks import lock_proposal, lock_shelf
from yijianshi.catalogue.queries.shelf import shelf_texts
from yijianshi.foundation import clock
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Invalid

_LATEST = date(2099, 12, 31)
_BACK = "退回："


class BadDay(Invalid):
    """生效日期要从今天（{today}）起，不晚于 2099 年底。请改一个日子。

    The day it takes effect must be today ({today}) or later, and before 2100. Please choose another day.
    """


@transaction.atomic
def publish(proposal_id: UUID, effective_on: date, *, by: Actor, at: datetime) -> list[Published]:
    """Publish an approved proposal, in force from *effective_on*, or from the thing's own day where that is later.

    Publishing it again changes nothing and returns the same versions. Raises ShelfMoved when its files were changed since it was
    approved, ProposalHasErrors, BadDay, NotNow.
    """
    moves.refuse_others(by)
    if lock_proposal(proposal_id).state == State.PUBLISHED:
        return _versions_of(proposal_id)
    act = Act("publish", by, at)
    proposal = moves.begin(proposal_id, act)
    if not clock.today(at) <= effective_on <= _LATEST:
        raise BadDay(today=clock.today(at), field="effective_on")
    lock_shelf()
    files = proposed_files(proposal_id)
    library, findings = proposed_library(proposal_id)
    refuse_unready(files, findings)
    texts = {file.path: file.outcome for file in files if file.change is not Change.NONE}
    shelf.write_shelf(shelf.read_shelf(), texts, proposal_id=proposal_id, by=by, at=at)
    proposal.effective_on, proposal.published_at = effective_on, at
    moves.finish(proposal, act, {"effective_on": effective_on.isoformat(), "files": sorted(texts)})
    occasion = Occasion(proposal_id, effective_on, proposal.restores_id)
    return [done for done in add_versions(library, occasion, by=by, at=at) if done.is_new]


@transaction.atomic
def roll_back(proposal_id: UUID, reason: str, *, by: Actor, at: datetime) -> UUID:
    """Open a new draft that takes back what a published proposal changed, and return its id.

    What was changed since elsewhere in those files stays; where that is not possible, the draft shows the conflict to settle. The
    draft passes review like any other. Raises CannotRollBack, NothingChanged, ReasonNeeded, NotAnAuthor.
    """
    moves.refuse_others(by)
    plain = moves.check_reason(reason)
    old = lock_proposal(proposal_id)
    if old.state != State.PUBLISHED:
        raise CannotRollBack(state=STATE_TEXTS[State(old.state)])
    texts = shelf_texts()
    changes = [one for one in old.changes.order_by("path") if texts.get(one.path) != one.before]
    if not changes:
        raise NothingChanged
    fresh = new_proposal(f"{_BACK}{old.title}"[:LONGEST_TITLE], plain, by=by, at=at, restores=old.id)
    for change in changes:
        _restore(fresh, change, texts.get(change.path), by, at)
    return fresh.id


def _restore(proposal: Proposal, change: ContentChange, now: str | None, by: Actor, at: datetime) -> None:
    """Put the older text into the draft: over the shelf's where they go together, else beside it as a conflict."""
    merged = merge(change.text, change.before, now)
    base, text = (change.text, change.before) if merged.conflicts else (now, None if change.before is None else merged.text)
    keep(ProposalFile(proposal=proposal, path=change.path, base_text=base, revision=1), text, by, at)


def _versions_of(proposal_id: UUID) -> list[Published]:
    rows = PublishedThing.objects.filter(proposal_id=proposal_id).order_by("code").values_list("code", "id", "version", "is_end")
    return [Published(code, version_id, version, is_new=False, is_end=is_end) for code, version_id, version, is_end in rows]

"""A new content file in a proposal: begun from nothing, or after the example of one that is there."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.catalogue.commands.authoring import moves
from yijianshi.catalogue.commands.authoring.errors import AlreadyThere
from yijianshi.catalogue.commands.authoring.writing import Edit, write
from yijianshi.catalogue.logic.authoring.creating import KindNeeded, Wanted, path_for, text_for
from yijianshi.catalogue.logic.authoring.texts import clean
from yijianshi.catalogue.queries.authoring.drafts import proposed_texts
from yijianshi.catalogue.queries.locks import lock_proposal
from yijianshi.identity.logic.actor import Actor


@transaction.atomic
def create_file(proposal_id: UUID, wanted: Wanted, *, by: Actor, at: datetime) -> str:
    """Begin a new file in the proposal and return its path; what is missing is told by the check, as in any edit.

    Raises CodeNeeded, NameNeeded, KindNeeded, ThingNeeded, AlreadyThere, TextBroken, NotNow, NotAnAuthor, TooManyFiles.
    """
    moves.refuse_others(by)
    lock_proposal(proposal_id)  # two authors must not both begin the same file
    texts = proposed_texts(proposal_id)
    if wanted.like and wanted.like not in texts:
        raise KindNeeded(field="like")
    path = path_for(wanted)
    if path in texts:
        raise AlreadyThere(path=path, field="code")
    text = clean(path, text_for(wanted, texts[wanted.like] if wanted.like else None))
    write(proposal_id, Edit(path, text, 0, ""), by=by, at=at)
    return path

"""When the shelf has moved on: take the news into a proposal, and settle what a merge cannot."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.catalogue.commands.authoring import moves
from yijianshi.catalogue.commands.authoring.errors import EditedMeanwhile, FileNotThere, MergeMaterial
from yijianshi.catalogue.commands.authoring.moves import Act
from yijianshi.catalogue.commands.authoring.writing import Saved, keep
from yijianshi.catalogue.logic.authoring.places import check_path
from yijianshi.catalogue.logic.authoring.texts import clean
from yijianshi.catalogue.models import ProposalFile
from yijianshi.catalogue.queries.authoring.drafts import proposed_files, proposed_library
from yijianshi.catalogue.queries.shelf import sha_of, shelf_texts
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.text import Text

_SHELF = Text("已发布的内容", "The published content")


@transaction.atomic
def bring_up_to_date(proposal_id: UUID, *, by: Actor, at: datetime) -> tuple[str, ...]:
    """Merge what was published since into the proposal's files and return the paths that somebody must settle.

    The proposal becomes a draft again, because its text changes. Raises NotNow.
    """
    act = Act("edit", by, at)
    proposal = moves.begin(proposal_id, act)
    behind = [file for file in proposed_files(proposal_id) if file.is_behind]
    clean_ones = [file for file in behind if not file.conflicts]
    for file in clean_ones:
        row = ProposalFile.objects.get(proposal=proposal, path=file.path)
        row.base_text, row.revision = file.shelf, row.revision + 1
        keep(row, file.outcome, by, at)
    if clean_ones:
        moves.note_editor(proposal, by)
        moves.finish(proposal, act, {"brought_up_to_date": [file.path for file in clean_ones]})
    return tuple(file.path for file in behind if file.conflicts)


def settle(proposal_id: UUID, path: str, text: str | None, *, shelf_sha: str, revision: int, by: Actor, at: datetime) -> Saved:
    """Save the settled text (None: remove) of a file on which proposal and shelf disagree; the shelf's text becomes its base.

    *shelf_sha* says which text of the shelf ("" where it is not there) was settled against. Raises EditedMeanwhile when proposal
    or shelf moved since, FileNotThere, NotNow.
    """
    plain = None if text is None else clean(path, text)
    made = _settle(check_path(path), proposal_id, plain, (revision, shelf_sha), by=by, at=at)
    return Saved(made, proposed_library(proposal_id)[1])


@transaction.atomic
def _settle(path: str, proposal_id: UUID, text: str | None, seen: tuple[int, str], *, by: Actor, at: datetime) -> int:
    act = Act("edit", by, at)
    proposal = moves.begin(proposal_id, act)
    row = ProposalFile.objects.filter(proposal=proposal, path=path).first()
    if row is None:
        raise FileNotThere(path=path)
    shelf = shelf_texts().get(path)
    sha = sha_of(shelf) if shelf is not None else ""
    if seen[0] != row.revision:
        raise EditedMeanwhile(MergeMaterial(path, row.base_text, text, row.text, row.revision, None), who=_who(row))
    if seen[1] != sha:
        raise EditedMeanwhile(MergeMaterial(path, row.base_text, text, shelf, row.revision, sha), who=_SHELF)
    row.base_text, row.revision = shelf, row.revision + 1
    keep(row, text, by, at)
    moves.note_editor(proposal, by)
    moves.finish(proposal, act, {"path": path, "revision": row.revision, "settled": True})
    return row.revision


def _who(row: ProposalFile) -> Text:
    name = row.edited_by.get("name") or ""
    return Text(name, name) if name else Text("别人", "Somebody else")

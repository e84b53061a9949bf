"""Writing a proposal: open it, save and remove its files, bring it up to date with the shelf."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.catalogue.commands.authoring import moves
from yijianshi.catalogue.commands.authoring.errors import (
    EditedMeanwhile,
    FileNotThere,
    MergeMaterial,
    TitleNeeded,
    TooManyFiles,
)
from yijianshi.catalogue.commands.authoring.moves import Act
from yijianshi.catalogue.logic.authoring.editing import edit, steps_of
from yijianshi.catalogue.logic.authoring.places import check_path
from yijianshi.catalogue.logic.authoring.positions import Steps
from yijianshi.catalogue.logic.authoring.states import State
from yijianshi.catalogue.logic.authoring.texts import MOST_FILES, clean
from yijianshi.catalogue.logic.findings import Findings
from yijianshi.catalogue.models import ContentChange, ContentFile, Proposal, ProposalFile, ProposalSave
from yijianshi.catalogue.queries.authoring.access import refuse_strangers
from yijianshi.catalogue.queries.authoring.drafts import proposed_library
from yijianshi.catalogue.queries.shelf import sha_of
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.text import Text

LONGEST_TITLE = 120
_SOMEBODY = Text("别人", "Somebody else")


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save came to: the file's revision now, and everything the check finds in the content as proposed."""

    revision: int
    findings: Findings


@dataclass(frozen=True, slots=True)
class Edit:
    """One text for one file (None: remove it), written by somebody who saw this revision of it.

    ``revision`` is 0 for a file not in the proposal yet; ``base_sha`` then says which text of the shelf they saw.
    """

    path: str
    text: str | None
    revision: int
    base_sha: str | None = None


@dataclass(frozen=True, slots=True)
class Values:
    """What a form changes in a file: values by place (steps, or a JSON Pointer such as ``/needs/0/fact``), what goes away.

    Values are plain: text, whole numbers, Decimal, bool, date, None, and lists and mappings of these. What is put comes first, in
    order; the places to remove are counted as they are then. ``swap``: entries of lists to change round with the next one.
    """

    put: Mapping[Steps | str, Any] = field(default_factory=dict)
    remove: Sequence[Steps | str] = ()
    swap: Sequence[Steps | str] = ()


@transaction.atomic
def open_proposal(title: str, reason: str, *, by: Actor, at: datetime) -> UUID:
    """Open an empty proposal and return its id. Raises NotAnAuthor, TitleNeeded, ReasonNeeded."""
    moves.refuse_others(by)
    return new_proposal(title, moves.check_reason(reason), by=by, at=at).id


def new_proposal(title: str, reason: str, *, by: Actor, at: datetime, restores: UUID | None = None) -> Proposal:
    """Write a new draft. Raises TitleNeeded."""
    plain = " ".join(title.split())
    if not plain or len(plain) > LONGEST_TITLE or not plain.isprintable():
        raise TitleNeeded(most=LONGEST_TITLE, field="title")
    proposal = Proposal(
        id=new_id(), title=plain, reason=reason, state=State.DRAFT, author=by.to_record(), opened_at=at, changed_at=at
    )
    proposal.restores_id = restores
    moves.note_editor(proposal, by)
    proposal.save(force_insert=True)
    moves.tell(proposal, Act("open", by, at, reason))
    return proposal


def save_file(
    proposal_id: UUID, path: str, text: str, *, revision: int, by: Actor, at: datetime, base_sha: str | None = None
) -> Saved:
    """Save the text of one file in the proposal and return its revision and the findings; errors may be saved, not handed in.

    *revision* is what the writer saw (0: not in the proposal yet, *base_sha* then names the text of the shelf they saw).
    Saving in a proposal under review makes it a draft again. Raises UnusablePath, TextTooLong, TextUnprintable,
    TooManyFiles, NotNow, and EditedMeanwhile, with all that is needed to merge, when somebody else saved first.
    """
    edit = Edit(check_path(path), clean(path, text), revision, base_sha)
    return Saved(write(proposal_id, edit, by=by, at=at), proposed_library(proposal_id)[1])


def remove_file(proposal_id: UUID, path: str, *, revision: int, by: Actor, at: datetime, base_sha: str | None = None) -> Saved:
    """Propose to remove a file; otherwise as ``save_file``. Raises FileNotThere for a file that is nowhere."""
    edit = Edit(check_path(path), None, revision, base_sha)
    return Saved(write(proposal_id, edit, by=by, at=at), proposed_library(proposal_id)[1])


def put_values(
    proposal_id: UUID, path: str, values: Values, *, revision: int, by: Actor, at: datetime, base_sha: str | None = None
) -> Saved:
    """Put single values into a file, leaving the rest of its text as it is; otherwise as ``save_file``.

    Raises also NoSuchPlace for a place the file does not have, TextBroken for a text that cannot be read as YAML.
    """
    refuse_strangers(by)
    seen = _seen(proposal_id, check_path(path), revision, base_sha)
    put = {_steps(place): value for place, value in values.put.items()}
    text = clean(path, edit(seen or "", put, _places(values.remove), _places(values.swap)))
    return Saved(write(proposal_id, Edit(path, text, revision, base_sha), by=by, at=at), proposed_library(proposal_id)[1])


def _places(places: Sequence[Steps | str]) -> list[Steps]:
    return [_steps(place) for place in places]


def _steps(place: Steps | str) -> Steps:
    return steps_of(place) if isinstance(place, str) else place


def _seen(proposal_id: UUID, path: str, revision: int, base_sha: str | None) -> str | None:
    """Return the text somebody saw who names this revision, or this text of the shelf."""
    if revision:
        saves = ProposalSave.objects.filter(proposal_id=proposal_id, path=path, revision=revision)
        return saves.values_list("text", flat=True).first()
    shelf = ContentFile.objects.filter(path=path).values_list("text", flat=True).first()
    return shelf if base_sha is None or (shelf is not None and sha_of(shelf) == base_sha) else _text_with(path, base_sha)


@transaction.atomic
def write(proposal_id: UUID, edit: Edit, *, by: Actor, at: datetime) -> int:
    """Keep one edit and return the file's revision; the same text again is no new revision."""
    act = Act("edit", by, at)
    proposal = moves.begin(proposal_id, act)
    file = ProposalFile.objects.filter(proposal=proposal, path=edit.path).first()
    if file is None:
        file = _taken_up(proposal, edit, by, at)
    else:
        _refuse_stale(file, edit)
        if file.text == edit.text:
            return file.revision
        file.revision += 1
    keep(file, edit.text, by, at)
    moves.note_editor(proposal, by)
    moves.finish(proposal, act, {"path": edit.path, "revision": file.revision})
    return file.revision


def keep(file: ProposalFile, text: str | None, by: Actor, at: datetime) -> None:
    """Write the file as of its revision, and the save that is never changed."""
    file.text, file.edited_by, file.edited_at = text, by.to_record(), at
    file.save()
    ProposalSave.objects.create(
        proposal_id=file.proposal_id, path=file.path, revision=file.revision, text=text, saved_by=by.to_record(), saved_at=at
    )


def _taken_up(proposal: Proposal, edit: Edit, by: Actor, at: datetime) -> ProposalFile:
    """Return the first revision of a file in the proposal, begun from the shelf as it is now."""
    if ProposalFile.objects.filter(proposal=proposal).count() >= MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    shelf = ContentFile.objects.filter(path=edit.path, text__isnull=False).values_list("text", flat=True).first()
    if edit.text is None and shelf is None:
        raise FileNotThere(path=edit.path)
    if edit.base_sha is not None and edit.base_sha != (sha_of(shelf) if shelf is not None else ""):
        seen = _text_with(edit.path, edit.base_sha)
        material = MergeMaterial(edit.path, seen, edit.text, shelf, 0, sha_of(shelf) if shelf is not None else "")
        raise EditedMeanwhile(material, who=_SOMEBODY)
    return ProposalFile(proposal=proposal, path=edit.path, base_text=shelf, revision=1, edited_by=by.to_record(), edited_at=at)


def _refuse_stale(file: ProposalFile, edit: Edit) -> None:
    if edit.revision == file.revision or edit.text == file.text:
        return
    saves = ProposalSave.objects.filter(proposal_id=file.proposal_id, path=file.path, revision=edit.revision)
    seen = saves.values_list("text", flat=True).first() if edit.revision else file.base_text
    who = file.edited_by.get("name") or ""
    raise EditedMeanwhile(
        MergeMaterial(file.path, seen, edit.text, file.text, file.revision, None), who=Text(who, who) if who else _SOMEBODY
    )


def _text_with(path: str, sha: str) -> str | None:
    """Return the text with this digest that the file once had on the shelf; None where it was not there."""
    texts = ContentChange.objects.filter(path=path, text__isnull=False).order_by("-changed_at").values_list("text", flat=True)
    return next((text for text in texts.iterator() if text is not None and sha_of(text) == sha), None)


@transaction.atomic
def edit_proposal(proposal_id: UUID, title: str, reason: str, *, by: Actor, at: datetime) -> None:
    """Change the words of a proposal. Raises TitleNeeded, ReasonNeeded, NotNow."""
    act = Act("edit", by, at)
    proposal = moves.begin(proposal_id, act)
    plain = " ".join(title.split())
    if not plain or len(plain) > LONGEST_TITLE or not plain.isprintable():
        raise TitleNeeded(most=LONGEST_TITLE, field="title")
    proposal.title, proposal.reason = plain, moves.check_reason(reason)
    moves.note_editor(proposal, by)
    moves.finish(proposal, replace(act, reason=proposal.reason))

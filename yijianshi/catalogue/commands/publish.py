"""Publish the content folder: take it onto the shelf, and give what changed a new immutable version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from yijianshi.catalogue import content_folder
from yijianshi.catalogue.commands import shelf
from yijianshi.catalogue.commands.authoring import moves
from yijianshi.catalogue.commands.sheets import Occasion
from yijianshi.catalogue.commands.versions import Published, add_versions
from yijianshi.catalogue.logic.authoring.taking import ShelfText, Taken, take
from yijianshi.catalogue.logic.findings import Findings
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.models import Proposal, ProposalFile, ProposalSave
from yijianshi.catalogue.queries.locks import lock_shelf, lock_untouched_proposals
from yijianshi.catalogue.queries.shelf import read_texts
from yijianshi.foundation import history
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import Forbidden, Invalid
from yijianshi.kernel.text import Text

_SHOWN = 5
_WHY = Text("只有内容编辑和系统可以发布", "only content authors and the system may publish")
_TITLE = "新版内容与本地修改不一致，请处理"
_REASON = (
    "随软件更新而来的内容和这里改过的内容对不上，所以这些文件保持本地的样子。请逐个比较，取舍后提交审核。"
    " The content that came with an update disagrees with what was changed here, so these files stayed as they are here."
    " Compare them, settle each, and hand the proposal in."
)
_REPLACED = "更新又来了一次，新的提案代替了这一份。 A newer update came; its proposal replaces this one."


class ContentHasErrors(Invalid):
    """内容里有 {count} 处错误，所以没有发布，正在使用的版本不变。最前面的几处：{first}

    The content has {count} errors, so nothing was published and the version in use stays. The first of them: {first}
    """


@dataclass(frozen=True, slots=True)
class FolderPublished:
    """What came of it: the versions, and a proposal with the files on which folder and shelf disagree (None: they agree)."""

    versions: list[Published]
    unsettled: UUID | None = None
    files: tuple[str, ...] = ()


def publish(content_dir: Path, *, by: Actor, at: datetime) -> list[Published]:
    """Publish all content of the folder and return the version of each thing; unchanged content keeps its version.

    Raises ContentHasErrors when the check finds errors, Forbidden unless *by* is a content author or the system.
    """
    return publish_folder(content_dir, by=by, at=at).versions


@transaction.atomic
def publish_folder(content_dir: Path, *, by: Actor, at: datetime) -> FolderPublished:
    """Publish the folder as ``publish`` does, and say also what could not be taken because it was changed here.

    A file changed only in the folder is taken, one changed only here stays, one changed in both is merged. Where that fails, or
    what it gives does not pass the check, this deployment's content stays and the folder's waits in a proposal.
    """
    if not (by.is_system or by.has_role(Role.AUTHOR)):
        raise Forbidden(why=_WHY)
    library, findings = content_folder.load_library(content_dir)
    refuse_errors(findings)
    earlier = lock_untouched_proposals(_TITLE)
    lock_shelf()
    before = shelf.read_shelf()
    shipped = content_folder.read_texts(content_dir)
    taken, library = _usable(take(shipped, before), before, shipped, library)
    shelf.write_shelf(before, taken.texts, by=by, at=at)
    _remember_shipped(before, shipped, at)
    unsettled = _propose(taken.conflicts, before, shipped, by=by, at=at) if taken.conflicts else None
    _withdraw(earlier, {path for path in taken.conflicts if unsettled}, by, at)
    return FolderPublished(add_versions(library, Occasion(), by=by, at=at), unsettled, taken.conflicts)


def refuse_errors(findings: Findings) -> None:
    """Raise ContentHasErrors, with the first of them, when there are any."""
    if findings.errors:
        first = findings.errors[:_SHOWN]
        lines = Text("\n".join(found.line("zh") for found in first), "\n".join(found.line("en") for found in first))
        raise ContentHasErrors(count=len(findings.errors), first=lines)


def _usable(taken: Taken, before: Mapping[str, ShelfText], shipped: Mapping[str, str], library: Library) -> tuple[Taken, Library]:
    """Return what can be taken without breaking the shelf, and the library of the shelf then."""
    after = _texts(before, taken.texts)
    if after == shipped:
        return taken, library
    merged, findings = read_texts(after)
    if not findings.errors:
        return taken, merged
    news = tuple(path for path in {*shipped, *before} if shipped.get(path) != _shipped(before, path))
    return Taken({}, tuple(sorted({*taken.conflicts, *news}))), read_texts(_texts(before, {}))[0]


def _texts(before: Mapping[str, ShelfText], taken: Mapping[str, str | None]) -> dict[str, str]:
    after = {path: row.text for path, row in before.items()} | dict(taken)
    return {path: text for path, text in sorted(after.items()) if text is not None}


def _shipped(before: Mapping[str, ShelfText], path: str) -> str | None:
    return before[path].shipped if path in before else None


def _remember_shipped(before: Mapping[str, ShelfText], shipped: Mapping[str, str], at: datetime) -> None:
    now = shelf.read_shelf()
    changed = [path for path in {*shipped, *now} if shipped.get(path) != _shipped(now, path)]
    shelf.put_rows({path: ShelfText(now[path].text if path in now else None, shipped.get(path)) for path in changed}, at)


def _withdraw(earlier: list[Proposal], replaced: set[str], by: Actor, at: datetime) -> None:
    """Withdraw the house's earlier proposals all of whose files the new one holds."""
    for proposal in earlier:
        if replaced.issuperset(proposal.files.values_list("path", flat=True)):
            moves.finish(proposal, moves.Act("withdraw", by, at, _REPLACED))


def _propose(
    paths: tuple[str, ...], before: Mapping[str, ShelfText], shipped: Mapping[str, str], *, by: Actor, at: datetime
) -> UUID:
    who = by.to_record()
    proposal = Proposal(id=new_id(), title=_TITLE, reason=_REASON, state="DRAFT", author=who, opened_at=at, changed_at=at)
    proposal.save()
    files = [
        ProposalFile(
            proposal=proposal, path=path, base_text=_shipped(before, path), text=shipped.get(path), edited_by=who, edited_at=at
        )
        for path in paths
    ]
    ProposalFile.objects.bulk_create(files)
    ProposalSave.objects.bulk_create(
        ProposalSave(proposal=proposal, path=one.path, revision=1, text=one.text, saved_by=who, saved_at=at) for one in files
    )
    history.record(
        [
            history.Entry(
                subject_kind="proposal",
                subject_id=proposal.id,
                action="open",
                actor=who,
                at=at,
                to_state="DRAFT",
                payload={"files": list(paths)},
            )
        ]
    )
    return proposal.id

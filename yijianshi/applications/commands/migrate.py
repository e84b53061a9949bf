"""Moving open drafts to a newer version of their thing after a legal change; what is submitted stays on its version for life."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.applications.logic.carrying import Dropped, carry, dropped_letters, dropped_papers
from yijianshi.applications.models import Application, Letter, Material, MovedDraft
from yijianshi.applications.queries.access import list_draft_ids, lock_drafts_of
from yijianshi.applications.queries.stored_facts import pack_one, unpack
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.foundation import clock, files, history
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import Forbidden, Invalid, NotFound
from yijianshi.kernel.text import LANGUAGES, Text

BATCH = 200
LONGEST_REASON = 300
_WHY = Text("只有内容编辑和系统可以迁移草稿", "only content authors and the system may move drafts")


class NoSuchVersion(NotFound):
    """“{thing}”没有第 {version} 版。请在“使用中的版本”里看有哪几版。

    '{thing}' has no version {version}. See which there are under "Versions in use".
    """


class VersionNotInForce(Invalid):
    """“{thing}”第 {version} 版 {day} 才生效，草稿还不能迁过去。请到那一天再迁移。

    Version {version} of '{thing}' takes effect on {day}; drafts cannot be moved to it before. Please do it on that day.
    """


class VersionReplaced(Invalid):
    """“{thing}”第 {version} 版已经被第 {newer} 版取代。请迁移到现行的第 {newer} 版。

    Version {version} of '{thing}' has been replaced by version {newer}. Please move the drafts to version {newer}.
    """


class ReasonNeeded(Invalid):
    """请用中文和英文各写一句原因（最多 {limit} 个字）。申请人会在草稿上看到它，才知道为什么变了。

    Please give the reason in Chinese and in English (at most {limit} characters each). Applicants see it on their draft.
    """


@dataclass(frozen=True, slots=True)
class Migrated:
    """How many drafts were moved, and how many of them could not take everything along."""

    drafts: int
    with_losses: int


@dataclass(frozen=True, slots=True)
class _Move:
    version_id: UUID
    thing: CompiledThing
    reason: Text
    by: Actor
    at: datetime


def migrate_drafts(thing: str, to_version: int, reason: Text, *, by: Actor, at: datetime) -> Migrated:
    """Move every open draft on an older version of *thing* to *to_version*, the one in force; doing it again moves nothing.

    In batches of their own transaction, so nobody waits long and what was moved stays moved if it is interrupted. An applicant
    who saves meanwhile is waited for, and a page filled in before the move is told so when it saves. Raises Forbidden unless
    *by* is an author or the system, ReasonNeeded, NoSuchVersion, VersionNotInForce, VersionReplaced.
    """
    if not (by.is_system or by.has_role(Role.AUTHOR)):
        raise Forbidden(why=_WHY)
    if not all(0 < len(reason.get(language).strip()) <= LONGEST_REASON for language in LANGUAGES):
        raise ReasonNeeded(limit=LONGEST_REASON, field="reason")
    version_id, older = _versions(thing, to_version, at)
    move = _Move(version_id, catalogue.get_version(version_id), reason, by, at)
    ids = list_draft_ids(thing, older)
    losses = [lost for first in range(0, len(ids), BATCH) for lost in _move(ids[first : first + BATCH], older, move)]
    return Migrated(len(losses), sum(losses))


def _versions(thing: str, to_version: int, at: datetime) -> tuple[UUID, list[UUID]]:
    cards = {card.version: card for card in catalogue.list_versions(thing)}
    card, today = cards.get(to_version), clock.today(at)
    if card is None:
        raise NoSuchVersion(thing=thing, version=to_version)
    if card.effective_on > today:
        raise VersionNotInForce(thing=thing, version=to_version, day=card.effective_on)
    current = catalogue.find_current_id(thing, today)
    newer = next((one.version for one in cards.values() if one.id == current and one.version != to_version), None)
    if newer is not None:
        raise VersionReplaced(thing=thing, version=to_version, newer=newer)
    return card.id, [one.id for one in cards.values() if one.version < to_version]


@transaction.atomic
def _move(ids: Sequence[UUID], older: Sequence[UUID], move: _Move) -> list[bool]:
    """Move one batch; returns for each draft whether something was dropped."""
    drafts = lock_drafts_of(ids, older)
    came_from = {draft.id: draft.version_id for draft in drafts}
    papers = _by_draft(Material.objects.filter(application__in=drafts).exclude(files=[]))
    letters = _by_draft(Letter.objects.filter(application__in=drafts))
    lost = [_carry(draft, papers.get(draft.id, {}), letters.get(draft.id, {}), move) for draft in drafts]
    Application.objects.bulk_update(drafts, ["version_id", "facts", "declined", "choices", "revision"])
    rows = [
        MovedDraft(
            application=draft,
            from_version=came_from[draft.id],
            to_version=move.version_id,
            reason=move.reason.to_json(),
            dropped=[one.to_json() for one in dropped],
            at=move.at,
        )
        for draft, dropped in zip(drafts, lost, strict=True)
    ]
    MovedDraft.objects.bulk_create(rows)
    history.record([_entry(row, move) for row in rows])
    return [bool(dropped) for dropped in lost]


def _carry(draft: Application, papers: Mapping[str, Material], letters: Mapping[str, Letter], move: _Move) -> list[Dropped]:
    """Change the draft in memory and delete what cannot go along; returns what that is."""
    old, new, stored = catalogue.get_version(draft.version_id), move.thing, draft.facts

    def read(name: str) -> object:
        return unpack(old, stored, [name])[name]

    found = carry(old, new, facts=stored, read=read, declined=draft.declined, choices=draft.choices)
    gone_papers = dropped_papers(old, new, papers)
    gone_letters = dropped_letters(new, {code: letter.content for code, letter in letters.items()})
    draft.facts = {
        name: pack_one(new, name, read(name)) if name in found.repacked else value
        for name, value in stored.items()
        if name in found.kept
    }
    draft.declined, draft.choices = list(found.declined), dict(found.choices)
    draft.version_id, draft.revision = move.version_id, draft.revision + 1
    _delete([papers[one.name] for one in gone_papers], [letters[one.name] for one in gone_letters])
    return [*found.dropped, *gone_papers, *gone_letters]


def _delete(papers: Sequence[Material], letters: Sequence[Letter]) -> None:
    if papers:
        files.forget([UUID(one["id"]) for row in papers for one in row.files])
        Material.objects.filter(id__in=[row.id for row in papers]).delete()
    if letters:
        Letter.objects.filter(id__in=[row.id for row in letters]).delete()


def _by_draft(found: Iterable[Any]) -> dict[UUID, dict[str, Any]]:
    rows: dict[UUID, dict[str, Any]] = {}
    for row in found:
        rows.setdefault(row.application_id, {})[row.code] = row
    return rows


def _entry(row: MovedDraft, move: _Move) -> history.Entry:
    return history.Entry(
        subject_kind="application",
        subject_id=row.application_id,
        application_id=row.application_id,
        action="migrate",
        actor=move.by.to_record(),
        at=move.at,
        from_state=Application.State.DRAFT,
        to_state=Application.State.DRAFT,
        reason=move.reason.zh,
        payload={
            "from": str(row.from_version),
            "to": str(row.to_version),
            "reason": move.reason.to_json(),
            "dropped": [f"{one['kind']}:{one['name']}" for one in row.dropped],
        },
    )

"""Publish the content: every thing and every single item whose content changed gets a new immutable version."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from yijianshi.catalogue import content_folder, queries
from yijianshi.catalogue.commands.sheets import publish_sheets
from yijianshi.catalogue.events import ThingPublished
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import all_codes, compile_thing
from yijianshi.catalogue.logic.differences import differences
from yijianshi.catalogue.models import PublishedThing
from yijianshi.foundation import events, history
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import Forbidden, Invalid
from yijianshi.kernel.text import Text

_ONE_AT_A_TIME = 72_301_001  # advisory lock: two publishers must not both find the same newest version
_SHOWN = 5
_WHY = Text("只有内容编辑和系统可以发布", "only content authors and the system may publish")


class ContentHasErrors(Invalid):
    """内容里有 {count} 处错误，所以没有发布，正在使用的版本不变。最前面的几处：{first}

    The content has {count} errors, so nothing was published and the version in use stays. The first of them: {first}
    """


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did to one thing: the version that counts now, and what changed against the one before."""

    code: str
    version_id: UUID
    version: int
    is_new: bool
    changes: tuple[Text, ...] = ()


@transaction.atomic
def publish(content_dir: Path, *, by: Actor, at: datetime) -> list[Published]:
    """Publish all content of the folder and return the version of each thing; unchanged content keeps its version.

    Raises ContentHasErrors when the check finds errors, Forbidden unless *by* is a content author or the system.
    """
    if not (by.is_system or by.has_role(Role.AUTHOR)):
        raise Forbidden(why=_WHY)
    library, findings = content_folder.load_library(content_dir)
    if findings.errors:
        first = findings.errors[:_SHOWN]
        lines = Text("\n".join(found.line("zh") for found in first), "\n".join(found.line("en") for found in first))
        raise ContentHasErrors(count=len(findings.errors), first=lines)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    newest = _newest_versions()
    things = [compile_thing(library, code) for code in all_codes(library)]
    published = [_published(thing, newest.get(thing.code)) for thing in things]
    fresh = [(done, thing) for done, thing in zip(published, things, strict=True) if done.is_new]
    PublishedThing.objects.bulk_create(_row(done, thing, by, at) for done, thing in fresh)
    _tell([done for done, _ in fresh], by, at)
    publish_sheets(library, by=by, at=at)
    return published


def _newest_versions() -> dict[str, PublishedThing]:
    rows = PublishedThing.objects.defer("content").order_by("code", "-version").distinct("code")
    return {row.code: row for row in rows}


def _published(thing: CompiledThing, newest: PublishedThing | None) -> Published:
    if newest is not None and newest.sha == thing.sha:
        return Published(thing.code, newest.id, newest.version, is_new=False)
    if newest is None:
        return Published(thing.code, new_id(), 1, is_new=True)
    changes = tuple(differences(queries.get_version(newest.id), thing))
    return Published(thing.code, new_id(), newest.version + 1, is_new=True, changes=changes)


def _row(done: Published, thing: CompiledThing, by: Actor, at: datetime) -> PublishedThing:
    return PublishedThing(
        id=done.version_id,
        code=thing.code,
        region=thing.region,
        version=done.version,
        sha=thing.sha,
        content=thing.model_dump(mode="json"),
        effective_on=thing.effective_on,
        published_at=at,
        published_by=by.to_record(),
    )


def _tell(fresh: Iterable[Published], by: Actor, at: datetime) -> None:
    done = list(fresh)
    history.record(
        [
            history.Entry(
                subject_kind="thing",
                subject_id=entry.version_id,
                action="publish",
                actor=by.to_record(),
                at=at,
                to_state=f"{entry.code} v{entry.version}",
                payload={"changes": [change.to_json() for change in entry.changes]},
            )
            for entry in done
        ]
    )
    events.publish(*(ThingPublished(entry.version_id, entry.code, entry.version) for entry in done))

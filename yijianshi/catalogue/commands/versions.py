"""New versions of whatever a library compiles to differently than before: immutable, numbered, effective from a day on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from yijianshi.catalogue import queries
from yijianshi.catalogue.commands.sheets import Occasion, publish_sheets
from yijianshi.catalogue.events import ThingPublished
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import all_codes, compile_thing
from yijianshi.catalogue.logic.differences import differences
from yijianshi.catalogue.logic.elsewhere import AT
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.models import PublishedThing
from yijianshi.foundation import clock, events, history
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.text import Text, long_date

ENDS = Text(
    "从{day}起停止办理“{name}”：不再受理新的申请，已经提交的照常办完。",
    "This takes '{name}' out of service from {day}: no new applications; what was submitted is still finished.",
)


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did to one thing: the version that counts now, and what changed against the one before."""

    code: str
    version_id: UUID
    version: int
    is_new: bool
    changes: tuple[Text, ...] = ()
    is_end: bool = False
    sha: str = ""


def add_versions(library: Library, occasion: Occasion, *, by: Actor, at: datetime) -> list[Published]:
    """Write a new version of each thing and single item that changed; the shelf is locked by the caller."""
    newest = _newest_versions()
    things = [compile_thing(library, code) for code in all_codes(library)]
    published = [_published(thing, newest.get(thing.code)) for thing in things]
    fresh = [(done, thing) for done, thing in zip(published, things, strict=True) if done.is_new]
    days = _waiting_days([thing.code for _, thing in fresh], occasion)
    rows = [_row(done, thing, by, at) for done, thing in fresh]
    for row in rows:
        row.proposal_id = occasion.proposal_id
        row.effective_on = max([row.effective_on, *days.get(row.code, ()), *filter(None, [occasion.effective_on])])
    gone = [row for code, row in newest.items() if code not in {thing.code for thing in things} and not row.is_end]
    ends = [_end(row, occasion, by, at) for row in gone]
    PublishedThing.objects.bulk_create([*rows, *ends])
    ended = [
        Published(row.code, row.id, row.version, is_new=True, changes=(_ended(row),), is_end=True, sha=row.sha) for row in ends
    ]
    _tell([*(done for done, _ in fresh), *ended], by, at)
    publish_sheets(library, occasion, {row.code: row.effective_on for row in rows}, by=by, at=at)
    return [*published, *ended]


def _end(last: PublishedThing, occasion: Occasion, by: Actor, at: datetime) -> PublishedThing:
    return PublishedThing(
        id=new_id(),
        code=last.code,
        region=last.region,
        version=last.version + 1,
        sha=last.sha,
        content=PublishedThing.objects.values_list("content", flat=True).get(id=last.id),
        effective_on=occasion.effective_on or clock.today(at),
        is_end=True,
        published_at=at,
        published_by=by.to_record(),
        proposal_id=occasion.proposal_id,
    )


def _ended(row: PublishedThing) -> Text:
    return ENDS.format(name=Text(**row.content["name"]), day=long_date(row.effective_on))


def _newest_versions() -> dict[str, PublishedThing]:
    own = PublishedThing.objects.exclude(code__contains=AT).defer("content")
    rows = own.order_by("code", "-version").distinct("code")
    return {row.code: row for row in rows}


def _waiting_days(codes: Sequence[str], occasion: Occasion) -> Mapping[str, list[date]]:
    """Return the days that proposals named for earlier versions of these things.

    A later version holds what those proposals changed, so it does not come into force before them; unless they were taken back.
    """
    rows = PublishedThing.objects.filter(code__in=codes, proposal__isnull=False)
    rows = rows.exclude(proposal__restored_by__state="PUBLISHED")
    if occasion.restores is not None:
        rows = rows.exclude(proposal_id=occasion.restores)
    found: dict[str, list[date]] = {}
    for code, day in rows.filter(proposal__effective_on=F("effective_on")).values_list("code", "effective_on"):
        found.setdefault(code, []).append(day)
    return found


def _published(thing: CompiledThing, newest: PublishedThing | None) -> Published:
    if newest is not None and newest.sha == thing.sha and not newest.is_end:
        return Published(thing.code, newest.id, newest.version, is_new=False, sha=thing.sha)
    if newest is None:
        return Published(thing.code, new_id(), 1, is_new=True, sha=thing.sha)
    changes = tuple(differences(queries.get_version(newest.id), thing))
    return Published(thing.code, new_id(), newest.version + 1, is_new=True, changes=changes, sha=thing.sha)


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
                payload={"changes": [change.to_json() for change in entry.changes], "sha": entry.sha},
            )
            for entry in done
        ]
    )
    events.publish(*(ThingPublished(entry.version_id, entry.code, entry.version) for entry in done))

"""Published versions, each read from the database once a process (they never change)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX, CompiledThing
from yijianshi.catalogue.logic.elsewhere import AT
from yijianshi.catalogue.models import PublishedThing
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text, long_date

_VERSIONS_IN_MEMORY = 256


class ThingNotPublished(NotFound):
    """“{what}”现在还不能办理：还没有发布，或者还没到生效日期。

    '{what}' cannot be applied for at present: it is not published, or not in force yet.
    """


class ItemHasEnded(NotFound):
    """“{what}”办理到 {day} 为止，现在不再单独办理。已经提交的照常办完；想知道以后怎样办，请打 12345。

    '{what}' could be applied for until {day} and no longer. What was submitted is still finished; call 12345 to ask.
    """


class ThingHasEnded(NotFound):
    """“{what}”从 {day} 起停止办理，不再受理新的申请。已经提交的照常办完；想知道以后怎样办，请打 12345。

    '{what}' has been out of service since {day}: no new applications. What was submitted is still finished; call 12345 to ask.
    """


@dataclass(frozen=True, slots=True)
class VersionCard:
    """One version in a list."""

    id: UUID
    version: int
    sha: str
    effective_on: date
    published_at: datetime


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """One version of anything, with its name and who published it; ``is_end``: from its day on it is out of service."""

    id: UUID
    code: str
    version: int
    name: Text
    effective_on: date
    published_at: datetime
    published_by: str
    is_end: bool = False


def get_current(code: str, on: date) -> tuple[UUID, CompiledThing]:
    """Return the id and content of the version in force on the day *on*.

    Raises ThingNotPublished, ThingHasEnded, ItemHasEnded.
    """
    newest = _newest(code, on)
    if newest is None:
        raise ThingNotPublished(what=code)
    version_id, is_end, day = newest
    thing = get_version(version_id)
    if is_end:
        raise ThingHasEnded(what=thing.name, day=long_date(day))
    ends_on = thing.items[0].definition.standard.dates.ends_on if thing.code.startswith(SINGLE_PREFIX) else None
    if ends_on is not None and on > ends_on:
        raise ItemHasEnded(what=thing.name, day=ends_on)
    return version_id, thing


def find_current_id(code: str, on: date) -> UUID | None:
    """Return the id of the version in force on the day *on*, or None: the newest of those already in effect, if it is no end."""
    newest = _newest(code, on)
    return None if newest is None or newest[1] else newest[0]


def _newest(code: str, on: date) -> tuple[UUID, bool, date] | None:
    rows = PublishedThing.objects.filter(code=code, effective_on__lte=on).order_by("-version")
    return rows.values_list("id", "is_end", "effective_on").first()


def find_version(code: str, sha: str) -> UUID | None:
    """Return the version of a thing that has exactly this content, None where there never was one."""
    rows = PublishedThing.objects.filter(code=code, sha=sha, is_end=False).order_by("-version")
    return rows.values_list("id", flat=True).first()


def find_published_name(code: str) -> Text | None:
    """Return what a published thing or item is called now, None for one that was never published."""
    name = PublishedThing.objects.filter(code=code).order_by("-version").values_list("content__name", flat=True).first()
    return Text(**name) if name else None


@lru_cache(maxsize=_VERSIONS_IN_MEMORY)
def get_version(version_id: UUID) -> CompiledThing:
    """Return a published version. Raises ThingNotPublished for an id that was never published."""
    row = (
        PublishedThing.objects.filter(id=version_id).annotate(written=Cast("content", TextField())).values_list("written").first()
    )
    if row is None:
        raise ThingNotPublished(what=version_id)
    return CompiledThing.model_validate_json(row[0])


def list_versions(code: str) -> list[VersionCard]:
    """Return all versions of a thing that can be applied on, newest first."""
    rows = PublishedThing.objects.filter(code=code, is_end=False).order_by("-version")
    return [VersionCard(*row) for row in rows.values_list("id", "version", "sha", "effective_on", "published_at")]


def list_all_versions() -> list[PublishedVersion]:
    """Return every version of every thing and single item in one query, without its content."""
    rows = (
        PublishedThing.objects.exclude(code__contains=AT)
        .order_by("code", "-version")
        .values_list("id", "code", "version", "content__name", "effective_on", "published_at", "published_by", "is_end")
    )
    return [
        PublishedVersion(one, code, version, Text(**name), effective_on, at, str(who.get("name") or ""), is_end)
        for one, code, version, name, effective_on, at, who, is_end in rows
    ]

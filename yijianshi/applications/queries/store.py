"""The material store: what somebody handed in before, where it came from, and until when it may be used again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from yijianshi.applications.logic.freshness import Fresh, fresh_of
from yijianshi.applications.models import Application, Material
from yijianshi.applications.queries.access import visible
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.foundation import clock, files
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

MOST = 200
_THIS = Text("以前交过的这份材料", "This earlier paper")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file with the digest (SHA-256, hex) of its content; *mime* is its media type."""

    id: UUID
    name: str
    sha256: str
    mime: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Who compared it with the original, and when."""

    organisation: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """One material of one earlier application."""

    application_id: UUID
    number: str
    thing: Text
    code: str
    name: Text
    files: tuple[StoredFile, ...] = field(repr=False)
    handed_in_at: datetime
    fresh: Fresh
    seen: Seen | None
    is_fresh: bool

    @property
    def fresh_until(self) -> date | None:
        """Return the last day on which it may be used again."""
        return self.fresh.until


def list_stored(*, by: Actor, at: datetime, codes: Iterable[str] | None = None) -> list[Stored]:
    """Return what the person, or whom they act for, handed in with submitted applications, newest first; nothing for others.

    *codes*: of these materials only.
    """
    if not by.is_person or by.subject_id is None:
        return []
    rows = Material.objects.filter(application__in=visible(by).filter(state=Application.State.SUBMITTED)).exclude(files=[])
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    return _opened(rows.select_related("application").order_by("-updated_at", "code")[:MOST], at)


def get_stored(application_id: UUID, code: str, *, by: Actor, at: datetime) -> Stored:
    """Return one of them; raises NotFound."""
    found = (one for one in list_stored(by=by, at=at, codes=[code]) if one.application_id == application_id)
    stored = next(found, None)
    if stored is None:
        raise NotFound(what=_THIS)
    return stored


def open_stored(application_id: UUID, code: str, file_id: UUID, *, by: Actor, at: datetime) -> tuple[StoredFile, bytes]:
    """Return one file of the store and its content; raises NotFound."""
    stored = get_stored(application_id, code, by=by, at=at)
    found = next((one for one in stored.files if one.id == file_id), None)
    if found is None:
        raise NotFound(what=_THIS)
    return found, files.open_file(file_id)[1]


def reusable(thing: CompiledThing, codes: Iterable[str], *, by: Actor, at: datetime) -> dict[str, list[Stored]]:
    """Return material → what may be used again for it today under the rules of *thing*; only those with any."""
    wanted = [code for code in codes if code in thing.materials_by_code]
    found: dict[str, list[Stored]] = {}
    for one in list_stored(by=by, at=at, codes=wanted) if wanted else ():
        fresh = fresh_of(thing.materials_by_code[one.code], clock.today(one.handed_in_at), settings.MATERIAL_FRESH_DAYS)
        if fresh.holds(clock.today(at)):
            found.setdefault(one.code, []).append(one)
    return found


def _opened(rows: Iterable[Material], at: datetime) -> list[Stored]:
    held = list(rows)
    known = files.digests(UUID(one["id"]) for row in held for one in row.files)
    found = (_stored(row, known, at) for row in held)
    return [one for one in found if one is not None]


def _stored(row: Material, known: Mapping[UUID, str], at: datetime) -> Stored | None:
    thing = catalogue.get_version(row.application.version_id)
    definition = thing.materials_by_code.get(row.code)
    ones = tuple(
        StoredFile(UUID(one["id"]), str(one["name"]), known[UUID(one["id"])], str(one["mime"]))
        for one in row.files
        if UUID(one["id"]) in known
    )
    if definition is None or not ones:
        return None
    handed_in = _handed_in(row.files)
    fresh = fresh_of(definition, clock.today(handed_in), settings.MATERIAL_FRESH_DAYS)
    return Stored(
        row.application_id,
        str(row.application.number),
        thing.name,
        row.code,
        definition.name,
        ones,
        handed_in,
        fresh,
        seen_of(row.files),
        fresh.holds(clock.today(at)),
    )


def _handed_in(held: Sequence[Mapping[str, Any]]) -> datetime:
    """Return when the oldest of the files was first handed in: using it again does not make it younger."""
    return min(datetime.fromisoformat(one["from"]["at"] if "from" in one else one["at"]) for one in held)


def seen_of(held: Sequence[Mapping[str, Any]]) -> Seen | None:
    """Return who saw the originals, only where all of the files were compared."""
    if not held or not all("seen" in one for one in held):
        return None
    last = max((one["seen"] for one in held), key=lambda seen: str(seen["at"]))
    return Seen(Text(**last["organisation"]), datetime.fromisoformat(last["at"]))

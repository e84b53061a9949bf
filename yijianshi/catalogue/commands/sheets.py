"""Publish what stands beside the things: the lists of key matters, each thing's worked examples, the notices to people."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.models import PublishedSheet
from yijianshi.catalogue.models.published_sheet import ALL, EXAMPLES, LIST, NOTICES
from yijianshi.foundation import history
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import Actor

_Key = tuple[str, str]
_EVER = date(2000, 1, 1)  # what the folder brings counts at once, also for days gone by


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why there are new versions: a proposal and the day it names, or the content folder (neither)."""

    proposal_id: UUID | None = None
    effective_on: date | None = None
    restores: UUID | None = None


def publish_sheets(library: Library, occasion: Occasion, things: Mapping[str, date], *, by: Actor, at: datetime) -> int:
    """Store a new version of every list, thing's examples and the notices that changed; return how many. ``publish`` only.

    They come into force on the day of the occasion (the folder names none: at once), examples not before the version of their
    thing (*things*: code → day). What the library no longer has ends on that day.
    """
    newest = _newest()
    day = occasion.effective_on or _EVER
    now = dict(_sheets(library))
    rows = [row for key, content in now.items() if (row := _row(key, content, newest.get(key))) is not None]
    rows += [_end(row) for key, row in newest.items() if key not in now and not row.is_end]
    for row in rows:
        days = [] if row.is_end else [*_waiting_days(row, occasion), *([things[row.code]] if row.code in things else [])]
        row.effective_on = max([day, *days])
        row.proposal_id = occasion.proposal_id
        row.published_at, row.published_by = at, by.to_record()
    PublishedSheet.objects.bulk_create(rows)
    history.record(
        [
            history.Entry(
                subject_kind=row.kind, subject_id=row.id, action="publish", actor=by.to_record(), at=at, to_state=_named(row)
            )
            for row in rows
        ]
    )
    return len(rows)


def _newest() -> dict[_Key, PublishedSheet]:
    rows = PublishedSheet.objects.defer("content").order_by("kind", "code", "-version").distinct("kind", "code")
    return {(row.kind, row.code): row for row in rows}


def _waiting_days(row: PublishedSheet, occasion: Occasion) -> list[date]:
    """Return the days that proposals named for earlier versions of this sheet and that were not taken back."""
    rows = PublishedSheet.objects.filter(kind=row.kind, code=row.code, proposal__isnull=False, is_end=False)
    rows = rows.exclude(proposal__restored_by__state="PUBLISHED")
    if occasion.restores is not None:
        rows = rows.exclude(proposal_id=occasion.restores)
    return list(rows.filter(proposal__effective_on=F("effective_on")).values_list("effective_on", flat=True))


def _sheets(library: Library) -> Iterator[tuple[_Key, object]]:
    for code, document in library.lists.items():
        yield (LIST, code), document.model.model_dump(mode="json")
    for code in library.things:
        examples = [one.model.model_dump(mode="json") for one in library.examples if one.model.thing == code]
        yield (EXAMPLES, code), {"examples": examples}
    notices = [document.model.model_dump(mode="json") for _, document in sorted(library.notices.items())]
    yield (NOTICES, ALL), {"notices": notices}


def _row(key: _Key, content: object, newest: PublishedSheet | None) -> PublishedSheet | None:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sha = hashlib.sha256(canonical.encode()).hexdigest()
    if newest is not None and newest.sha == sha and not newest.is_end:
        return None
    version = newest.version + 1 if newest else 1
    return PublishedSheet(id=new_id(), kind=key[0], code=key[1], version=version, sha=sha, content=content)


def _end(last: PublishedSheet) -> PublishedSheet:
    return PublishedSheet(
        id=new_id(), kind=last.kind, code=last.code, version=last.version + 1, sha=last.sha, content=last.content, is_end=True
    )


def _named(row: PublishedSheet) -> str:
    return f"{row.code} v{row.version}"

"""Publish what stands beside the things: the lists of key matters, each thing's worked examples, the notices to people."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime

from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.models import PublishedSheet
from yijianshi.catalogue.models.published_sheet import ALL, EXAMPLES, LIST, NOTICES
from yijianshi.foundation import history
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import Actor

_Key = tuple[str, str]


def publish_sheets(library: Library, *, by: Actor, at: datetime) -> int:
    """Store a new version of every list, thing's examples and the notices that changed; return how many. ``publish`` only."""
    newest = {
        (kind, code): (version, sha)
        for kind, code, version, sha in PublishedSheet.objects.order_by("kind", "code", "-version")
        .distinct("kind", "code")
        .values_list("kind", "code", "version", "sha")
    }
    rows = [row for key, content in _sheets(library) if (row := _row(key, content, newest.get(key), by, at)) is not None]
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


def _sheets(library: Library) -> Iterator[tuple[_Key, object]]:
    for code, document in library.lists.items():
        yield (LIST, code), document.model.model_dump(mode="json")
    for code in library.things:
        examples = [one.model.model_dump(mode="json") for one in library.examples if one.model.thing == code]
        yield (EXAMPLES, code), {"examples": examples}
    notices = [document.model.model_dump(mode="json") for _, document in sorted(library.notices.items())]
    yield (NOTICES, ALL), {"notices": notices}


def _row(key: _Key, content: object, newest: tuple[int, str] | None, by: Actor, at: datetime) -> PublishedSheet | None:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sha = hashlib.sha256(canonical.encode()).hexdigest()
    if newest is not None and newest[1] == sha:
        return None
    version = newest[0] + 1 if newest else 1
    kind, code = key
    return PublishedSheet(
        id=new_id(),
        kind=kind,
        code=code,
        version=version,
        sha=sha,
        content=content,
        published_at=at,
        published_by=by.to_record(),
    )


def _named(row: PublishedSheet) -> str:
    return f"{row.code} v{row.version}"

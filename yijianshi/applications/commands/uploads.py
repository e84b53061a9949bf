"""Files on their way to an application: first whose it is, then the files, then what they are for, all or nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yijianshi.applications.queries.access import lock_owned
from yijianshi.catalogue import queries as catalogue
from yijianshi.foundation import files
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import DomainError


@transaction.atomic
def hand_in(
    uploads: Sequence[Any], attach: Callable[[list[UUID]], None], *, application_id: UUID, material: str, by: Actor, at: datetime
) -> None:
    """Store *uploads* (as Django hands them over) within the material's own limits and give their ids to *attach*.

    What *attach* refuses is not kept. Raises NotFound for a stranger before a byte is stored, and what storing and attaching
    raise; a refused file names the material as its field.
    """
    (row,) = lock_owned([application_id], by=by)
    limits = _limits(row.version_id, material)
    attach([_store(one, limits, material, by, at) for one in uploads])


def _store(upload: Any, limits: files.Limits, material: str, by: Actor, at: datetime) -> UUID:
    try:
        stored = files.store(upload, name=upload.name or "", declared_type=upload.content_type or "", by=by, at=at, limits=limits)
    except DomainError as refusal:
        refusal.field = material
        raise
    return stored.id


def _limits(version_id: UUID, material: str) -> files.Limits:
    """Return what the material may be uploaded as; the house's own limits for one that *attach* will refuse anyway."""
    kind = catalogue.get_version(version_id).materials_by_code.get(material)
    upload = next((way for way in kind.satisfiers if way.kind == "UPLOAD"), None) if kind else None
    if upload is None:
        return files.Limits(settings.UPLOAD_MAX_BYTES)
    own = files.Limits.of(upload.formats, upload.max_mb)
    return files.Limits(min(own.max_bytes, settings.UPLOAD_MAX_BYTES), own.taken)

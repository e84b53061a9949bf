"""Files on their way to an application: first whose it is, then the files, then what they are for, all or nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.applications.queries.access import lock_owned
from yijianshi.foundation import files
from yijianshi.identity.logic.actor import Actor


@transaction.atomic
def hand_in(
    uploads: Sequence[Any], attach: Callable[[list[UUID]], None], *, application_id: UUID, by: Actor, at: datetime
) -> None:
    """Store *uploads* (as Django hands them over) and give their ids to *attach*; what it refuses is not kept.

    Raises NotFound for a stranger before a byte is stored, and what storing and attaching raise.
    """
    lock_owned([application_id], by=by)
    attach([files.store(one, name=one.name or "", declared_type=one.content_type or "", by=by, at=at).id for one in uploads])

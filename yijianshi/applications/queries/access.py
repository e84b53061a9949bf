"""Whose applications are whose: the one place that decides which rows an actor may see."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from yijianshi.applications.models import Application
from yijianshi.foundation import rows
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

_OWNED = """
WHERE id = ANY(%s::uuid[]) AND state <> 'DISCARDED' AND (%s OR applicant_id = %s::uuid) AND (%s OR thing_code = ANY(%s::text[]))
"""
_LOCK = f"{_OWNED} ORDER BY id FOR NO KEY UPDATE"
THIS_APPLICATION = Text("这份申请", "This application")


def visible(by: Actor) -> QuerySet[Application]:
    """Return the applications *by* may see: one's own, or the principal's that the mandate covers; the house sees all."""
    if by.is_system:
        return Application.objects.all()
    applicant_id, things = _reach(by)
    theirs = Application.objects.filter(applicant_id=applicant_id) if applicant_id else Application.objects.none()
    return theirs if things is None else theirs.filter(thing_code__in=things)


def get_owned(application_id: UUID, *, by: Actor) -> Application:
    """Return one application of the actor; raises NotFound for anybody else's, so that ids tell nothing."""
    return _owned(_OWNED, [application_id], by)[0]


def lock_owned(application_ids: Collection[UUID], *, by: Actor) -> list[Application]:
    """Take the actor's applications until the end of the transaction, in id order; raises NotFound when one is missing.

    The lock leaves the key alone: a department that holds a case may still write a result which points to the application.
    """
    return _owned(_LOCK, application_ids, by)


def _owned(chosen: str, application_ids: Collection[UUID], by: Actor) -> list[Application]:
    applicant_id, things = _reach(by)
    found = rows.load(Application, chosen, [list(application_ids), by.is_system, applicant_id, things is None, things or []])
    if len(found) != len(set(application_ids)):
        raise NotFound(what=THIS_APPLICATION)
    return found


def _reach(by: Actor) -> tuple[UUID | None, list[str] | None]:
    """Return whose applications a person may see, and of which things (None: of all)."""
    if by.principal and by.is_person:
        return by.principal.id, None if "*" in by.principal.scope else list(by.principal.scope)
    return (by.person_id if by.is_person else None), None


def lock_drafts(by: Actor, most: int) -> list[Application]:
    """Take up to *most* of the actor's drafts until the end of the transaction, in id order."""
    return list(visible(by).filter(state=Application.State.DRAFT).order_by("id").select_for_update()[:most])


def list_draft_ids(thing_code: str, version_ids: Collection[UUID]) -> list[UUID]:
    """Return everybody's drafts that stand on one of these versions; for moving them, so only ids."""
    return list(_drafts_on(version_ids).filter(thing_code=thing_code).order_by("id").values_list("id", flat=True))


def lock_drafts_of(application_ids: Collection[UUID], version_ids: Collection[UUID]) -> list[Application]:
    """Take those of the drafts that still stand on one of these versions until the end of the transaction, in id order."""
    still = _drafts_on(version_ids).filter(id__in=application_ids)
    return list(still.order_by("id").select_for_update(no_key=True))


def _drafts_on(version_ids: Collection[UUID]) -> QuerySet[Application]:
    return Application.objects.filter(state=Application.State.DRAFT, version_id__in=version_ids)

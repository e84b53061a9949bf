"""Whose applications are whose: the one place that decides which rows an actor may see."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from yijianshi.applications.models import Application
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

THIS_APPLICATION = Text("这份申请", "This application")


def visible(by: Actor) -> QuerySet[Application]:
    """Return the applications *by* may see: one's own, or the principal's that the mandate covers; the house sees all."""
    if by.is_system:
        return Application.objects.all()
    if not by.is_person or by.person_id is None:
        return Application.objects.none()
    if by.principal:
        theirs = Application.objects.filter(applicant_id=by.principal.id)
        return theirs if "*" in by.principal.scope else theirs.filter(thing_code__in=by.principal.scope)
    return Application.objects.filter(applicant_id=by.person_id)


def get_owned(application_id: UUID, *, by: Actor) -> Application:
    """Return one application of the actor; raises NotFound for anybody else's, so that ids tell nothing."""
    found = visible(by).filter(id=application_id).exclude(state=Application.State.DISCARDED).first()
    if found is None:
        raise NotFound(what=THIS_APPLICATION)
    return found


def lock_owned(application_ids: Collection[UUID], *, by: Actor) -> list[Application]:
    """Take the actor's applications until the end of the transaction, in id order; raises NotFound when one is missing.

    The lock leaves the key alone: a department that holds a case may still write a result which points to the application.
    """
    rows = visible(by).filter(id__in=application_ids).exclude(state=Application.State.DISCARDED)
    found = list(rows.order_by("id").select_for_update(no_key=True))
    if len(found) != len(set(application_ids)):
        raise NotFound(what=THIS_APPLICATION)
    return found


def lock_drafts(by: Actor, most: int) -> list[Application]:
    """Take up to *most* of the actor's drafts until the end of the transaction, in id order."""
    return list(visible(by).filter(state=Application.State.DRAFT).order_by("id").select_for_update()[:most])

"""Notice each day what can be applied for since lately, so that people are told."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yijianshi.applications.events import ItemRipe
from yijianshi.applications.models import Application
from yijianshi.applications.queries.ripe import Ripe, ripe_in
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX
from yijianshi.catalogue.logic.elsewhere import AT
from yijianshi.foundation import clock, events
from yijianshi.identity.logic.actor import Actor

LOOKS_BACK = timedelta(days=7)  # days on which the worker stood still are caught up; telling twice is prevented by the notice
_CHUNK = 200


@transaction.atomic
def ripen(*, by: Actor, at: datetime, after: UUID | None = None) -> UUID | None:
    """Publish what became ripe in up to 200 submitted applications; return where to go on, None at the end."""
    if not by.is_system:
        return None
    rows = Application.objects.filter(state=Application.State.SUBMITTED, version_id__in=_versions_with_days())
    rows = rows.exclude(thing_code__contains=AT)  # what another region handles, it tells
    found = list((rows.filter(id__gt=after) if after else rows).order_by("id")[:_CHUNK])
    today = clock.today(at)
    ripe = [(row, one) for row in found for one in ripe_in(row, today) if one.since > today - LOOKS_BACK]
    begun = _begun({row.applicant_id for row, _ in ripe})
    fresh = [one for row, one in ripe if (row.applicant_id, SINGLE_PREFIX + one.item_code) not in begun]
    events.publish(*map(_event, fresh))
    return found[-1].id if len(found) == _CHUNK else None


def _versions_with_days() -> list[UUID]:
    used = Application.objects.filter(state=Application.State.SUBMITTED).values_list("version_id", flat=True).distinct()
    return [one for one in used if any(use.definition.eligible for use in catalogue.get_version(one).items)]


def _begun(applicant_ids: set[UUID]) -> set[tuple[UUID, str]]:
    rows = Application.objects.filter(applicant_id__in=applicant_ids, thing_code__startswith=SINGLE_PREFIX)
    return set(rows.exclude(state=Application.State.DISCARDED).values_list("applicant_id", "thing_code"))


def _event(one: Ripe) -> ItemRipe:
    return ItemRipe(str(one.application_id), one.item_code, one.since)

"""Handing in later what was accepted to follow (容缺后补)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.applications import commands as applications
from yijianshi.applications import queries as submitted
from yijianshi.cases.queries.deferred import deferred_of
from yijianshi.cases.queries.items import thing_of
from yijianshi.cases.queries.locks import lock_applications_cases
from yijianshi.foundation import clock, history
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict, Invalid


class NothingToSupply(Conflict):
    """这份材料现在不需要补交。需要补交的材料列在办理进度页上。

    This paper need not be handed in now. Papers that are still to come are listed on the progress page.
    """


class NoFileGiven(Invalid):
    """还没有选择文件。请选好照片或文件，再上传。

    No file was chosen yet. Please choose a photo or file, then upload it.
    """


@transaction.atomic
def supply_deferred(*, application_id: UUID, material: str, file_ids: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Add uploaded files to a material that was accepted to follow later; a late paper is taken too.

    Raises NotFound for a stranger, NothingToSupply for a draft or for a material that was not deferred or is not needed any
    more, NoFileGiven without a file, and what attaching raises.
    """
    applications.lock_owned(application_id, by=by)
    card = submitted.get_application(application_id, by=by)
    if card.submitted_at is None:
        raise NothingToSupply(field=material)
    states = {case.item_code: case.state for case in lock_applications_cases([application_id])}
    waited = deferred_of(application_id, thing_of(card.version_id), clock.today(card.submitted_at), states)
    if material not in {one.code for one in waited}:
        raise NothingToSupply(field=material)
    if not file_ids:
        raise NoFileGiven(field=material)
    applications.attach(
        application_id=application_id, material=material, file_ids=file_ids, by=by, at=at, corrected_since=card.submitted_at
    )
    entry = history.Entry(
        subject_kind="application",
        subject_id=application_id,
        application_id=application_id,
        action="supply",
        actor=by.to_record(),
        at=at,
        from_state=card.state,
        to_state=card.state,
        payload={"material": material, "files": [str(one) for one in file_ids]},
    )
    history.record([entry])

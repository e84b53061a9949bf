"""Use certificates for an application, leaving evidence of each use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.certificates.logic.states import State, is_usable
from yijianshi.certificates.models import Certificate
from yijianshi.certificates.queries.access import Authorisation, authorisation
from yijianshi.certificates.tables import USED_ONCE, USES
from yijianshi.foundation import clock, history
from yijianshi.foundation.batch import Batch
from yijianshi.foundation.history import Entry
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict, Forbidden


class NotYoursToUse(Forbidden):
    """这份证照不是您的，也没有有效的授权，不能使用。请持证人先授权，或者改为上传材料。

    This certificate is not yours, and no mandate in force lets you use it. Please ask the holder for a mandate, or upload the
    document.
    """


class NotUsable(Conflict):
    """有一份电子证照现在无效（已过期、暂扣、撤销或注销），没有提交。请换用别的方式提供这项材料。

    One of the e-certificates is not valid now (expired, suspended, revoked or cancelled), so nothing was submitted. Please
    provide this material in another way.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A certificate used for items of one application; *organisation_id* names who gets to see it, where that is known."""

    certificate_id: UUID
    application_id: UUID
    item_codes: Sequence[str]
    organisation_id: UUID | None = None


Pair = tuple[Use, str]  # and the item it is used for


def use(uses: Sequence[Use], *, purpose: str, by: Actor, at: datetime, batch: Batch | None = None) -> None:
    """Write evidence of the uses for *purpose* (a thing's code); repeating one is harmless.

    Checks again at this moment that each certificate is valid and that *by* may use it; raises NotYoursToUse, NotUsable.
    """
    if not uses:
        return
    rows = Certificate.objects.filter(pk__in={one.certificate_id for one in uses}).defer("sealed")
    certificates = {row.pk: row for row in rows}
    grounds = _grounds(certificates, uses, purpose, by, clock.today(at))
    pairs = [(one, item) for one in uses for item in dict.fromkeys(one.item_codes)]
    if not pairs:
        return
    if batch is not None:
        _add(batch, pairs, purpose, grounds, by, at)
        return
    with transaction.atomic():
        own = Batch()
        _add(own, pairs, purpose, grounds, by, at)
        own.flush()


def _add(
    batch: Batch, pairs: Sequence[Pair], purpose: str, grounds: Mapping[UUID, Authorisation], by: Actor, at: datetime
) -> None:
    batch.insert(USES, [_row(one, item, purpose, grounds[one.certificate_id], by, at) for one, item in pairs], USED_ONCE)
    history.add(batch, [_entry(one, item, purpose, grounds[one.certificate_id], by, at) for one, item in pairs])


def _grounds(
    certificates: Mapping[UUID, Certificate], uses: Sequence[Use], purpose: str, by: Actor, on: date
) -> dict[UUID, Authorisation]:
    """Return on which authorisation each certificate is used; holders are asked about once each."""
    by_holder: dict[UUID | None, Authorisation | None] = {}
    grounds = {}
    for certificate_id in {one.certificate_id for one in uses}:
        row = certificates.get(certificate_id)
        holder = row.holder_id if row else None
        if holder not in by_holder:
            by_holder[holder] = authorisation(holder, purpose, by, on)
        ground = by_holder[holder]
        if row is None or ground is None:
            raise NotYoursToUse
        if not is_usable(State(row.state), row.valid_from, row.valid_to, on):
            raise NotUsable
        grounds[certificate_id] = ground
    return grounds


def _row(one: Use, item: str, purpose: str, ground: Authorisation, by: Actor, at: datetime) -> tuple[Any, ...]:
    return (
        new_id(),
        one.certificate_id,
        one.application_id,
        item,
        purpose,
        one.organisation_id,
        by.account_id,
        by.name,
        ground.kind,
        ground.mandate_id,
        at,
    )


def _entry(one: Use, item: str, purpose: str, ground: Authorisation, by: Actor, at: datetime) -> Entry:
    return Entry(
        subject_kind="certificate",
        subject_id=one.certificate_id,
        application_id=one.application_id,
        action="use",
        actor=by.to_record(),
        at=at,
        payload={"item": item, "purpose": purpose, "authorisation": ground.kind},
    )

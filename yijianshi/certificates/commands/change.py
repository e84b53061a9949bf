"""Suspend, restore, revoke and cancel certificates, by the table in ``logic.states``."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.certificates.events import CertificateStateChanged
from yijianshi.certificates.logic.states import ACTIONS, Action, State
from yijianshi.certificates.models import Certificate
from yijianshi.certificates.queries.locks import lock_certificates
from yijianshi.foundation import events, history
from yijianshi.foundation.batch import Batch
from yijianshi.foundation.history import Entry
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import Conflict, Invalid, NotFound
from yijianshi.kernel.text import Text

_UPDATE = "UPDATE certificates_certificate SET state = %s, state_reason = %s, state_at = %s WHERE id = ANY(%s)"


class NotFromThisState(Conflict):
    """有 {count} 份证照现在的状态不能“{action}”，一份也没有改动。请刷新后重新选择。

    {count} of these certificates cannot be changed by "{action}" in their present state, so none was changed. Please reload and
    choose again.
    """


class ReasonNeeded(Invalid):
    """请写明理由。持证人有权知道为什么，理由会原文告知。

    Please state the reason. The holder has a right to know why, and is told it word for word.
    """


def suspend(certificate_ids: Collection[UUID], reason: str, *, by: Actor, at: datetime) -> None:
    """Suspend valid certificates; see :func:`revoke`."""
    _change("suspend", certificate_ids, reason, by, at)


def restore(certificate_ids: Collection[UUID], reason: str, *, by: Actor, at: datetime) -> None:
    """Restore suspended certificates; see :func:`revoke`."""
    _change("restore", certificate_ids, reason, by, at)


def revoke(certificate_ids: Collection[UUID], reason: str, *, by: Actor, at: datetime) -> None:
    """Revoke certificates (行政许可法 art. 69), all or none.

    Only officers of the issuing organisation and the house itself; raises NotFound for others, ReasonNeeded, NotFromThisState.
    """
    _change("revoke", certificate_ids, reason, by, at)


def cancel(certificate_ids: Collection[UUID], reason: str, *, by: Actor, at: datetime) -> None:
    """Cancel certificates (行政许可法 art. 70); see :func:`revoke`."""
    _change("cancel", certificate_ids, reason, by, at)


@transaction.atomic
def _change(code: str, certificate_ids: Collection[UUID], reason: str, by: Actor, at: datetime) -> None:
    action = ACTIONS[code]
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    rows = lock_certificates(certificate_ids)
    if len(rows) != len(set(certificate_ids)) or not all(_may_change(row, by) for row in rows):
        raise NotFound(what=Text("这份证照", "This certificate"))
    stuck = [row for row in rows if State(row.state) not in action.before]
    if stuck:
        raise NotFromThisState(count=len(stuck), action=action.label)
    batch = Batch()
    batch.execute(_UPDATE, [action.after.value, reason.strip()[:500], at, [row.pk for row in rows]])
    history.add(batch, [_entry(row, action, reason, by, at) for row in rows])
    events.add(batch, [CertificateStateChanged(row.pk, action.after) for row in rows])
    batch.flush()


def _may_change(row: Certificate, by: Actor) -> bool:
    return by.is_system or (by.has_role(Role.OFFICER, Role.HEAD) and row.issuer_organisation_id == by.organisation_id)


def _entry(row: Certificate, action: Action, reason: str, by: Actor, at: datetime) -> Entry:
    return Entry(
        subject_kind="certificate",
        subject_id=row.pk,
        application_id=row.application_id,
        action=action.code,
        actor=by.to_record(),
        at=at,
        from_state=row.state,
        to_state=action.after,
        reason=reason.strip(),
        basis=action.basis,
    )

"""What an organisation has issued, for its own desk."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from yijianshi.certificates import faces, sealed
from yijianshi.certificates.logic.codes import clean_code
from yijianshi.certificates.logic.face import EDITABLE
from yijianshi.certificates.logic.states import ACTIONS, STATE_TEXTS, Action, State
from yijianshi.certificates.models import Certificate, Seal
from yijianshi.foundation import history
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.identifiers import masks
from yijianshi.kernel.text import Text

MOST = 50


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """One certificate in the list; the holder is masked."""

    id: UUID
    name: Text
    identifier: str
    holder: str
    issued_at: datetime
    state: State
    state_text: Text
    is_sealed: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of the face that can be changed by hand."""

    name: str
    label: Text
    value: str = field(repr=False)
    options: tuple[tuple[str, Text], ...] = ()
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class IssuedView:
    """One certificate with what its issuer may do with it."""

    card: IssuedCard
    valid_to: Any
    reason: str
    lines: tuple[ChangeLine, ...]
    actions: tuple[Action, ...]
    may_seal: bool
    previous_id: UUID | None
    next_id: UUID | None
    history: tuple[tuple[datetime, str, str], ...]  # when, action, reason


def list_issued(*, by: Actor, search: str = "") -> list[IssuedCard]:
    """Return the latest certificates of the actor's organisation; *search* finds by identifier or verification code."""
    office = _office(by)
    if office is None:
        return []
    rows = Certificate.objects.filter(issuer_organisation_id=office)
    if wanted := "".join(search.split())[:160].upper():
        rows = rows.filter(Q(identifier=wanted) | Q(verification_code=clean_code(wanted)))
    return [_card(row) for row in rows.order_by("-issued_at", "-pk")[:MOST]]


def get_issued(certificate_id: UUID, *, by: Actor) -> IssuedView:
    """Return one of them; raises NotFound for other organisations'."""
    office = _office(by)
    row = Certificate.objects.filter(pk=certificate_id, issuer_organisation_id=office).first() if office else None
    if office is None or row is None:
        raise NotFound(what=Text("这份证照", "This certificate"))
    decides = by.has_role(Role.OFFICER, Role.HEAD)
    seal = Seal.objects.filter(organisation_id=office, ended_at__isnull=True).first()
    listed = seal is not None and str(by.account_id) in seal.signers
    successor = Certificate.objects.filter(previous_id=row.pk).values_list("pk", flat=True).first()
    return IssuedView(
        card=_card(row),
        valid_to=row.valid_to,
        reason=row.state_reason,
        lines=_lines(row) if decides and row.state == State.VALID else (),
        actions=tuple(one for one in ACTIONS.values() if decides and State(row.state) in one.before),
        may_seal=listed and row.sealed_at is None and row.state == State.VALID,
        previous_id=row.previous_id,
        next_id=successor,
        history=tuple((line.entry.at, line.entry.action, line.entry.reason) for line in history.list_for("certificate", row.pk)),
    )


def _office(by: Actor) -> UUID | None:
    """Return the organisation at whose desk *by* works, None for everybody else."""
    return by.organisation_id if by.is_staff and by.has_role(Role.CLERK, Role.OFFICER, Role.HEAD) else None


def _card(row: Certificate) -> IssuedCard:
    content = sealed.unseal(row.sealed, row.pk)
    holder = content.holder_name if row.holder_kind == "ENTERPRISE" else masks.mask_name(content.holder_name)
    state, name = State(row.state), faces.load([row.face_sha])[row.face_sha].name
    return IssuedCard(row.pk, name, row.identifier, holder, row.issued_at, state, STATE_TEXTS[state], row.sealed_at is not None)


def _lines(row: Certificate) -> tuple[ChangeLine, ...]:
    values = sealed.unseal(row.sealed, row.pk).values
    return tuple(
        ChangeLine(line.name, line.label, values[line.name], line.options, line.kind == "DATE")
        for line in faces.load([row.face_sha])[row.face_sha].fields
        if isinstance(values.get(line.name), str) and line.kind in EDITABLE
    )

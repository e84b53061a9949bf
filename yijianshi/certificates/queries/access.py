"""On which authorisation somebody may use or see somebody's certificates."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yijianshi.certificates import sealed
from yijianshi.certificates.models import Certificate, CertificateUse
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Authorisation:
    """SELF, MANDATE (with its id) or SYSTEM."""

    kind: str
    mandate_id: UUID | None = None


def authorisation(holder_id: UUID | None, purpose: str, by: Actor, on: date) -> Authorisation | None:
    """Return on which authorisation *by* may use the certificates of *holder_id* for *purpose* on the day *on*, else None."""
    if by.is_system:
        return Authorisation("SYSTEM")
    if holder_id is None or by.person_id is None:
        return None
    if by.person_id == holder_id:
        return Authorisation("SELF")
    acting = by.principal
    if acting and acting.id == holder_id:
        usable = acting.may_use_certificates and acting.covers(purpose)
        return Authorisation("MANDATE", acting.mandate_id) if usable else None
    mandate_id = identity.find_certificate_leave(holder_id, purpose, on, by=by)
    return Authorisation("MANDATE", mandate_id) if mandate_id else None


def may_hold(holder_id: UUID | None, by: Actor) -> bool:
    """Say whether the certificates of *holder_id* belong in the wallet *by* is looking at: their own, or their principal's."""
    if by.is_system or (by.person_id is not None and by.person_id == holder_id):
        return True
    acting = by.principal
    return acting is not None and acting.id == holder_id and acting.may_use_certificates


def is_in_wallet(row: Certificate, by: Actor) -> bool:
    """Say whether this certificate belongs in the wallet *by* is looking at, also when it was issued before they registered."""
    if may_hold(row.holder_id, by):
        return True
    if row.holder_id is not None or row.holder_index is None or by.subject_id is None:
        return False
    return may_hold(by.subject_id, by) and bytes(row.holder_index) == index_of(by.subject_id, by)


def index_of(person_id: UUID, by: Actor) -> bytes | None:
    """Return the blind index under which certificates wait for this person; None for an enterprise or a stranger."""
    try:
        return sealed.index_holder(identity.get_person(person_id, by).id_number)
    except NotFound:
        return None


def may_see(row: Certificate, by: Actor) -> bool:
    """Say whether *by* may see this certificate whole: its holder's side, its issuer's staff, or staff it was used before."""
    if is_in_wallet(row, by):
        return True
    if not by.is_staff or not by.has_role(Role.CLERK, Role.OFFICER, Role.HEAD) or by.organisation_id is None:
        return False
    if row.issuer_organisation_id == by.organisation_id:
        return True
    return CertificateUse.objects.filter(certificate_id=row.pk, organisation_id=by.organisation_id).exists()

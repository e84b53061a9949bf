"""Whom an application concerns: the person behind the applicant, and who fills it in for them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from yijianshi.applications.models import Application
from yijianshi.catalogue import queries as catalogue
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import SYSTEM, Actor, PrincipalKind
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Addressees:
    """Whom to tell about an application; no agent where applicant and filler are one person."""

    application_id: UUID
    number: str
    thing: Text
    label: str = field(repr=False)  # the applicant's masked name
    items: int
    applicant: UUID | None
    agent: UUID | None
    mandate_id: UUID | None


def addressees(application_ids: Collection[UUID], *, by: Actor) -> dict[UUID, Addressees]:
    """Return application → whom it concerns, for the house alone; discarded ones concern nobody any more."""
    if not by.is_system:
        return {}
    rows = list(Application.objects.filter(id__in=application_ids).exclude(state=Application.State.DISCARDED).defer("facts"))
    firms = {row.applicant_id for row in rows if row.applicant_kind == PrincipalKind.ENTERPRISE}
    behind = identity.representatives(firms, by=SYSTEM)
    return {row.id: _of(row, behind) for row in rows}


def _of(row: Application, behind: dict[UUID, UUID]) -> Addressees:
    is_firm = row.applicant_kind == PrincipalKind.ENTERPRISE
    applicant = behind.get(row.applicant_id) if is_firm else row.applicant_id
    thing = catalogue.get_version(row.version_id).name
    agent = row.person_id if row.person_id != applicant else None
    return Addressees(row.id, row.number or "", thing, row.applicant_label, len(row.resolved), applicant, agent, row.mandate_id)

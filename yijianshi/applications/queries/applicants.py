"""Who applied, for reports to systems of other levels."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from yijianshi.applications.models import Application
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor


@dataclass(frozen=True, slots=True)
class Applicant:
    """The applicant of one application: PERSON or ENTERPRISE, and the whole ID number or credit code."""

    kind: str
    number: str = field(repr=False)


def list_applicants(application_ids: Collection[UUID], *, by: Actor) -> dict[UUID, Applicant]:
    """Return application → who applied; only the house itself may ask."""
    if not by.is_system:
        return {}
    rows = Application.objects.filter(id__in=application_ids).values_list("id", "applicant_kind", "applicant_id")
    known: dict[tuple[str, UUID], str] = {}
    found = {}
    for application_id, kind, applicant_id in rows:
        if (kind, applicant_id) not in known:
            known[kind, applicant_id] = _number(kind, applicant_id, by)
        found[application_id] = Applicant(kind, known[kind, applicant_id])
    return found


def _number(kind: str, applicant_id: UUID, by: Actor) -> str:
    if kind == "ENTERPRISE":
        return identity.get_enterprise(applicant_id, by).uscc
    return identity.get_person(applicant_id, by).id_number

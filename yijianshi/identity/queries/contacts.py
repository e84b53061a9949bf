"""How the house itself reaches people; never shown to anybody."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from yijianshi.identity import sealed
from yijianshi.identity.logic.actor import Actor
from yijianshi.identity.models import Enterprise, Mandate, Person
from yijianshi.kernel.identifiers import masks


@dataclass(frozen=True, slots=True)
class Contact:
    """A person as a message addresses them."""

    surname: str = field(repr=False)
    masked_name: str = field(repr=False)
    phone: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MandateSides:
    """Who gave a mandate, the natural person behind the giver, and who holds it."""

    principal_person_id: UUID | None
    agent_person_id: UUID
    principal_name: str = field(repr=False)
    valid_to: date | None


def contacts(person_ids: Collection[UUID], *, by: Actor) -> dict[UUID, Contact]:
    """Return person → how to reach them, for the house alone; nobody for anybody else."""
    if not by.is_system:
        return {}
    rows = Person.objects.filter(pk__in=person_ids).values_list("pk", "name", "phone_sealed")
    return {
        person_id: Contact(name[:1], masks.mask_name(name), sealed.unseal(phone, sealed.PHONE)) for person_id, name, phone in rows
    }


def representatives(enterprise_ids: Collection[UUID], *, by: Actor) -> dict[UUID, UUID]:
    """Return enterprise → its legal representative, for the house alone."""
    if not by.is_system or not enterprise_ids:
        return {}
    return dict(Enterprise.objects.filter(pk__in=enterprise_ids).values_list("pk", "legal_representative_id"))


def mandate_sides(mandate_id: UUID, *, by: Actor) -> MandateSides | None:
    """Return both sides of a mandate, for the house alone; None when there is none."""
    row = Mandate.objects.filter(pk=mandate_id).first() if by.is_system else None
    if row is None:
        return None
    enterprise = Enterprise.objects.filter(pk=row.principal_id).first()
    person = None if enterprise else Person.objects.filter(pk=row.principal_id).first()
    behind = enterprise.legal_representative_id if enterprise else row.principal_id
    name = enterprise.name if enterprise else masks.mask_name(person.name) if person else ""
    return MandateSides(behind, row.agent_person_id, name, row.valid_to)

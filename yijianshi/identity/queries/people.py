"""People as cards: whole for themselves and those they authorised, masked for staff of their region, absent for all others."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from yijianshi.foundation import rows
from yijianshi.identity import sealed
from yijianshi.identity.logic.actor import Actor, PrincipalKind, Role
from yijianshi.identity.logic.regions import covers
from yijianshi.identity.models import Person
from yijianshi.identity.queries.mandates import find_certificate_leave
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.identifiers import masks
from yijianshi.kernel.text import Text

_SEES_MASKED = (Role.CLERK, Role.OFFICER, Role.HEAD)
_PERSON = Text("这个人", "This person")


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as one actor may see them; nothing personal shows in ``repr``, so nothing slips into a log."""

    id: UUID
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str = field(repr=False)
    address: str = field(repr=False)
    sex: str
    birth_date: date | None = field(repr=False)
    region_code: str
    is_masked: bool = False


def get_person(person_id: UUID, by: Actor, *, purpose: str = "", on: date | None = None) -> PersonCard:
    """Return the card of one person as *by* may see it.

    Whole for the person, for whoever acts for them now, for the house itself, and, when the day *on* is given, for the agent of a
    mandate that allows using their certificates for *purpose* (a thing or item code). Masked for case-handling staff whose region
    contains the person's. Raises NotFound for everybody else, as if the person did not exist.
    """
    found = rows.load(Person, "WHERE id = %s", [person_id])
    if not found:
        raise NotFound(what=_PERSON)
    return _card_for(found[0], by, _is_trusted(person_id, by, purpose, on))


def find_person_by_id_number(number: str, by: Actor) -> PersonCard | None:
    """Return the person with this ID number as :func:`get_person` would show them to *by*, else None."""
    person = Person.objects.filter(id_number_index=sealed.index_id_number(number)).first()
    if person is None:
        return None
    try:
        return _card_for(person, by, _is_trusted(person.pk, by, "", None))
    except NotFound:
        return None


def find_person_ids(numbers: Collection[str], by: Actor) -> dict[str, UUID]:
    """Return ID number → person for those who are registered, for the house and for staff who deliver to them by law."""
    if not numbers or not (by.is_system or by.is_staff):
        return {}
    indexes = {sealed.index_id_number(number): number for number in numbers}
    rows = Person.objects.filter(id_number_index__in=list(indexes)).values_list("id_number_index", "pk")
    return {indexes[bytes(index)]: person_id for index, person_id in rows}


def _is_trusted(person_id: UUID, by: Actor, purpose: str, on: date | None) -> bool:
    if by.is_system or (by.person_id is not None and by.person_id == person_id):
        return True
    acting = by.principal
    if acting and acting.kind is PrincipalKind.PERSON and acting.id == person_id:
        return True
    if by.person_id is None or on is None:
        return False
    return find_certificate_leave(person_id, purpose, on, by=by) is not None


def _card_for(person: Person, by: Actor, trusted: bool) -> PersonCard:
    if trusted:
        return _whole(person)
    if by.is_staff and by.has_role(*_SEES_MASKED) and covers(by.region, person.region_code):
        return _masked(_whole(person))
    raise NotFound(what=_PERSON)


def _whole(person: Person) -> PersonCard:
    return PersonCard(
        id=person.pk,
        name=person.name,
        id_number=sealed.unseal(person.id_number_sealed, sealed.ID_NUMBER),
        phone=sealed.unseal(person.phone_sealed, sealed.PHONE),
        address=sealed.unseal(person.address_sealed, sealed.ADDRESS),
        sex=person.sex,
        birth_date=person.birth_date,
        region_code=person.region_code,
    )


def _masked(card: PersonCard) -> PersonCard:
    return replace(
        card,
        name=masks.mask_name(card.name),
        id_number=masks.mask_id_number(card.id_number),
        phone=masks.mask_phone(card.phone) if card.phone else "",
        address="",
        birth_date=None,
        is_masked=True,
    )

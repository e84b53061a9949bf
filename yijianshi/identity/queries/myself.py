"""Who is asking, as they themselves may see it on any screen."""

from typing import Any

from yijianshi.identity.logic.actor import Actor
from yijianshi.identity.queries.people import get_person
from yijianshi.kernel.identifiers import masks


def describe_self(by: Actor) -> dict[str, Any]:
    """Return the actor's own card with the sensitive numbers masked; no numbers at all for staff."""
    card: dict[str, Any] = {
        "kind": str(by.kind),
        "name": by.name,
        "person_id": by.person_id,
        "organisation_id": by.organisation_id,
        "region": by.region,
        "roles": sorted(by.roles),
        "principal": by.principal,
    }
    if by.person_id is None:
        return card
    person = get_person(by.person_id, by)
    phone = masks.mask_phone(person.phone) if person.phone else ""
    return {**card, "id_number": masks.mask_id_number(person.id_number), "phone": phone}

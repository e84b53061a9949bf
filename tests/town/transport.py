"""Starting a freight business as 陈明 does it for his company: several vehicles, several drivers, one application."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tests.town import newborn
from tests.town.people import Town
from tests.town.restaurant import company
from yijianshi.applications import commands as applications
from yijianshi.cases import commands as cases
from yijianshi.catalogue import queries as things
from yijianshi.foundation import clock
from yijianshi.identity.logic.actor import SYSTEM

GUIDE: dict[str, Any] = {"enterprise.licence_status": "NORMAL", "fleet.business": "GENERAL"}


def vehicle(number: int, *, registered: bool = True, is_heavy: bool = True) -> dict[str, Any]:
    """Return what the guide asks of one vehicle."""
    entity = "vehicle" if number == 1 else f"vehicle_{number}"
    return {f"{entity}.registered": registered, f"{entity}.is_heavy": is_heavy}


def begin(town: Town, at: datetime, vehicles: int = 3, drivers: int = 2) -> UUID:
    """Return a draft with the guide answered: the first vehicle is new, the others have plates."""
    known = GUIDE | {"fleet.vehicles": vehicles, "fleet.drivers": drivers}
    for number in range(1, vehicles + 1):
        known |= vehicle(number, registered=number > 1)
    return applications.start(thing_code="transport-company", answers=known, declined=(), by=company(town), at=at)


def fill_in(town: Town, at: datetime, vehicles: int = 3, drivers: int = 2) -> UUID:
    """Return a draft that is ready to be submitted."""
    draft_id, by = begin(town, at, vehicles, drivers), company(town)
    _, thing = things.get_current("transport-company", clock.today(at))
    newborn.fill_fields(draft_id, thing, by, at)
    newborn.upload(draft_id, by, at)
    return draft_id


def apply(town: Town, at: datetime, vehicles: int = 3, drivers: int = 2) -> UUID:
    """Return the submitted application, split into cases."""
    draft_id = fill_in(town, at, vehicles, drivers)
    newborn.submit(draft_id, company(town), at)
    cases.split([draft_id], by=SYSTEM, at=at)
    return draft_id

"""Buying a second-hand home as 王芳 does it, with 李强 as the seller: both sign one document, then it goes to six offices."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tests.town import newborn, signing
from tests.town.people import LI_QIANG, Town, add_office
from yijianshi.applications import commands as applications
from yijianshi.cases import commands as cases
from yijianshi.cases.models import Case
from yijianshi.catalogue import queries as things
from yijianshi.foundation import clock
from yijianshi.identity.logic.actor import SYSTEM

GUIDE: dict[str, Any] = {"deal.kind": "SALE", "house.mortgage": "NONE", "meter.services": ["WATER", "POWER", "GAS"]}

OFFICES = {
    "housing": ("金水区住房和城乡建设局", "Jinshui Housing Bureau"),
    "natural-resources": ("金水区自然资源和规划局", "Jinshui Natural Resources Bureau"),
    "water-utility": ("金水区自来水公司", "Jinshui Water"),
    "power-utility": ("金水区供电公司", "Jinshui Power"),
    "gas-utility": ("金水区燃气公司", "Jinshui Gas"),
}


def found_offices(town: Town, at: datetime) -> None:
    """Add the offices that only this matter needs."""
    for number, (kind, names) in enumerate(OFFICES.items(), 30):
        if kind not in town.organisations:
            add_office(town, kind, names, number, at)


def fill_in(town: Town, at: datetime) -> UUID:
    """Return the buyer's draft, ready to be signed."""
    by = town.wang_fang.actor
    draft_id = applications.start(thing_code="second-hand-home", answers=GUIDE, declined=(), by=by, at=at)
    seller = {"seller.name": LI_QIANG.name, "seller.id_number": LI_QIANG.id_number}
    applications.save_draft(application_id=draft_id, values=seller, by=by, at=at)
    _, thing = things.get_current("second-hand-home", clock.today(at))
    newborn.fill_fields(draft_id, thing, by, at)
    newborn.upload(draft_id, by, at)
    return draft_id


def apply(town: Town, at: datetime) -> UUID:
    """Return the application, signed by seller and buyer, submitted and split into cases."""
    draft_id, by = fill_in(town, at), town.wang_fang.actor
    signing.everybody_signs(draft_id, {"seller": town.li_qiang.actor}, by, at)
    newborn.submit(draft_id, by, at)
    cases.split([draft_id], by=SYSTEM, at=at)
    return draft_id


def approve_next(town: Town, application_id: UUID, at: datetime) -> str:
    """Let the office of the first case that can be decided accept and approve it, and return its item; empty when none can."""
    case = Case.objects.filter(application_id=application_id, state="RECEIVED").order_by("position").first()
    if case is None:
        return ""
    by = newborn.officer_of(town, case)
    cases.accept([case.id], by=by, at=at)
    cases.approve([cases.Approval(case_id=case.id, results=newborn.results_for(case, at))], by=by, at=at)
    return case.item_code

"""What could not be applied for yet when an application was submitted, and can be now."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.applications.models import Application
from yijianshi.applications.queries.access import visible
from yijianshi.applications.queries.stored_facts import unpack
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX
from yijianshi.catalogue.logic.planning.later import facts_for_later, later_items
from yijianshi.foundation import calendars, clock
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.text import Text

MOST_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Ripe:
    """One item that can be applied for since the day *since*, left out of an earlier application because it was too early."""

    application_id: UUID
    item_code: str
    name: Text
    since: date


def list_ripe(*, by: Actor, at: datetime) -> list[Ripe]:
    """Return what the actor may apply for now and could not when submitting; gone once it is begun or no longer offered."""
    today = clock.today(at)
    rows = visible(by).filter(state=Application.State.SUBMITTED).order_by("-submitted_at", "-id")[:MOST_LOOKED_AT]
    found = {ripe.item_code: ripe for row in reversed(rows) for ripe in ripe_in(row, today)}
    if not found:
        return []
    names = [SINGLE_PREFIX + code for code in found]
    begun = set(visible(by).filter(thing_code__in=names).values_list("thing_code", flat=True))
    return [one for name, one in zip(names, found.values(), strict=True) if name not in begun and _offered(name, today)]


def ripe_in(row: Application, today: date) -> list[Ripe]:
    """Return what could not be applied for when this application was submitted and can be on the day *today*."""
    thing = catalogue.get_version(row.version_id)
    if row.submitted_at is None or not any(use.definition.eligible for use in thing.items):
        return []
    known = unpack(thing, row.facts, facts_for_later(thing))
    days = later_items(thing, {}, known, Environment(today, calendars.national()))
    handed_in, submitted_on = {one["code"] for one in row.resolved}, clock.today(row.submitted_at)
    return [
        Ripe(row.id, code, thing.item(code).name, day)
        for code, day in days.items()
        if day is not None and submitted_on < day <= today and code not in handed_in
    ]


def _offered(name: str, today: date) -> bool:
    return catalogue.find_current_id(name, today) is not None

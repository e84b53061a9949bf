"""What a submission still waits for from registers becomes a debt of the departments; what arrives later is filled in."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.applications.models import Application
from yijianshi.applications.queries import logged
from yijianshi.applications.queries.access import lock_owned
from yijianshi.applications.queries.drafts import Worked, environment
from yijianshi.applications.queries.reads import read_of, register_offers
from yijianshi.applications.queries.stored_facts import pack, unpack
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.plan import FieldStatus, MaterialStatus, Offer, OfferKind
from yijianshi.catalogue.logic.supplying import supply
from yijianshi.exchange import commands as exchange
from yijianshi.exchange.queries import sharing
from yijianshi.foundation import calendars, clock, history
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.text import Text

DEBT_WORKING_DAYS = 5  # [D] as long as the authority has to look at what was handed in (行政许可法 art. 32)
_READING = Text("登记库", "register")
_HOLDERS = ("applicant", "spouse", "enterprise")


def write_debts(worked: Worked, resolved: Sequence[Mapping[str, Any]], at: datetime) -> None:
    """Write what the submitted items still wait for, one debt for each answer and item, and end the idle questions."""
    if not worked.thing.registers or not sharing.are_offered():
        return
    waiting = {offer.ref: offer for offer in worked.offers if offer.kind == OfferKind.REGISTER and offer.pending}
    owed = dict.fromkeys(_owed(worked, waiting))
    competent = {str(one["code"]): UUID(str(one["organisation_id"])) for one in resolved}
    due_on = calendars.national().add_working_days(clock.today(at), DEBT_WORKING_DAYS)
    debts = [
        exchange.Owed(read_id=read_id, matter=worked.application.id, item=item, organisation_id=competent[item], due_on=due_on)
        for read_id, item in owed
        if item in competent
    ]
    exchange.keep_only(worked.application.id, {one.read_id for one in debts}, at=at)
    exchange.owe(debts, at=at)


def _owed(worked: Worked, waiting: Mapping[str, Offer]) -> Iterator[tuple[UUID, str]]:
    for material in worked.plan.materials:
        if material.pending and material.status is MaterialStatus.SATISFIED:
            for ref in material.refs:
                read_id = read_of(ref) if ref in waiting else None
                yield from ((read_id, item) for item in material.needed_by if read_id)
    for field in worked.plan.fields:
        if field.awaited is not None and field.status is FieldStatus.ASK:
            yield from ((read_id, item) for read_id in _sources(worked, field.name, waiting) for item in field.needed_by)


def _sources(worked: Worked, fact: str, waiting: Mapping[str, Offer]) -> Iterator[UUID]:
    suppliers = {(one.register_, one.holder) for one in worked.thing.element(fact).suppliers if one.register_}
    for ref, offer in waiting.items():
        read_id = read_of(ref)
        if read_id and (offer.type, offer.holder) in suppliers:
            yield read_id


@transaction.atomic
def take_over_reads(application_id: UUID, *, at: datetime) -> tuple[str, ...]:
    """Fill in what a register has answered after submission, where the person left it empty; return the facts, for the history.

    What somebody filled in meanwhile stays. Doing it again changes nothing.
    """
    (row,) = lock_owned([application_id], by=SYSTEM)
    if row.state != Application.State.SUBMITTED:
        return ()
    thing = catalogue.get_version(row.version_id)
    facts = unpack(thing, row.facts)
    known = [Offer(OfferKind.IDENTITY, holder, "", {}, "", _READING) for holder in _HOLDERS]
    offers = register_offers(sharing.list_reads([row.id])[row.id], known)
    supplied = supply(thing, facts, offers, environment(at))
    needed = {need.fact for one in row.resolved for need in thing.item(one["code"]).needs}
    fresh = {name: one.value for name, one in supplied.items() if name not in facts and name in needed}
    if not fresh:
        return ()
    row.facts = row.facts | pack(thing, fresh)
    row.updated_at = at
    row.save(update_fields=["facts", "updated_at"])
    entry = history.Entry(
        subject_kind="application",
        subject_id=row.id,
        application_id=row.id,
        action="read",
        actor=SYSTEM.to_record(),
        at=at,
        from_state=row.state,
        to_state=row.state,
        payload={
            "facts": sorted(fresh),
            "sources": sorted({supplied[name].ref for name in fresh}),
            logged.ANSWERS: logged.digest(row.facts),
        },
    )
    history.record([entry])
    return tuple(sorted(fresh))

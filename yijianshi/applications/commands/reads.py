"""Reading instead of asking: questions to registers with a draft, consent to sensitive ones, and "this is wrong"."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.applications.models import Application
from yijianshi.applications.queries.access import get_owned, lock_owned
from yijianshi.applications.queries.drafts import NotADraft, Worked, environment, offers_for, work_out
from yijianshi.applications.queries.reads import labels, may_read, read_of, supplier_of, wishes
from yijianshi.applications.queries.stored_facts import pack_one
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic import values
from yijianshi.catalogue.logic.elsewhere import peer_of
from yijianshi.catalogue.logic.plan import Supplied
from yijianshi.catalogue.logic.reading import PlannedRead
from yijianshi.exchange import commands as exchange
from yijianshi.exchange.queries import sharing
from yijianshi.foundation import history
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict, Invalid, NotFound
from yijianshi.kernel.text import Text

THIS_READ = Text("这项读取", "This reading")


class NotTicked(Invalid):
    """请先勾选“我同意”。不同意也可以办，只是这几项要您自己填。

    Please tick "I agree" first. You can go on without agreeing; then you fill in these fields yourself.
    """


class NotFromARegister(Conflict):
    """“{what}”不是从登记库取来的，直接改就可以。

    "{what}" was not taken from a register; simply change it.
    """


class SameValue(Invalid):
    """您填的和登记库里的一样。请填您认为正确的内容。

    What you entered is what the register says. Please enter what you believe to be right.
    """


def ask_registers(application: Application, *, by: Actor, at: datetime) -> None:
    """Put the questions that the draft's items may put now, and end the others; inside the caller's transaction."""
    if peer_of(application.thing_code) or not sharing.are_offered():  # what another region's office may read is read there
        return
    if not catalogue.get_version(application.version_id).registers:
        return
    worked = work_out(application, offers=offers_for(application, by=by, at=at), at=at)
    found = wishes(_reads(worked, at), application.id, application.thing_code, by=by, at=at)
    matter = exchange.Matter(application.id, application.thing_code, application.region, application.person_id)
    exchange.ask(matter, found, at=at)


def registered(application: Application, *, by: Actor, at: datetime) -> dict[str, Supplied]:
    """Return what registers say and nobody has said anything else about: such values are disputed, not overwritten."""
    if peer_of(application.thing_code) or not sharing.are_offered():
        return {}
    if not any(card.fields for card in sharing.list_reads([application.id])[application.id]):
        return {}
    supplied = _work(application, by, at).supplied
    return {name: one for name, one in supplied.items() if read_of(one.ref) is not None and name not in application.facts}


@transaction.atomic
def consent_to_read(*, application_id: UUID, register: str, agreed: bool, by: Actor, at: datetime) -> None:
    """Keep the person's separate consent to sensitive fields of one register and read them; raises NotTicked, NotFound."""
    draft = _lock_draft(application_id, by)
    read = next((one for one in _reads(_work(draft, by, at), at) if one.register.code == register and one.consent), None)
    if read is None or read.consent is None:
        raise NotFound(what=THIS_READ)
    if not agreed:
        raise NotTicked(field="agreed")
    given = exchange.Consenting(
        matter=draft.id,
        register=register,
        register_name=read.register.name,
        field_names=labels(read, read.part(sensitive=True)),
        text=read.consent,
    )
    exchange.consent(given, by=by, at=at)
    ask_registers(draft, by=by, at=at)


@transaction.atomic
def withdraw_consent(*, application_id: UUID, register: str, by: Actor, at: datetime) -> None:
    """End a consent: a draft forgets what was read on it; what was submitted stays with the department. Raises NotFound."""
    (row,) = lock_owned([application_id], by=by)
    exchange.withdraw_consent(row.id, register, is_draft=row.state == Application.State.DRAFT, by=by, at=at)


@transaction.atomic
def dispute(*, application_id: UUID, fact: str, claimed: str, reason: str, by: Actor, at: datetime) -> None:
    """Take the person's own value instead of a register's, marked as to be verified, and tell the register.

    Raises NotFromARegister, SameValue, Invalid for an unreadable value, NothingSaid without a reason.
    """
    draft = _lock_draft(application_id, by)
    worked = _work(draft, by, at)
    source = worked.supplied.get(fact)
    read_id = read_of(source.ref) if source else None
    element = worked.thing.elements_by_name.get(fact)
    if source is None or read_id is None or element is None:
        raise NotFromARegister(what=element.label if element else Text(fact, fact))
    value = values.decode_answer(worked.thing, fact, claimed)
    if value == source.value:
        raise SameValue(field="claimed")
    card = next(one for one in sharing.list_reads([draft.id])[draft.id] if one.id == read_id)
    supplier = supplier_of(element.suppliers, card)
    wrong = exchange.Claimed(
        read_id=read_id,
        fact=fact,
        field_name=(supplier.field if supplier else None) or fact,
        said=str(values.encode(source.value)),
        claimed=str(values.encode(value)),
        reason=reason,
    )
    exchange.claim(wrong, by=by, at=at)
    _keep(draft, {fact: pack_one(worked.thing, fact, value)}, by, at)


def _keep(draft: Application, packed: Mapping[str, Any], by: Actor, at: datetime) -> None:
    draft.facts = draft.facts | packed
    draft.revision += 1
    draft.updated_at = at
    draft.save(update_fields=["facts", "revision", "updated_at"])
    entry = history.Entry(
        subject_kind="application",
        subject_id=draft.id,
        application_id=draft.id,
        action="dispute",
        actor=by.to_record(),
        at=at,
        from_state=draft.state,
        to_state=draft.state,
        payload={"facts": sorted(packed)},
    )
    history.record([entry])


def _reads(worked: Worked, at: datetime) -> list[PlannedRead]:
    return may_read(worked.thing, worked.plan, worked.facts, environment(at), worked.application.region)


def _work(draft: Application, by: Actor, at: datetime) -> Worked:
    return work_out(draft, offers=offers_for(draft, by=by, at=at), at=at)


def _lock_draft(application_id: UUID, by: Actor) -> Application:
    (draft,) = lock_owned([application_id], by=by)
    if draft.state != Application.State.DRAFT:
        raise NotADraft()
    return draft


__all__ = ["ask_registers", "consent_to_read", "dispute", "get_owned", "withdraw_consent"]

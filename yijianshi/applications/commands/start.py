"""Starting and discarding a draft."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.applications.commands.reads import ask_registers
from yijianshi.applications.models import Application, Material, Signature, SigningRound
from yijianshi.applications.queries.access import lock_drafts, lock_owned
from yijianshi.applications.queries.stored_facts import pack
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.elsewhere import code_there, peer_of
from yijianshi.catalogue.logic.values import decode_answer
from yijianshi.exchange import commands as exchange
from yijianshi.exchange import queries as neighbours
from yijianshi.foundation import clock, files
from yijianshi.foundation.ids import new_id
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor, PrincipalKind
from yijianshi.kernel.errors import Conflict, Forbidden
from yijianshi.kernel.identifiers.masks import mask_name

DRAFT_DAYS = 30  # [D] handbook 5.6: drafts hold personal data and are deleted after this
MOST_DRAFTS = 30


class EnterpriseNeeded(Forbidden):
    """“{thing}”由企业申请。请先在“我的”里选择代表哪家企业办理，再开始。

    "{thing}" is applied for by an enterprise. Please choose under "Me" which enterprise you act for, then start.
    """


class PersonNeeded(Forbidden):
    """“{thing}”由个人申请。请先在“我的”里切换回本人，再开始。

    "{thing}" is applied for by a person. Please switch back to yourself under "Me", then start.
    """


class OutsideMandate(Forbidden):
    """您得到的授权不包括“{thing}”。请委托人在“我的 → 授权”里加上这件事，或由委托人自己办理。

    Your mandate does not cover "{thing}". Ask the person you act for to add it under "Me → Mandates", or to apply themselves.
    """


class TooManyDrafts(Conflict):
    """您有 {count} 份没有提交的申请。请先提交或删除一些，再开始新的。

    You have {count:application that is|applications that are} not submitted. Please submit or delete some before
    starting another.
    """


@transaction.atomic
def start(*, thing_code: str, answers: Mapping[str, Any], declined: Collection[str], by: Actor, at: datetime) -> UUID:
    """Start a draft with the guide's answers and return its id; a draft of the same thing by the same applicant is continued.

    Answers are raw values. Raises EnterpriseNeeded, PersonNeeded, OutsideMandate, TooManyDrafts, or Invalid for an answer.
    """
    version_id, thing = catalogue.get_current(thing_code, clock.today(at))
    may_apply(thing, by)
    facts = pack(thing, {name: decode_answer(thing, name, raw) for name, raw in answers.items()})
    known = [name for name in declined if name in thing.questions_by_fact]
    drafts = lock_drafts(by, most=MOST_DRAFTS + 1)
    same = next((draft for draft in drafts if draft.thing_code == thing_code and draft.version_id == version_id), None)
    if same:
        same.facts |= facts
        same.declined, same.revision, same.updated_at = known, same.revision + 1, at
        same.expires_on = clock.today(at) + timedelta(days=DRAFT_DAYS)
        same.save(update_fields=["facts", "declined", "revision", "updated_at", "expires_on"])
        ask_registers(same, by=by, at=at)
        return same.id
    if len(drafts) >= MOST_DRAFTS:
        raise TooManyDrafts(count=len(drafts))
    draft = create(thing, version_id, facts, known, by, at)
    ask_registers(draft, by=by, at=at)
    return draft.id


@transaction.atomic
def discard(*, application_id: UUID, by: Actor, at: datetime) -> None:
    """Delete a draft and what was filled into it; a submitted application is left alone (withdraw it instead)."""
    (application,) = lock_owned([application_id], by=by)
    if application.state == Application.State.DRAFT:
        delete_with_files([application.id], at=at)


def delete_with_files(application_ids: Sequence[UUID], *, at: datetime) -> int:
    """Delete drafts with the files uploaded for them; returns how many drafts."""
    uploaded = Material.objects.filter(application_id__in=application_ids).values_list("files", flat=True)
    exchange.forget(application_ids, at=at)
    signed = Signature.objects.filter(round__application_id__in=application_ids).values_list("file_id", flat=True)
    unsigned = SigningRound.objects.filter(application_id__in=application_ids).values_list("file_id", flat=True)
    files.forget([*(UUID(one["id"]) for rows in uploaded for one in rows), *signed, *unsigned])
    _, deleted = Application.objects.filter(id__in=application_ids, state=Application.State.DRAFT).delete()
    return deleted.get("applications.Application", 0)


def may_apply(thing: CompiledThing, by: Actor) -> None:
    """Raise EnterpriseNeeded, PersonNeeded or OutsideMandate where *by* may not apply for *thing*."""
    if not by.is_person:
        raise PersonNeeded(thing=thing.name)
    principal = by.principal
    is_enterprise = principal is not None and principal.kind is PrincipalKind.ENTERPRISE
    if thing.applicant.kind == "ENTERPRISE" and not is_enterprise:
        raise EnterpriseNeeded(thing=thing.name)
    if thing.applicant.kind == "PERSON" and is_enterprise:
        raise PersonNeeded(thing=thing.name)
    if principal and not principal.covers(code_there(thing.code)):
        raise OutsideMandate(thing=thing.name)


def _place(thing: CompiledThing, own: str) -> str:
    """Return where it is applied for: a thing of another region there, our own where the applicant belongs."""
    peer = peer_of(thing.code)
    card = neighbours.get_neighbour(peer) if peer else None
    return (card.entry.peer.region if card and card.entry.peer else own) or thing.region


def create(
    thing: CompiledThing, version_id: UUID, facts: dict[str, Any], declined: list[str], by: Actor, at: datetime
) -> Application:
    """Write a new draft of *thing* for *by*; the caller has checked that they may apply."""
    principal = by.principal
    if by.person_id is None or by.subject_id is None:
        raise PersonNeeded(thing=thing.name)
    name, region = by.name, by.region
    if principal and principal.kind is PrincipalKind.ENTERPRISE:
        card = identity.get_enterprise(principal.id, by)
        name, region = card.name, card.region_code
    elif principal:
        person = identity.get_person(principal.id, by)
        name, region = person.name, person.region_code
    return Application.objects.create(
        id=new_id(),
        thing_code=thing.code,
        version_id=version_id,
        region=_place(thing, region),
        applicant_kind=principal.kind if principal else "PERSON",
        applicant_id=by.subject_id,
        applicant_label=name if thing.applicant.kind == "ENTERPRISE" else mask_name(name),
        person_id=by.person_id,
        mandate_id=principal.mandate_id if principal else None,
        facts=facts,
        declined=declined,
        created_at=at,
        updated_at=at,
        expires_on=clock.today(at) + timedelta(days=DRAFT_DAYS),
    )

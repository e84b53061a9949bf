"""What identity, certificates and earlier applications offer, so that nobody types what is already known."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.applications.models import Application
from yijianshi.applications.queries.stored_facts import unpack
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.elsewhere import code_there, peer_of
from yijianshi.catalogue.logic.plan import Offer, OfferKind
from yijianshi.certificates import queries as certificates
from yijianshi.foundation import clock, rows
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor, PrincipalKind
from yijianshi.kernel.text import Text

LOGGED_IN = Text("您的实名登录信息", "your verified sign-in")
AUTHORISED = Text("{name}的授权", "{name}'s authorisation")
REGISTERED = Text("企业登记信息", "the enterprise's registration")
EARLIER = Text("您上次的申请 {number}", "your earlier application {number}")

_LATEST = "WHERE applicant_id = %s AND person_id = %s AND state = 'SUBMITTED' ORDER BY created_at DESC LIMIT 1"


def gather(*, purpose: str, by: Actor, at: datetime) -> list[Offer]:
    """Return everything that can be used for *purpose* (a thing's code) without asking: nothing is asked for that is known."""
    there, purpose = peer_of(purpose), code_there(purpose)
    holders: dict[str, tuple[UUID, UUID | None]] = {}
    offers = [*_applicant(by, holders), *_spouse(purpose, by, clock.today(at), holders), *_enterprise(by, holders)]
    for held in certificates.held_offers(holders, purpose=purpose, by=by, at=at):
        offers.append(Offer(OfferKind.CERTIFICATE, held.holder_role, held.type, held.fields, str(held.id), held.label, held.at))
    return offers if there else [*offers, *_earlier(by)]  # another region has not seen the earlier papers


def _applicant(by: Actor, holders: dict[str, tuple[UUID, UUID | None]]) -> list[Offer]:
    """Return what is known of the natural person the application is for, or who represents the enterprise."""
    principal = by.principal
    person_id, mandate_id = by.person_id, None
    if principal and principal.kind is PrincipalKind.PERSON:
        person_id, mandate_id = principal.id, principal.mandate_id
    if person_id is None:
        return []
    holders["applicant"] = (person_id, mandate_id)
    card = identity.get_person(person_id, by)
    return [Offer(OfferKind.IDENTITY, "applicant", "", _person_fields(card), f"person:{person_id}", LOGGED_IN)]


def _spouse(purpose: str, by: Actor, on: Any, holders: dict[str, tuple[UUID, UUID | None]]) -> list[Offer]:
    if by.principal or by.person_id is None:
        return []
    leave = identity.find_spouse_leave(purpose, on, by=by)
    if leave is None:
        return []
    holders["spouse"] = (leave.principal_id, leave.id)
    card = identity.get_person(leave.principal_id, by, purpose=purpose, on=on)
    label = AUTHORISED.format(name=leave.principal_name)
    return [Offer(OfferKind.IDENTITY, "spouse", "", _person_fields(card), f"mandate:{leave.id}", label)]


def _enterprise(by: Actor, holders: dict[str, tuple[UUID, UUID | None]]) -> list[Offer]:
    principal = by.principal
    if not principal or principal.kind is not PrincipalKind.ENTERPRISE:
        return []
    holders["enterprise"] = (principal.id, principal.mandate_id)
    card = identity.get_enterprise(principal.id, by)
    fields = {
        "name": card.name,
        "uscc": card.uscc,
        "region_code": card.region_code,
        "address": card.address,
        "legal_representative_name": card.legal_representative_name,
    }
    return [Offer(OfferKind.IDENTITY, "enterprise", "", fields, f"enterprise:{principal.id}", REGISTERED)]


def _earlier(by: Actor) -> list[Offer]:
    """Return the facts of the applicant's latest submitted application; which of them may be reused, the dictionary says."""
    if by.subject_id is None or by.person_id is None:
        return []
    found = rows.load(Application, _LATEST, [by.subject_id, by.person_id])
    if not found:
        return []
    last = found[0]
    facts = unpack(catalogue.get_version(last.version_id), last.facts)
    label = EARLIER.format(number=last.number)
    return [Offer(OfferKind.PRIOR, "applicant", "", facts, f"application:{last.id}", label, last.submitted_at)]


def _person_fields(card: Any) -> Mapping[str, Any]:
    names = ("name", "id_number", "phone", "sex", "birth_date", "region_code", "address")
    return {name: getattr(card, name) for name in names}

"""What a draft may read from registers, what came of it, and what that offers to its form."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.plan import Offer, OfferKind, Plan
from yijianshi.catalogue.logic.reading import PlannedRead, planned_reads
from yijianshi.catalogue.logic.schema import Supplier, SupplierKind
from yijianshi.exchange import commands as exchange
from yijianshi.exchange.logic.sharing import PLAIN, SENSITIVE
from yijianshi.exchange.queries import sharing
from yijianshi.foundation import clock
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor, PrincipalKind
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.text import Text

REF = "read:"


@dataclass(frozen=True, slots=True)
class ConsentAsk:
    """Sensitive fields that could be read if the person agrees, or are read because she did."""

    register: str
    name: Text
    fields: tuple[Text, ...]
    text: Text
    given: bool


@dataclass(frozen=True, slots=True)
class _Subject:
    kind: str
    id: UUID
    id_number: str
    name: str
    authorisation: str


def register_offers(cards: Sequence[sharing.ReadCard], gathered: Sequence[Offer]) -> list[Offer]:
    """Return what the registers' answers offer; about a spouse only while her mandate still holds."""
    holders = {offer.holder for offer in gathered if offer.kind == OfferKind.IDENTITY}
    return [
        Offer(
            OfferKind.REGISTER,
            card.holder,
            card.register,
            card.fields,
            f"{REF}{card.id}",
            card.name,
            card.as_of or card.answered_at,
            card.is_pending,
        )
        for card in cards
        if card.holder in holders and (card.is_pending or card.fields)
    ]


def read_of(ref: str) -> UUID | None:
    """Return the read an offer's reference names, None for other references."""
    return UUID(ref.removeprefix(REF)) if ref.startswith(REF) else None


def supplier_of(suppliers: Collection[Supplier], card: sharing.ReadCard) -> Supplier | None:
    """Return the supplier through which this read gave a fact its value."""
    wanted = (SupplierKind.REGISTER, card.register, card.holder)
    return next((one for one in suppliers if (one.kind, one.register_, one.holder) == wanted and one.field in card.fields), None)


def may_read(thing: CompiledThing, plan: Plan, facts: Mapping[str, object], env: Environment, region: str) -> list[PlannedRead]:
    """Return what the plan's items declare, of registers that somebody offers here."""
    if not thing.registers:
        return []
    return [one for one in planned_reads(thing, plan, facts, env) if exchange.serving(one.register.code, region)]


def consent_asks(reads: Sequence[PlannedRead], consented: Collection[str]) -> tuple[ConsentAsk, ...]:
    """Return the consents to ask for, each register once."""
    return tuple(
        ConsentAsk(
            read.register.code,
            read.register.name,
            labels(read, read.part(sensitive=True)),
            read.consent,
            read.register.code in consented,
        )
        for read in reads
        if read.consent is not None and read.part(sensitive=True)
    )


def wishes(reads: Sequence[PlannedRead], matter: UUID, purpose: str, *, by: Actor, at: datetime) -> list[exchange.Wish]:
    """Return the questions that may be put to registers now; sensitive fields only with consent for this matter."""
    consented = sharing.consented(matter)
    found = []
    for read in reads:
        subject = _subject(read.holder, purpose, by, at)
        if subject is None:
            continue
        parts = [(PLAIN, read.part(sensitive=False))]
        if read.register.code in consented and read.holder != "spouse":
            parts.append((SENSITIVE, read.part(sensitive=True)))
        found += [_wish(read, subject, part, fields) for part, fields in parts if fields]
    return found


def labels(read: PlannedRead, fields: Collection[str]) -> tuple[Text, ...]:
    """Return what these fields are called."""
    return tuple(one.label for one in read.register.fields if one.code in fields)


def _wish(read: PlannedRead, subject: _Subject, part: str, fields: tuple[str, ...]) -> exchange.Wish:
    return exchange.Wish(
        register=read.register.code,
        register_name=read.register.name,
        purposes=tuple(item.code for item in read.items),
        purpose_names=tuple(item.name for item in read.items),
        why=read.why,
        basis=read.register.basis.zh,
        holder=read.holder,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject={"kind": subject.kind, "id_number": subject.id_number, "name": subject.name},
        authorisation=f"CONSENT:{read.register.code}" if part == SENSITIVE else subject.authorisation,
        part=part,
        fields=fields,
        field_names=labels(read, fields),
        fresh_hours=read.register.fresh_hours,
    )


def _subject(holder: str, purpose: str, by: Actor, at: datetime) -> _Subject | None:
    """Return about whom a register may be asked: oneself, whom one acts for, or a spouse by her mandate for this purpose."""
    principal = by.principal
    if holder == "enterprise":
        if principal is None or principal.kind is not PrincipalKind.ENTERPRISE:
            return None
        card = identity.get_enterprise(principal.id, by)
        return _Subject("ENTERPRISE", principal.id, card.uscc, card.name, f"MANDATE:{principal.mandate_id}")
    if holder == "spouse":
        leave = None if principal or by.person_id is None else identity.find_spouse_leave(purpose, clock.today(at), by=by)
        if leave is None:
            return None
        spouse = identity.get_person(leave.principal_id, by, purpose=purpose, on=clock.today(at))
        return _Subject("PERSON", spouse.id, spouse.id_number, spouse.name, f"MANDATE:{leave.id}")
    acting = principal if principal and principal.kind is PrincipalKind.PERSON else None
    person_id = acting.id if acting else by.person_id
    if person_id is None:
        return None
    person = identity.get_person(person_id, by)
    return _Subject("PERSON", person.id, person.id_number, person.name, f"MANDATE:{acting.mandate_id}" if acting else "SELF:")

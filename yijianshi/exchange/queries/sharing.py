"""What was read for a matter, and what a person may see of who used her data."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Q

from yijianshi.exchange.logic.sharing import CLAIM_CONTEXT, VALUE_CONTEXT
from yijianshi.exchange.models import Claim, Debt, Objection, RegisterRead, SharingConsent
from yijianshi.exchange.queries.neighbours import list_neighbours
from yijianshi.foundation import sealing
from yijianshi.identity.logic.actor import Actor, PrincipalKind, Role
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.text import Text

_MOST = 500


class OperatorsOnly(Forbidden):
    """这一页只给系统管理员看。

    This page is for operators only.
    """


@dataclass(frozen=True, slots=True)
class ReadCard:
    """One question to a register and where it stands; ``fields`` only while the answer is in use."""

    id: UUID
    matter: UUID
    register: str
    name: Text
    holder: str
    part: str
    state: str
    fields: Mapping[str, Any] = field(repr=False)
    asked: tuple[str, ...]
    as_of: datetime | None
    answered_at: datetime | None
    purposes: tuple[str, ...]

    @property
    def is_pending(self) -> bool:
        """Say whether the answer may still come."""
        return self.state in ("WAITING", "AWAY")


@dataclass(frozen=True, slots=True)
class UseLine:
    """One line of the ledger: a register was asked about this person."""

    id: UUID
    register: Text
    items: tuple[Text, ...]
    thing: str
    why: Text
    basis: str
    fields: tuple[Text, ...]
    authorisation: str
    state: str
    in_use: bool
    at: datetime
    answered_at: datetime | None
    by_self: bool


@dataclass(frozen=True, slots=True)
class ConsentCard:
    """One consent to reading sensitive fields."""

    matter: UUID
    register: str
    name: Text
    fields: tuple[Text, ...]
    text: Text
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A value said to be wrong."""

    fact: str
    register: Text
    said: str = field(repr=False)
    claimed: str = field(repr=False)
    reason: str = field(repr=False)
    at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class ObjectionCard:
    """An objection and its answer."""

    id: UUID
    about_kind: str
    about_id: UUID
    reason: str
    at: datetime
    answer: str
    answered_at: datetime | None
    register: Text | None = None


@dataclass(frozen=True, slots=True)
class DebtCard:
    """Data one item waits for."""

    matter: UUID
    item: str
    register: Text
    due_on: date
    state: str
    since: datetime


def are_offered() -> bool:
    """Say whether any neighbour offers registers; where none does nothing is read, and nothing need be looked up."""
    return any(card.is_enabled and card.entry.registers for card in list_neighbours())


def list_reads(matters: Collection[UUID]) -> dict[UUID, list[ReadCard]]:
    """Return matter → what is read for it now; the caller has checked whose matters they are."""
    found: dict[UUID, list[ReadCard]] = {matter: [] for matter in matters}
    for row in RegisterRead.objects.filter(matter__in=matters, ended_at=None).order_by("id"):
        found[row.matter].append(_read_card(row))
    return found


def list_uses(*, by: Actor) -> list[UseLine]:
    """Return every question that was ever put to a register about the person (or the enterprise she acts for), newest first."""
    subject = by.subject_id if by.principal and by.principal.kind is PrincipalKind.ENTERPRISE else by.person_id
    if not by.is_person or subject is None:
        return []
    tried = Q(attempts__gt=0) | Q(ended_at=None)
    rows = RegisterRead.objects.filter(tried, subject_id=subject).order_by("-asked_at", "-id")[:_MOST]
    return [_use(row, by) for row in rows]


def list_consents(matters: Collection[UUID] | None = None, *, by: Actor) -> list[ConsentCard]:
    """Return the consents this person gave, newest first; of these matters only, where given."""
    if by.person_id is None:
        return []
    rows = SharingConsent.objects.filter(person_id=by.person_id).order_by("-given_at", "-id")
    return [_consent(row) for row in (rows if matters is None else rows.filter(matter__in=matters))[:_MOST]]


def consented(matter: UUID) -> frozenset[str]:
    """Return the registers whose sensitive fields may be read for this matter."""
    found = SharingConsent.objects.filter(matter=matter, withdrawn_at=None)
    return frozenset(found.values_list("register", flat=True))


def list_claims(matter: UUID) -> list[ClaimCard]:
    """Return what is said to be wrong in one matter; the caller has checked who asks."""
    rows = list(Claim.objects.filter(matter=matter).select_related("read").order_by("at", "id"))
    opened = iter(sealing.unseal_many([text for row in rows for text in (row.said, row.claimed, row.reason)], CLAIM_CONTEXT))
    return [
        ClaimCard(row.fact, Text(**row.read.register_name), next(opened), next(opened), next(opened), row.at, row.state)
        for row in rows
    ]


def list_own_objections(*, by: Actor) -> list[ObjectionCard]:
    """Return a person's objections."""
    if by.person_id is None:
        return []
    return [_objection(row, {}) for row in Objection.objects.filter(person_id=by.person_id).order_by("-at")[:_MOST]]


def list_objections(*, by: Actor) -> list[ObjectionCard]:
    """Return everybody's objections for the operators, unanswered first, without names; raises OperatorsOnly."""
    if not (by.is_staff and by.has_role(Role.OPERATOR)):
        raise OperatorsOnly
    rows = list(Objection.objects.order_by("answered_at", "at")[:_MOST])
    reads = RegisterRead.objects.filter(id__in=[row.about_id for row in rows if row.about_kind == "READ"])
    names = {row.id: Text(**row.register_name) for row in reads}
    return sorted((_objection(row, names) for row in rows), key=lambda one: (one.answered_at is not None, one.at))


def is_about(read_id: UUID, *, by: Actor) -> bool:
    """Say whether a read was about this person (or the enterprise she acts for)."""
    enterprise = by.principal.id if by.principal and by.principal.kind is PrincipalKind.ENTERPRISE else None
    ids = [one for one in (by.person_id, enterprise) if one is not None]
    return by.is_person and RegisterRead.objects.filter(id=read_id, subject_id__in=ids).exists()


def list_debts(matters: Collection[UUID]) -> dict[UUID, list[DebtCard]]:
    """Return matter → the data its items still wait for."""
    found: dict[UUID, list[DebtCard]] = {}
    open_debts = Debt.objects.filter(matter__in=matters, settled_at=None).select_related("read").order_by("due_on", "id")
    for row in open_debts:
        card = DebtCard(row.matter, row.item, Text(**row.read.register_name), row.due_on, row.read.state, row.created_at)
        found.setdefault(row.matter, []).append(card)
    return found


def _read_card(row: RegisterRead) -> ReadCard:
    value = orjson.loads(sealing.unseal(row.value, VALUE_CONTEXT)) if row.value else {}
    return ReadCard(
        id=row.id,
        matter=row.matter,
        register=row.register,
        name=Text(**row.register_name),
        holder=row.holder,
        part=row.part,
        state=row.state,
        fields=value,
        asked=tuple(row.fields),
        as_of=row.as_of,
        answered_at=row.answered_at,
        purposes=tuple(row.purposes),
    )


def _use(row: RegisterRead, by: Actor) -> UseLine:
    return UseLine(
        id=row.id,
        register=Text(**row.register_name),
        items=tuple(Text(**one) for one in row.purpose_names),
        thing=row.thing,
        why=Text(**row.why),
        basis=row.basis,
        fields=tuple(Text(**one) for one in row.field_names),
        authorisation=row.authorisation.partition(":")[0],
        state=row.state,
        in_use=row.ended_at is None,
        at=row.asked_at,
        answered_at=row.answered_at,
        by_self=row.asked_by == by.person_id,
    )


def _consent(row: SharingConsent) -> ConsentCard:
    fields = tuple(Text(**one) for one in row.field_names)
    name, text = Text(**row.register_name), Text(**row.text)
    return ConsentCard(row.matter, row.register, name, fields, text, row.given_at, row.withdrawn_at)


def _objection(row: Objection, names: Mapping[UUID, Text]) -> ObjectionCard:
    name = names.get(row.about_id)
    return ObjectionCard(row.id, row.about_kind, row.about_id, row.reason, row.at, row.answer, row.answered_at, name)

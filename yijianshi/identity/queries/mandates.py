"""Mandates as the two people concerned see them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from yijianshi.foundation.batch import select
from yijianshi.identity.logic.actor import Actor, PrincipalKind
from yijianshi.identity.logic.mandates import MandateKind, MandateState, Term
from yijianshi.identity.models import Enterprise, Mandate, Person

_LEAVES = """
SELECT m.id, m.principal_id, p.name, m.valid_from, m.valid_to, m.scope FROM identity_mandate AS m
LEFT JOIN identity_person AS p ON p.id = m.principal_id
WHERE m.agent_person_id = %s AND m.state = 'ACTIVE' AND m.may_use_certificates
"""


@dataclass(frozen=True, slots=True)
class MandateCard:
    """One mandate: who may act for whom, for what, from when until when (both days included; None = until ended)."""

    id: UUID
    kind: MandateKind
    principal_kind: PrincipalKind
    principal_id: UUID
    principal_name: str = field(repr=False)
    agent_person_id: UUID
    agent_name: str = field(repr=False)
    scope: tuple[str, ...]
    may_submit: bool
    may_use_certificates: bool
    valid_from: date
    valid_to: date | None
    state: MandateState
    is_received: bool  # True: the asking person may act; False: the asking person (or their enterprise) gave it

    @property
    def term(self) -> Term:
        """Return when and for what it holds."""
        return Term(self.state, self.valid_from, self.valid_to, frozenset(self.scope))


@dataclass(frozen=True, slots=True)
class Leave:
    """Whose certificates may be used, and on which mandate."""

    id: UUID
    principal_id: UUID
    principal_name: str = field(repr=False)


def list_mandates(by: Actor) -> list[MandateCard]:
    """Return the mandates a person holds or has given, newest first; nothing for staff and strangers."""
    if by.person_id is None:
        return []
    own = Enterprise.objects.filter(legal_representative_id=by.person_id).values("pk")
    concerned = Q(agent_person_id=by.person_id) | Q(principal_id=by.person_id) | Q(principal_id__in=own)
    return _cards(Mandate.objects.filter(concerned).order_by("-granted_at", "-pk"), by)


def find_mandate(principal_id: UUID, agent_person_id: UUID, purpose: str, on: date, *, by: Actor) -> MandateCard | None:
    """Return a mandate in force on the day *on* that covers *purpose*, else None.

    Only the house itself, the agent and the principal learn of it. Among several, the one that allows most comes first.
    """
    if not (by.is_system or (by.person_id is not None and by.person_id in (principal_id, agent_person_id))):
        return None
    rows = Mandate.objects.filter(principal_id=principal_id, agent_person_id=agent_person_id, state=MandateState.ACTIVE)
    ordered = rows.order_by("-may_use_certificates", "-may_submit", "-granted_at")
    return next((card for card in _cards(ordered, by) if card.term.holds(on) and card.term.covers(purpose)), None)


def find_certificate_leave(principal_id: UUID, purpose: str, on: date, *, by: Actor) -> UUID | None:
    """Return the id of the mandate by which *by* may use the principal's certificates for *purpose* on *on*, else None."""
    given = select(_LEAVES + " AND m.principal_id = %s ORDER BY m.granted_at DESC", [by.person_id, principal_id])
    return next((leave.id for leave in _in_force(given, purpose, on)), None)


def find_spouse_leave(purpose: str, on: date, *, by: Actor) -> Leave | None:
    """Return the latest mandate by which a spouse lets *by* use their certificates for *purpose* on the day *on*."""
    given = select(_LEAVES + " AND m.kind = 'SPOUSE' ORDER BY m.granted_at DESC, m.id DESC", [by.person_id])
    return next(_in_force(given, purpose, on), None)


def _in_force(given: Iterable[tuple[Any, ...]], purpose: str, on: date) -> Iterator[Leave]:
    for mandate_id, principal_id, principal_name, valid_from, valid_to, scope in given:
        term = Term(MandateState.ACTIVE, valid_from, valid_to, frozenset(scope))
        if term.holds(on) and term.covers(purpose):
            yield Leave(mandate_id, principal_id, principal_name)


def _cards(rows: "QuerySet[Mandate]", by: Actor) -> list[MandateCard]:
    mandates = list(rows.select_related("agent_person"))
    names = _principal_names(mandates)
    return [_card(mandate, names.get(mandate.principal_id, ""), by) for mandate in mandates]


def _principal_names(mandates: Iterable[Mandate]) -> dict[UUID, str]:
    wanted = {mandate.principal_id for mandate in mandates}
    if not wanted:
        return {}
    people = Person.objects.filter(pk__in=wanted).values_list("pk", "name")
    enterprises = Enterprise.objects.filter(pk__in=wanted).values_list("pk", "name")
    return dict(people.union(enterprises, all=True))


def _card(mandate: Mandate, principal_name: str, by: Actor) -> MandateCard:
    return MandateCard(
        id=mandate.pk,
        kind=MandateKind(mandate.kind),
        principal_kind=PrincipalKind(mandate.principal_kind),
        principal_id=mandate.principal_id,
        principal_name=principal_name,
        agent_person_id=mandate.agent_person_id,
        agent_name=mandate.agent_person.name,
        scope=tuple(mandate.scope),
        may_submit=mandate.may_submit,
        may_use_certificates=mandate.may_use_certificates,
        valid_from=mandate.valid_from,
        valid_to=mandate.valid_to,
        state=MandateState(mandate.state),
        is_received=mandate.agent_person_id == by.person_id,
    )

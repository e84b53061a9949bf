"""Who may act for whom: kinds of mandates, who may give and end them, and whether one holds today.

Legal basis: 民法典 arts. 27, 34 (guardians), 161-175 (agency), 61 (legal representative), 1060 (spouses, everyday matters)
[L]; the bounds on duration are ours [D].
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from yijianshi.identity.logic.actor import PrincipalKind


class MandateKind(StrEnum):
    """Why somebody may act for somebody else."""

    GUARDIAN = "GUARDIAN"
    AGENT = "AGENT"
    SPOUSE = "SPOUSE"
    LEGAL_REPRESENTATIVE = "LEGAL_REPRESENTATIVE"
    STAFF_OF_ENTERPRISE = "STAFF_OF_ENTERPRISE"


class MandateState(StrEnum):
    """A mandate is in force until its last day or until somebody ends it."""

    ACTIVE = "ACTIVE"
    REVOKED = "REVOKED"


# Guardianship and legal representation follow from registers, never from a person's own click.
BY_REGISTER_ONLY = frozenset({MandateKind.GUARDIAN, MandateKind.LEGAL_REPRESENTATIVE})
OF_PERSON = frozenset({MandateKind.GUARDIAN, MandateKind.AGENT, MandateKind.SPOUSE})
OF_ENTERPRISE = frozenset({MandateKind.AGENT, MandateKind.LEGAL_REPRESENTATIVE, MandateKind.STAFF_OF_ENTERPRISE})
LONGEST = timedelta(days=3 * 366)  # [D] a self-given mandate ends by itself after three years at most


@dataclass(frozen=True, slots=True)
class Term:
    """When and for what a mandate holds; both days included, no last day = until ended."""

    state: MandateState
    valid_from: date
    valid_to: date | None
    scope: frozenset[str]

    def holds(self, on: date) -> bool:
        """Say whether the mandate is in force on the day *on*."""
        started = self.valid_from <= on
        return self.state is MandateState.ACTIVE and started and (self.valid_to is None or on <= self.valid_to)

    def covers(self, purpose: str) -> bool:
        """Say whether the mandate reaches the thing or item *purpose*; an empty purpose needs a mandate for everything."""
        return "*" in self.scope or (bool(purpose) and purpose in self.scope)


@dataclass(frozen=True, slots=True)
class Wish:
    """A mandate somebody wants to give, before any rule has looked at it."""

    kind: MandateKind
    principal_kind: PrincipalKind
    principal_id: UUID
    agent_person_id: UUID
    scope: tuple[str, ...] = ("*",)
    may_submit: bool = True
    may_use_certificates: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    evidence: str = ""


def fits_principal(kind: MandateKind, principal: PrincipalKind) -> bool:
    """Say whether a mandate of this kind can have such a principal: nobody is guardian of an enterprise."""
    return kind in (OF_PERSON if principal is PrincipalKind.PERSON else OF_ENTERPRISE)


def clean_scope(scope: Iterable[str]) -> tuple[str, ...]:
    """Return the codes in a stable order without doubles; ``*`` swallows all others."""
    codes = sorted({code.strip() for code in scope if code.strip()})
    return ("*",) if "*" in codes else tuple(codes)

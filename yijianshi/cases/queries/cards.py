"""Case rows and what goes with them, loaded together for the pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from yijianshi.cases.logic import nature
from yijianshi.cases.logic.clock.entries import ClockEntry
from yijianshi.cases.models import Case, Correction, Decision
from yijianshi.cases.queries.ledger import ledgers
from yijianshi.cases.queries.views import CorrectionView, DecisionView
from yijianshi.catalogue.logic.schema import Item
from yijianshi.foundation import rows
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Loaded:
    """The cases of one application in order, with ledgers, notices and decisions."""

    cases: Sequence[Case]
    ledgers: dict[UUID, list[ClockEntry]]
    corrections: dict[UUID, list[Correction]]
    decisions: dict[UUID, Decision]


def load(application_id: UUID) -> Loaded:
    """Return everything about an application's cases, in four queries; the caller has checked who asks."""
    cases = rows.load(Case, "WHERE application_id = %s ORDER BY position", [application_id])
    ids = [case.id for case in cases]
    corrections: dict[UUID, list[Correction]] = {case_id: [] for case_id in ids}
    for notice in rows.load(Correction, "WHERE case_id = ANY(%s::uuid[]) ORDER BY requested_at", [ids]):
        corrections[notice.case_id].append(notice)
    decisions = {decision.case_id: decision for decision in rows.load(Decision, "WHERE case_id = ANY(%s::uuid[])", [ids])}
    return Loaded(cases, ledgers(ids), corrections, decisions)


def decision_view(decision: Decision | None, item: Item) -> DecisionView | None:
    """Return the decision with the remedies the item names for a negative one."""
    if decision is None:
        return None
    remedies = () if decision.outcome == "APPROVED" else remedies_of(item)
    return DecisionView(
        outcome=decision.outcome,
        reason=decision.reason,
        basis=decision.basis,
        document_no=decision.document_no,
        decided_at=decision.decided_at,
        remedies=remedies,
        is_slip=item.nature != nature.AUTHORITY,
    )


def remedies_of(item: Item) -> tuple[Text, ...]:
    """Return review and litigation as the item names them; for bodies that are no authorities, where to complain."""
    if item.nature != nature.AUTHORITY:
        return (nature.complaint(item.complaint_phone),)
    return (item.remedies.review, item.remedies.litigation) if item.remedies else ()


def correction_view(notice: Correction) -> CorrectionView:
    """Return the notice as the desk sees it."""
    return CorrectionView(notice.requested_at, notice.respond_by, notice.answered_at, notice.entries)

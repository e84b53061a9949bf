"""Data debts: what a submitted item still waits for, who answers for it, until when; settled by the answer or by hand, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.exchange.models import Debt
from yijianshi.foundation.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One answer one item waits for."""

    read_id: UUID
    matter: UUID
    item: str
    organisation_id: UUID
    due_on: date


def owe(debts: Sequence[Owed], *, at: datetime) -> None:
    """Write these debts, inside the submission's transaction."""
    Debt.objects.bulk_create(
        [
            Debt(
                id=new_id(),
                read_id=one.read_id,
                matter=one.matter,
                item=one.item,
                organisation_id=one.organisation_id,
                due_on=one.due_on,
                created_at=at,
            )
            for one in debts
        ],
        ignore_conflicts=True,
    )


def settle_by_hand(matter: UUID, item: str, *, at: datetime) -> int:
    """Close what one item still waits for, because its department goes on without; return how many debts."""
    return Debt.objects.filter(matter=matter, item=item, settled_at=None).update(settled_at=at, how="BY_HAND")

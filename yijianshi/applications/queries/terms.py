"""On what terms an application was submitted: its tone, and the fees as they stood on that day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from yijianshi.applications.queries.access import get_owned
from yijianshi.applications.queries.signing import find_signed
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.plan import PlannedFee
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Terms:
    """The tone of the thing, and what each item costs in yuan."""

    tone: str
    fees: tuple[PlannedFee, ...]
    signed: UUID | None = None  # the document that was signed

    @property
    def fee_total(self) -> Decimal | None:
        """Return the sum in yuan, 0 where nothing is charged, None where one of the fees could not be worked out."""
        amounts = [fee.amount for fee in self.fees]
        return None if None in amounts else sum((amount for amount in amounts if amount is not None), Decimal(0))


def get_terms(application_id: UUID, *, by: Actor) -> Terms:
    """Return the terms of the actor's submitted application; raises NotFound for a stranger's."""
    row = get_owned(application_id, by=by)
    thing = catalogue.get_version(row.version_id)
    return Terms(thing.tone, tuple(_fee(one["code"], one["fee"]) for one in row.resolved if one.get("fee")), find_signed(row.id))


def fee_record(fee: PlannedFee) -> dict[str, Any]:
    """Return a fee as it is kept with the submission."""
    return {
        "name": fee.name.to_json(),
        "amount": None if fee.amount is None else str(fee.amount),
        "reason": fee.reason.to_json(),
        "basis": fee.basis.to_json(),
        "valid_from": fee.valid_from.isoformat() if fee.valid_from else None,
    }


def _fee(item: str, kept: Mapping[str, Any]) -> PlannedFee:
    return PlannedFee(
        item=item,
        name=Text(**kept["name"]),
        amount=None if kept["amount"] is None else Decimal(kept["amount"]),
        reason=Text(**kept["reason"]),
        basis=Text(**kept["basis"]),
        valid_from=date.fromisoformat(kept["valid_from"]) if kept["valid_from"] else None,
    )

"""What the published content says about a case's item."""

from datetime import date
from functools import lru_cache
from uuid import UUID

from yijianshi.cases.logic.clock.entries import Limits, SuspensionReason
from yijianshi.cases.logic.states import Action, basis_of
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.schema import Item
from yijianshi.foundation import calendars


def thing_of(version_id: UUID) -> CompiledThing:
    """Return the published version a case stays on; versions never change."""
    return catalogue.get_version(version_id)


def item_of(version_id: UUID, item_code: str) -> Item:
    """Return the item as it was published for this case."""
    return thing_of(version_id).item(item_code)


def legal_basis(action: Action, version_id: UUID, item_code: str) -> str:
    """Return the clause *action* rests on for this item."""
    return basis_of(action, item_of(version_id, item_code).under_licensing_law)


def own_law(version_id: UUID, item_code: str) -> str:
    """Return the first clause the item itself rests on, as content cites it; empty where content names none."""
    for clause in item_of(version_id, item_code).legal_basis:
        return f"《{clause.law.zh}》第{clause.article}条" if clause.article else f"《{clause.law.zh}》"
    return ""


@lru_cache(maxsize=4096)
def limits_of(version_id: UUID, item_code: str, region: str = "") -> Limits:
    """Return the limits the case's clock runs by; a region's own, shorter promise counts for the cases of that region."""
    limits = thing_of(version_id).item_in(item_code, region).item.limits
    recheck = limits.correction.recheck
    return Limits(
        legal_working_days=limits.legal.exact_working_days if limits.legal else None,
        promised_working_days=limits.promise.as_working_days,
        extension_working_days=limits.extension.working_days if limits.extension else 0,
        correction_working_days=limits.correction.authority_working_days,
        recheck_working_days=recheck.working_days if recheck else limits.correction.authority_working_days,
        legal_calendar_days=limits.legal.calendar_days if limits.legal else None,
        legal_rest_day_moves=bool(limits.legal and limits.legal.rest_day_moves),
        suspension_reasons=frozenset(SuspensionReason(code) for code in limits.suspensions),
    )


def check_by(version_id: UUID, item_code: str, received_on: date, *, again: bool = False) -> date | None:
    """Return the last day to check what came on *received_on* (*again*: a correction); silence after it is acceptance (art. 32).

    None where no such rule applies, or where the year's holiday notice is not loaded yet.
    """
    limits = limits_of(version_id, item_code)
    days = limits.recheck_working_days if again else limits.correction_working_days
    return None if days is None else calendars.national().try_add_working_days(received_on, days)

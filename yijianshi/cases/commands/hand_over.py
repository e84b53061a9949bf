"""Handing cases over to the departments' own systems, and telling those what changes here."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from yijianshi.applications import queries as applications
from yijianshi.cases.logic.states import STATE_TEXTS, State
from yijianshi.cases.models import Case
from yijianshi.cases.queries.handed import UNDER_WAY, handed_over, materials, plain, served
from yijianshi.exchange import commands as exchange
from yijianshi.exchange import queries as neighbours

_TAKEN_BACK = frozenset({State.WITHDRAWN, State.RETURNED, State.TERMINATED})


def hand_over(case_ids: Sequence[UUID], *, at: datetime) -> int:
    """Write a hand-over for each case a department's system handles, in the caller's transaction; return how many."""
    found = served(case_ids, UNDER_WAY)
    facts = applications.facts_for_cases([(case.application_id, case.item_code) for case, _ in found])
    exchange.send(
        [
            exchange.Parcel(code, "case.handed_over", case.number, handed_over(case, facts[case.application_id, case.item_code]))
            for case, code in found
        ],
        at=at,
    )
    return len(found)


def tell_corrected(case_ids: Sequence[UUID], *, at: datetime) -> int:
    """Send what the applicant corrected to the systems that have these cases; return to how many."""
    found = _begun(served(case_ids, frozenset({State.RECEIVED})))
    facts = applications.facts_for_cases([(case.application_id, case.item_code) for case, _ in found])
    parcels = []
    for case, code in found:
        body = {"facts": plain(facts[case.application_id, case.item_code]), "materials": materials(case)}
        parcels.append(exchange.Parcel(code, "case.corrected", case.number, body))
    exchange.send(parcels, at=at)
    return len(found)


def tell_ended(case_ids: Sequence[UUID], *, at: datetime) -> int:
    """Tell the systems that have these cases, other deployments too, that they were taken back here; return how many."""
    found = _begun([*served(case_ids, _TAKEN_BACK), *served(case_ids, _TAKEN_BACK, by_peers=True)])
    parcels = []
    for case, code in found:
        reason = STATE_TEXTS[State(case.state)]
        body = {"state": case.state, "reason": {"zh": reason.zh, "en": reason.en}}
        parcels.append(exchange.Parcel(code, "case.withdrawn", case.number, body))
    exchange.send(parcels, at=at)
    return len(found)


def _begun(found: Sequence[tuple[Case, str]]) -> list[tuple[Case, str]]:
    """Return those that were handed over before: a system that came later is not told about what it never had."""
    codes = {code for _, code in found}
    begun = {
        (code, thread.about)
        for code in codes
        for thread in neighbours.list_threads(code, [case.number for case, own in found if own == code])
        if thread.sent
    }
    return [(case, code) for case, code in found if (code, case.number) in begun]

"""Flow-back and cascade (数据回流, 级联): levels above and below hear how far each case of theirs is; no names, no form."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.cases.logic.states import STATE_TEXTS, State
from yijianshi.cases.models import Case, Decision
from yijianshi.cases.queries.items import thing_of
from yijianshi.certificates import queries as certificates
from yijianshi.exchange import commands as exchange
from yijianshi.exchange import queries as neighbours
from yijianshi.identity import queries as identity

KIND = "matter.reported"


def report(case_ids: Sequence[UUID], *, at: datetime) -> int:
    """Tell every level that wants it how these cases stand now, in the caller's transaction; return how many messages.

    The whole standing is told each time, so a message that comes late or twice changes nothing.
    """
    if not case_ids or not any(card.entry.reports for card in neighbours.list_neighbours()):
        return 0
    cases = list(Case.objects.filter(id__in=case_ids).order_by("number"))
    decisions = {row.case_id: row for row in Decision.objects.filter(case_id__in=case_ids)}
    numbers = certificates.identifiers_by_case(case_ids)
    parcels = [
        exchange.Parcel(card.code, KIND, case.number, _standing(case, decisions.get(case.id), numbers.get(case.id, ()), card))
        for case in cases
        for card in neighbours.list_reported_to(case.region, case.thing_code)
    ]
    exchange.send(parcels, at=at)
    return len(parcels)


def _standing(case: Case, decision: Decision | None, numbers: Sequence[str], card: neighbours.NeighbourCard) -> dict[str, Any]:
    organisation, words = identity.get_organisation(case.organisation_id), STATE_TEXTS[State(case.state)]
    name = thing_of(case.version_id).item(case.item_code).name
    found: dict[str, Any] = {
        "application": case.application_number,
        "case": case.number,
        "thing": case.thing_code,
        "item": case.item_code,
        "item_name": name.to_json(),
        "organisation": organisation.uscc,
        "region": case.region,
        "state": case.state,
        "state_text": words.to_json(),
        "received_on": case.received_on,
        "promised_on": case.promised_on,
        "ended_at": case.ended_at,
    }
    if card.entry.reports and card.entry.reports.results:
        found["decision"] = (
            {"outcome": decision.outcome, "document_no": decision.document_no, "at": decision.decided_at} if decision else None
        )
        found["certificates"] = list(numbers)
    return found

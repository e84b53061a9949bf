"""Telling systems of other levels what became of cases (数据回流): the country's platform, a city, a county.

What was told already is counted in the thread, so it does not matter how often, in which order or how late the house is reminded:
under the lock of the number, what history has beyond it is told, each line once. A system entered later is told from the start.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.db.models import Q

from yijianshi.applications import queries as applications
from yijianshi.cases.logic import reports
from yijianshi.cases.models import Case
from yijianshi.cases.queries.items import item_of
from yijianshi.certificates import queries as certificates
from yijianshi.exchange import commands as exchange
from yijianshi.exchange import queries as neighbours
from yijianshi.exchange.logic.mapping import Dialect
from yijianshi.foundation import history, sealing
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import SYSTEM

AT_ONCE = 200
_NUMBER = "cases.report.number"


@dataclass(frozen=True, slots=True)
class _Due:
    """One line of one case that one neighbour is not yet told."""

    case: Case
    card: neighbours.NeighbourCard
    kind: reports.Kind
    line: history.Entry = field(repr=False)


@transaction.atomic
def report(case_ids: Collection[UUID], *, at: datetime) -> int:
    """Write what the systems of other levels lack of these cases, in the caller's transaction; return how many messages."""
    wanted = [
        (case, card, kind)
        for case in Case.objects.filter(id__in=case_ids).order_by("number")
        for card in neighbours.list_told(case.region)
        for kind in reports.KINDS
        if card.entry.reports and kind in card.entry.reports.kinds
    ]
    sent = neighbours.lock_sending({(card.code, reports.thread_of(case.number, kind)) for case, card, kind in wanted})
    lines = history.list_for_each("case", {case.id for case, _, _ in wanted})  # read under the lock: complete up to now
    due = []
    for case, card, kind in wanted:
        told = [
            line.entry for line in lines.get(case.id, []) if reports.is_told(kind, line.entry.from_state, line.entry.to_state)
        ]
        due += [_Due(case, card, kind, line) for line in told[sent[card.code, reports.thread_of(case.number, kind)] :]]
    exchange.send(list(_parcels(due)), at=at)
    return len(due)


def catch_up(code: str, *, at: datetime, since: timedelta) -> int:
    """Tell one neighbour what it lacks of open cases and of those that ended within *since*; return how many messages."""
    card = neighbours.get_neighbour(code)
    recent = Case.objects.filter(Q(is_open=True) | Q(ended_at__gt=at - since)).order_by("id").values_list("id", "region")
    concerned = [case_id for case_id, region in recent if card.is_told_about(region)]
    starts = range(0, len(concerned), AT_ONCE)
    return sum(report(concerned[start : start + AT_ONCE], at=at) for start in starts)


def _parcels(due: Sequence[_Due]) -> Iterable[exchange.Parcel]:
    if not due:
        return
    applicants = applications.list_applicants({one.case.application_id for one in due}, by=SYSTEM)
    results = [one for one in due if one.kind == "results"]
    issued = certificates.identifiers_by_case({one.case.id for one in results})
    facts = applications.facts_for_cases([(one.case.application_id, one.case.item_code) for one in results])
    for one in due:
        wishes = one.card.entry.reports
        assert wishes is not None
        known = _known(one, applicants[one.case.application_id])
        if one.kind == "results":
            papers = [{"type": kind, "identifier": identifier} for kind, identifier in issued.get(one.case.id, [])]
            known |= {"outcome": reports.outcome_of(one.line.to_state), "certificates": papers}
            own = reports.chosen(wishes.result_fields, known)
            own |= reports.chosen(wishes.facts, facts[one.case.application_id, one.case.item_code])
        else:
            own = reports.chosen(wishes.state_fields, known)
        body = {"report": Dialect(wishes.names, wishes.codes).outward(_plain(own))}
        yield exchange.Parcel(one.card.code, reports.KINDS[one.kind], reports.thread_of(one.case.number, one.kind), body)


def _known(one: _Due, applicant: applications.Applicant) -> dict[str, Any]:
    case, line, wishes = one.case, one.line, one.card.entry.reports
    organisation, item = identity.get_organisation(case.organisation_id), item_of(case.version_id, case.item_code)
    digest = sealing.blind_index(applicant.number, f"{_NUMBER}.{one.card.code}").hex()  # another one for each neighbour
    return {
        "case": case.number,
        "application": case.application_number,
        "thing": case.thing_code,
        "item": case.item_code,
        "item_name": {"zh": item.name.zh, "en": item.name.en},
        "item_code": item.catalog_code,
        "region": case.region,
        "organisation": organisation.uscc,
        "organisation_name": organisation.name.zh,
        "applicant_kind": applicant.kind,
        "applicant": case.applicant_label,
        "applicant_number": reports.shown_number(wishes.number if wishes else "hashed", applicant.number, digest),
        "change": line.action,
        "from_state": line.from_state,
        "state": line.to_state,
        "at": line.at,
        "document_no": line.document_no,
    }


def _plain(known: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(orjson.dumps(known, default=_text))
    return found


def _text(value: Any) -> Any:
    return sorted(value) if isinstance(value, set | frozenset) else str(value)

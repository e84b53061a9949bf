"""Handing cases over to the departments' own systems, and telling those what changes here."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from yijianshi.applications import queries as applications
from yijianshi.cases.logic.states import STATE_TEXTS, State
from yijianshi.cases.models import Case
from yijianshi.cases.queries.items import thing_of
from yijianshi.exchange import commands as exchange
from yijianshi.exchange import queries as neighbours
from yijianshi.identity import queries as identity


def hand_over(case_ids: Sequence[UUID], *, at: datetime) -> int:
    """Write a hand-over for each case another system handles, in the caller's transaction; return how many."""
    served = _served(case_ids, {State.RECEIVED, State.CORRECTION_REQUESTED, State.ACCEPTED})
    facts = applications.facts_for_cases([(case.application_id, case.item_code) for case, _ in served])
    exchange.send(
        [
            exchange.Parcel(code, "case.handed_over", case.number, _handed_over(case, facts[case.application_id, case.item_code]))
            for case, code in served
        ],
        at=at,
    )
    return len(served)


def tell_corrected(case_ids: Sequence[UUID], *, at: datetime) -> int:
    """Send what the applicant corrected to the systems that have these cases; return to how many."""
    served = _begun(_served(case_ids, {State.RECEIVED}))
    facts = applications.facts_for_cases([(case.application_id, case.item_code) for case, _ in served])
    parcels = []
    for case, code in served:
        body = {"facts": _plain(facts[case.application_id, case.item_code]), "materials": _materials(case)}
        parcels.append(exchange.Parcel(code, "case.corrected", case.number, body))
    exchange.send(parcels, at=at)
    return len(served)


def tell_ended(case_ids: Sequence[UUID], *, at: datetime) -> int:
    """Tell the systems that have these cases that they were withdrawn or returned here; return how many."""
    served = _begun(_served(case_ids, {State.WITHDRAWN, State.RETURNED, State.TERMINATED}))
    parcels = []
    for case, code in served:
        reason = STATE_TEXTS[State(case.state)]
        body = {"state": case.state, "reason": {"zh": reason.zh, "en": reason.en}}
        parcels.append(exchange.Parcel(code, "case.withdrawn", case.number, body))
    exchange.send(parcels, at=at)
    return len(served)


def _served(case_ids: Sequence[UUID], states: set[State]) -> list[tuple[Case, str]]:
    """Return the cases in one of *states* that another system handles, with its code, in order of their numbers."""
    found = []
    if not neighbours.list_neighbours():
        return []
    for case in Case.objects.filter(id__in=case_ids, state__in=states).order_by("number"):
        neighbour = neighbours.find_serving(case.organisation_id, case.item_code)
        if neighbour:
            found.append((case, neighbour.code))
    return found


def _begun(served: Sequence[tuple[Case, str]]) -> list[tuple[Case, str]]:
    """Return those that were handed over before: a system that came later is not told about what it never had."""
    codes = {code for _, code in served}
    begun = {
        (code, thread.about)
        for code in codes
        for thread in neighbours.list_threads(code, [case.number for case, own in served if own == code])
        if thread.sent
    }
    return [(case, code) for case, code in served if (code, case.number) in begun]


def _handed_over(case: Case, facts: Mapping[str, Any]) -> dict[str, Any]:
    thing, organisation = thing_of(case.version_id), identity.get_organisation(case.organisation_id)
    name = thing.item(case.item_code).name
    return {
        "application": case.application_number,
        "case": case.number,
        "item": case.item_code,
        "item_name": {"zh": name.zh, "en": name.en},
        "thing": case.thing_code,
        "organisation": organisation.uscc,
        "region": case.region,
        "applicant": {"name": case.applicant_label},
        "received_on": case.received_on,
        "act_by": case.act_by,
        "facts": _plain(facts),
        "materials": _materials(case),
    }


def _materials(case: Case) -> list[dict[str, Any]]:
    thing = thing_of(case.version_id)
    wanted = {use.material for use in thing.item(case.item_code).materials}
    return [
        {
            "code": one.code,
            "name": {"zh": thing.materials_by_code[one.code].name.zh, "en": thing.materials_by_code[one.code].name.en},
            "how": one.satisfier,
            "digest": hashlib.new("sm3", orjson.dumps([list(one.files), dict(one.evidence)], default=str)).hexdigest(),
        }
        for one in applications.materials_of(case.application_id)
        if one.code in wanted
    ]


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as JSON has them; nothing for what is unknown."""
    found: dict[str, Any] = orjson.loads(
        orjson.dumps({name: value for name, value in facts.items() if value is not None}, default=_text)
    )
    return found


def _text(value: Any) -> Any:
    return sorted(value) if isinstance(value, set | frozenset) else str(value)

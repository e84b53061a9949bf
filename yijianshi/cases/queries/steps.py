"""What each step of a case is to somebody outside who waits for it: the messages of the exchange protocol, mirrored.

``commands/from_outside.py`` takes these messages; here they are made, for a case that another deployment gave us.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from yijianshi.applications import queries as applications
from yijianshi.cases.logic.clock.entries import ClockKind
from yijianshi.cases.models import Case, Correction
from yijianshi.cases.queries.handed import plain
from yijianshi.cases.queries.items import item_of
from yijianshi.cases.queries.ledger import ledgers
from yijianshi.certificates import queries as certificates
from yijianshi.foundation import history

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the number of its line in the history, the kind of message it is, and what that says."""

    line: int
    kind: str
    body: Body


def steps_of(application_id: UUID, *, after: int) -> list[Step]:
    """Return the steps of the one case of an application taken in alone, those after this line of history, oldest first."""
    case = Case.objects.filter(application_id=application_id).order_by("position").first()
    if case is None:
        return []
    lines = [line for line in history.list_for("case", case.id) if line.id > after and line.entry.action in _STEPS]
    return [Step(line.id, _STEPS[line.entry.action][0], _STEPS[line.entry.action][1](case, line.entry)) for line in lines]


def _nothing(_case: Case, _entry: history.Entry) -> Body:
    return {}


def _reason(_case: Case, entry: history.Entry) -> Body:
    return {"reason": entry.reason, "basis": entry.basis[:200]}


def _entries(case: Case, entry: history.Entry) -> Body:
    notice = Correction.objects.filter(case=case, requested_at=entry.at).first()
    return {"entries": notice.entries if notice else []}


def _suspension(case: Case, entry: history.Entry) -> Body:
    paused = [one for one in ledgers([case.id])[case.id] if one.kind is ClockKind.SUSPENDED and one.at == entry.at]
    code = str(paused[-1].reason) if paused and paused[-1].reason else ""
    return {"code": code, **_reason(case, entry)}


def _approval(case: Case, entry: history.Entry) -> Body:
    produced = item_of(case.version_id, case.item_code).produces.facts
    key = (case.application_id, case.item_code)
    facts = applications.facts_for_cases([key])[key]
    results: Mapping[str, Any] = plain({name: facts.get(name) for name in produced})
    issued = certificates.identifiers_by_case([case.id]).get(case.id, [])
    papers = [{"type": kind, "identifier": identifier} for kind, identifier in issued]
    return {"results": results, "certificates": papers, "reason": entry.reason}


def _delivery(_case: Case, entry: history.Entry) -> Body:
    return {"how": entry.reason[:200]}


_STEPS: dict[str, tuple[str, Callable[[Case, history.Entry], Body]]] = {
    "accept": ("case.accepted", _nothing),
    "deem_accepted": ("case.accepted", _nothing),
    "not_accept": ("case.not_accepted", _reason),
    "request_correction": ("case.correction_requested", _entries),
    "suspend": ("case.suspended", _suspension),
    "resume": ("case.resumed", _nothing),
    "approve": ("case.approved", _approval),
    "refuse": ("case.refused", _reason),
    "deliver": ("case.delivered", _delivery),
}

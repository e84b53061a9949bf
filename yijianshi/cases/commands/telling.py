"""What each event of a case is to the applicant's side, in words and days."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from yijianshi.applications import commands as applications
from yijianshi.applications.commands import Happened
from yijianshi.cases.events import CaseDecided, CaseEnded
from yijianshi.cases.logic.states import OPEN, State
from yijianshi.cases.models import Case, Correction, Decision
from yijianshi.cases.queries.items import item_of
from yijianshi.identity import queries as identity


def tell_accepted(case_ids: Collection[UUID], *, at: datetime) -> int:
    """Tell of accepted cases and the day they are promised for."""
    return _tell("cases.accepted", case_ids, lambda case: _happened(case, f"accepted:{case.id}", day=case.promised_on), at)


def tell_corrections(case_ids: Collection[UUID], *, at: datetime) -> int:
    """Tell of the correction notices that are still open: what is answered already needs no telling."""
    notices = {row.case_id: row for row in Correction.objects.filter(case_id__in=case_ids, answered_at=None)}

    def happened(case: Case) -> Happened | None:
        notice = notices.get(case.id)
        if notice is None:
            return None
        path = f"/applications/{case.application_id}/corrections/"
        return _happened(case, f"correction:{notice.id}", day=notice.respond_by, count=len(notice.entries), path=path)

    return _tell("cases.correction_requested", case_ids, happened, at)


def tell_decided(decided: Sequence[CaseDecided], *, at: datetime) -> int:
    """Tell of decisions: approved, refused, not accepted."""
    outcomes = {UUID(one.case_id): one.outcome for one in decided}
    return _tell("cases.decided", outcomes, lambda case: _happened(case, f"decided:{case.id}", outcome=outcomes[case.id]), at)


def tell_ended(ended: Sequence[CaseEnded], *, at: datetime) -> int:
    """Tell of cases that ended otherwise than by their decision alone, and of applications that are finished with them."""
    states = {UUID(one.case_id): one.state for one in ended}
    with_decision = _ended_by_decision(states)

    def happened(case: Case) -> Happened | None:
        if case.id in with_decision:
            return None
        return _happened(case, f"ended:{case.id}", outcome=states[case.id])

    told = _tell("cases.ended", states, happened, at)
    return told + _tell_finished({UUID(one.application_id) for one in ended}, at)


def _tell_finished(application_ids: Collection[UUID], at: datetime) -> int:
    """Tell once when no case of an application is open any more, unless it had only one, or all were withdrawn."""
    states: dict[UUID, list[str]] = {}
    for application_id, state in Case.objects.filter(application_id__in=application_ids).values_list("application_id", "state"):
        states.setdefault(application_id, []).append(state)
    finished = {
        key: [Happened(key=f"finished:{key}", outcome="ALL")]
        for key, found in states.items()
        if len(found) > 1 and not OPEN.intersection(found) and set(found) != {State.WITHDRAWN}
    }
    return applications.tell_about("cases.ended", finished, at=at)


def _ended_by_decision(states: Mapping[UUID, str]) -> set[UUID]:
    """Return the cases whose end is their decision itself, which is told on its own."""
    decided = dict(Decision.objects.filter(case_id__in=states).values_list("case_id", "decided_at"))
    ends = dict(Case.objects.filter(id__in=decided).values_list("id", "ended_at"))
    return {case_id for case_id, moment in decided.items() if ends.get(case_id) == moment}


def _tell(event: str, case_ids: Collection[UUID], as_told: Callable[[Case], Happened | None], at: datetime) -> int:
    happened: dict[UUID, list[Happened]] = {}
    for case in Case.objects.filter(id__in=case_ids).order_by("position", "id"):
        told = as_told(case)
        if told is not None:
            happened.setdefault(case.application_id, []).append(told)
    return applications.tell_about(event, happened, at=at)


def _happened(
    case: Case, key: str, *, outcome: str | None = None, day: date | None = None, count: int = 0, path: str = ""
) -> Happened:
    department = identity.get_organisations([case.organisation_id])[case.organisation_id].name
    words = {
        "item": item_of(case.version_id, case.item_code).name,
        "department": department,
        "date": applications.day_text(day),
        "count": applications.as_text(count),
    }
    return Happened(key=key, outcome=outcome, words=words, act_by=day, path=path)

"""The worklist of a department: one query for the rows, keyset paging, no counting of the whole table."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce

from yijianshi.cases.logic import nature
from yijianshi.cases.logic.lamps import Dates, lamp
from yijianshi.cases.logic.states import ON_DESK, State, Who, allowed
from yijianshi.cases.logic.who import has_desk, who_is_at
from yijianshi.cases.logic.wording import whose_turn
from yijianshi.cases.models import Case
from yijianshi.cases.queries.desks import is_watching, seen_by
from yijianshi.cases.queries.items import limits_of, thing_of
from yijianshi.cases.queries.notices import on_the_desk
from yijianshi.cases.queries.views import ResultField, Worklist, WorklistRow
from yijianshi.catalogue.logic.schema import Item
from yijianshi.foundation import calendars, clock
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.text import Text

PAGE = 50
COUNT_LIMIT = 1000
_LAST = date.max  # where nothing is to be done until a day unknown; PostgreSQL's infinity cannot be read as a date
_NEEDS = {
    State.AWAITING_DATA: Text("在等登记库的数据；到期没有就不等", "Waiting for a register; go on without if overdue"),
    State.RECEIVED: Text("请受理或一次告知补正", "Accept, or ask once for corrections"),
    State.ACCEPTED: Text("请审查并决定", "Examine and decide"),
    State.DECIDED: Text("请送达", "Deliver the result"),
    State.SUSPENDED: Text("程序结束后恢复计时", "Resume when the procedure ends"),
    State.CORRECTION_REQUESTED: Text("等申请人补正", "Waiting for the applicant"),
}


class UnusableCursor(Invalid):
    """这一页的地址已失效，请从第一页重新打开。

    This page's address is no longer usable. Please start again from the first page.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistFilters:
    """What a clerk narrows the list to; empty means everything on the desk."""

    state: str = ""
    lamp: str = ""
    search: str = ""  # the beginning of a case or application number
    item: str = ""
    ended: bool = False
    supervised: bool = False  # a supervisor's view of other desks; what somebody without a desk of their own sees anyway


def list_worklist(*, by: Actor, at: datetime, filters: WorklistFilters | None = None, cursor: str | None = None) -> Worklist:
    """Return a page of the actor's desk, or of the desks they supervise, most urgent first; nothing for anybody else."""
    filters = filters or WorklistFilters()
    watching = is_watching(by, filters.supervised)
    today = clock.today(at)
    waiting = _after(_filtered(_desk(by, filters), filters, today), cursor)
    # A lamp is worked out, not stored: looking for one colour reads further, COUNT_LIMIT cases at most.
    limit = COUNT_LIMIT if filters.lamp else PAGE
    cases = list(waiting[: limit + 1])
    rows = [(case, _row(case, by, today, watching)) for case in cases[:limit]]
    wanted = [(case, row) for case, row in rows if filters.lamp in ("", row.lamp)]
    last = wanted[PAGE - 1][0] if len(wanted) > PAGE else cases[limit - 1] if len(cases) > limit else None
    counts, items = _on_desk(by, filters)
    return Worklist(tuple(row for _, row in wanted[:PAGE]), _cursor_of(last) if last else None, counts, items)


def list_rows(case_ids: Sequence[UUID], *, by: Actor, at: datetime) -> tuple[WorklistRow, ...]:
    """Return these cases as worklist rows, open or ended, in the given order; cases of other organisations are left out."""
    if not has_desk(by):
        return ()
    found = {case.id: case for case in Case.objects.filter(id__in=case_ids, organisation_id__in=seen_by(by))}
    return tuple(_row(found[case_id], by, clock.today(at)) for case_id in case_ids if case_id in found)


def _desk(by: Actor, filters: WorklistFilters) -> QuerySet[Case]:
    cases = Case.objects.filter(organisation_id__in=seen_by(by, filters.supervised), is_open=not filters.ended)
    return cases if filters.ended else cases.filter(state__in=ON_DESK)


def _filtered(cases: QuerySet[Case], filters: WorklistFilters, today: date) -> QuerySet[Case]:
    if not f"{filters.state}{filters.item}{filters.search}".isprintable():
        cases = cases.none()  # nothing is called so, and PostgreSQL takes no zero bytes
    if filters.state:
        cases = cases.filter(state=filters.state)
    if filters.item:
        cases = cases.filter(item_code=filters.item)
    if filters.search:
        number = filters.search.strip()[:60]
        cases = cases.filter(Q(number__startswith=number) | Q(application_number=number))
    if filters.lamp in {"RED", "BLACK"}:
        cases = cases.filter(act_by__lt=today)
    return cases.order_by(Coalesce("act_by", Value(_LAST)), "id")


def _after(cases: QuerySet[Case], cursor: str | None) -> QuerySet[Case]:
    if not cursor:
        return cases
    day, _, case_id = cursor.partition("_")
    try:
        params = [date.fromisoformat(day).isoformat(), str(UUID(case_id))]
    except ValueError as error:
        raise UnusableCursor(field="cursor") from error
    return cases.extra(where=["(coalesce(act_by, '9999-12-31'::date), id) > (%s::date, %s::uuid)"], params=params)


def _cursor_of(case: Case) -> str:
    return f"{case.act_by or _LAST}_{case.id}"


def _on_desk(by: Actor, filters: WorklistFilters) -> tuple[dict[str, int], dict[str, Text]]:
    """Return how many cases are in each state, and which items they are of; looks at COUNT_LIMIT cases at most."""
    on_desk = _desk(by, WorklistFilters(supervised=filters.supervised))
    seen = list(on_desk.values_list("state", "item_code", "version_id")[:COUNT_LIMIT])
    items = {code: thing_of(version_id).item(code).name for _, code, version_id in seen}
    return dict(Counter(state for state, *_ in seen)), items


def _row(case: Case, by: Actor, today: date, watching: bool = False) -> WorklistRow:
    state, thing = State(case.state), thing_of(case.version_id)
    item = thing.item(case.item_code)
    limits = limits_of(case.version_id, case.item_code, case.region)
    warning = max(limits.warning_working_days, limits.promised_working_days * limits.warning_percent // 100)
    colour, left = lamp(state, Dates(case.act_by, case.promised_on, case.legal_due_on), today, calendars.national(), warning)
    return WorklistRow(
        id=case.id,
        number=case.number,
        item_code=case.item_code,
        item_name=item.name,
        thing_name=thing.name,
        applicant=case.applicant_label,
        state=state,
        state_text=nature.state_text(state, item.nature),
        received_on=case.received_on,
        act_by=case.act_by,
        remaining_working_days=left,
        lamp=colour,
        needs_action=_needs(case, state, item),
        actions=_actions(case, state, item, who_is_at(by, case.organisation_id)),
        results=tuple(ResultField(name, thing.element(name), None) for name in item.produces.facts),
        department=identity.get_organisation(case.organisation_id).name if watching else None,
        is_service=item.nature != nature.AUTHORITY,
    )


def _needs(case: Case, state: State, item: Item) -> Text:
    if item.timer and case.notice_until and state is State.ACCEPTED:
        return on_the_desk(case.notice_until, completes=item.timer.then == "COMPLETE")
    return nature.needs(state, item.nature, _NEEDS.get(state, whose_turn(state)))


def _actions(case: Case, state: State, item: Item, who: frozenset[Who]) -> tuple[str, ...]:
    """Return the table's actions, and approval for an officer's received case: approving accepts it by the same act.

    While a notice runs nobody approves, and the clock needs no pause.
    """
    never = {"approve", "suspend"} if case.notice_until else set()
    codes = tuple(action.code for action in allowed(state, who) if action.code not in never)
    return (*codes, "approve") if item.timer is None and state is State.RECEIVED and Who.OFFICER in who else codes

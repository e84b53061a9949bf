"""The stations of the track: one item each, in words for the citizen and the clerk alike."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from yijianshi.cases.logic import nature
from yijianshi.cases.logic.forecast import Due, Standing, forecast
from yijianshi.cases.logic.states import ACTIONS, FAILED, WITH_RESULT, State
from yijianshi.cases.logic.wording import Words, explain, whose_turn
from yijianshi.cases.models import Case
from yijianshi.cases.queries.cards import Loaded, decision_view
from yijianshi.cases.queries.notices import NOBODY, RUNNING, explains_notice, notice_of
from yijianshi.cases.queries.views import Station, TrackEdge
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.planning.items import result_of
from yijianshi.foundation import calendars, clock
from yijianshi.identity import queries as identity
from yijianshi.kernel import graph
from yijianshi.kernel.text import Text, long_date

NO_RESULT = Text("办理结果", "the result")


def standings(loaded: Loaded, thing: CompiledThing) -> list[Standing]:
    """Return what a forecast needs, upstream items first."""
    order = graph.topological_order(
        [case.item_code for case in loaded.cases], {case.item_code: frozenset(case.waits_for) for case in loaded.cases}
    )
    by_code = {case.item_code: case for case in loaded.cases}
    return [_standing(by_code[code], thing) for code in order]


def stations_of(
    loaded: Loaded, thing: CompiledThing, certificates: Mapping[UUID, Sequence[UUID]], today: date
) -> tuple[Station, ...]:
    """Return the stations in order; *certificates* are the ids issued by each case."""
    dues = forecast(standings(loaded, thing), today, calendars.national())
    organisations = identity.get_organisations({case.organisation_id for case in loaded.cases})
    by_code = {case.item_code: case for case in loaded.cases}
    return tuple(
        _station(case, loaded, thing, organisations[case.organisation_id], dues[case.item_code], by_code, certificates, today)
        for case in loaded.cases
    )


def edges_of(loaded: Loaded) -> tuple[TrackEdge, ...]:
    """Return which item begins after which other item."""
    return tuple(
        TrackEdge(upstream, case.item_code, upstream in case.order_only) for case in loaded.cases for upstream in case.waits_for
    )


def _standing(case: Case, thing: CompiledThing) -> Standing:
    item = thing.item_in(case.item_code, case.region).item
    promise, wait = item.limits.promise.as_working_days, item.timer.period if item.timer else None
    ended_on = clock.today(case.ended_at) if case.ended_at else None
    return Standing(case.item_code, State(case.state), tuple(case.waits_for), promise, case.promised_on, ended_on, wait)


def _station(
    case: Case,
    loaded: Loaded,
    thing: CompiledThing,
    organisation: identity.OrganisationCard,
    due: Due,
    by_code: Mapping[str, Case],
    certificates: Mapping[UUID, Sequence[UUID]],
    today: date,
) -> Station:
    item, state = thing.item(case.item_code), State(case.state)
    upstream, needs_result = _upstream(case, by_code, thing)
    result = result_of(thing, item)
    notice = notice_of(item, state, loaded.ledgers[case.id], today)
    runs = notice is not None and notice.runs
    words = Words(
        organisation.name,
        result,
        upstream,
        long_date(case.act_by) if case.act_by else None,
        long_date(due.on) if due.on else None,
    )
    return Station(
        case_id=case.id,
        item_code=case.item_code,
        item_name=thing.item_name(case.item_code, by_code),
        department=organisation.name,
        department_phone=organisation.phone,
        state=state,
        state_text=RUNNING if runs else nature.state_text(state, item.nature),
        due_on=due.on,
        due_certain=due.certain,
        whose_turn=NOBODY if runs else whose_turn(state),
        explains=explains_notice(notice)
        if notice and runs
        else nature.explanation(state, item.nature, words, explain(state, words, needs_result=needs_result)),
        result=result,
        certificate_ids=tuple(certificates.get(case.id, ())),
        waits_for=tuple(case.waits_for),
        order_only=tuple(case.order_only),
        decision=decision_view(loaded.decisions.get(case.id), item),
        may_withdraw=state in ACTIONS["withdraw"].origins,
        notice=notice,
    )


def _upstream(case: Case, by_code: Mapping[str, Case], thing: CompiledThing) -> tuple[Text, bool]:
    """Return what a held or ended case is waiting or has waited for, the decisive ones first, and whether results are needed."""
    needed = [code for code in case.waits_for if code not in case.order_only]
    missing = [code for code in needed if State(by_code[code].state) not in WITH_RESULT]
    failed = [code for code in missing if State(by_code[code].state) in FAILED]
    running = [code for code in case.order_only if by_code[code].is_open and State(by_code[code].state) not in WITH_RESULT]
    decisive = failed or missing or running or needed or case.waits_for
    if not decisive:
        return NO_RESULT, True
    names = [thing.item_name(code, by_code) for code in decisive]
    return Text("”“".join(name.zh for name in names), '" and "'.join(name.en for name in names)), decisive[0] in needed

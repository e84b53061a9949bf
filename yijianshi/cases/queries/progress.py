"""The whole one thing as its applicant sees it: track, next step, promised date and what moved it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from yijianshi.applications import queries as applications
from yijianshi.cases.logic.forecast import forecast, last_day
from yijianshi.cases.logic.outcome import OVERALL_TEXTS, Overall, overall
from yijianshi.cases.logic.states import FAILED, State
from yijianshi.cases.logic.wording import sent_to_holder
from yijianshi.cases.models import Case
from yijianshi.cases.queries.cards import Loaded, load
from yijianshi.cases.queries.deferred import deferred_of, still_to_come, with_papers
from yijianshi.cases.queries.moved import what_moved
from yijianshi.cases.queries.stations import edges_of, standings, stations_of
from yijianshi.cases.queries.timeline import lines_for_application
from yijianshi.cases.queries.views import Progress, Station
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.certificates import queries as certificates
from yijianshi.foundation import calendars, clock
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel import graph
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

THE_PROGRESS = Text("这份申请的进度", "The progress of this application")
_NEXT = {
    Overall.SPLITTING: Text(
        "正在把您的申请分送各部门，通常几秒钟。", "Your application is on its way to the departments, usually within seconds."
    ),
    Overall.IN_PROGRESS: Text(
        "您不需要做任何事。有结果会自动出现在这里。", "You need not do anything. Results appear here by themselves."
    ),
    Overall.WAITING_FOR_YOU: Text(
        "有几处内容请您补正，交了就接着办。", "A few points need your correction. Work goes on as soon as you send them."
    ),
}


def progress(application_id: UUID, *, by: Actor, at: datetime) -> Progress:
    """Return the progress of the actor's submitted application; raises NotFound for a draft or a stranger's."""
    return progress_of(applications.get_application(application_id, by=by), by=by, at=at)


def progress_of(card: applications.ApplicationCard, *, by: Actor, at: datetime) -> Progress:
    """Return the progress of an application whose card *by* has just been given; raises NotFound for a draft."""
    if card.number is None or card.submitted_at is None:
        raise NotFound(what=THE_PROGRESS)
    thing, loaded, today = catalogue.get_version(card.version_id), load(card.id), clock.today(at)
    issued = certificates.issued_by_case([case.id for case in loaded.cases], by=by)
    stations = _to_holders(stations_of(loaded, thing, {key: one.visible for key, one in issued.items()}, today), issued)
    promised = promised_date(loaded, thing, today)
    states = {case.item_code: State(case.state) for case in loaded.cases}
    state = overall(states.values())
    deferred = deferred_of(card.id, thing, clock.today(card.submitted_at), states)
    return Progress(
        application_id=card.id,
        number=card.number,
        title=card.title,
        overall=state,
        overall_text=OVERALL_TEXTS[state],
        next_step=_next_step(state, thing, still_to_come(deferred, today)),
        stations=with_papers(stations, deferred),
        edges=edges_of(loaded),
        path=_critical_path(loaded.cases, thing),
        promised_on=promised,
        promised_certain=all(station.due_certain for station in stations if station.state not in FAILED),
        moved=what_moved(loaded, thing),
        history=lines_for_application(card.id, _named(stations, thing)),
        submitted_at=card.submitted_at,
        may_withdraw=any(station.may_withdraw for station in stations),
        deferred=deferred,
    )


def _named(stations: Sequence[Station], thing: CompiledThing) -> dict[UUID, tuple[Text, str]]:
    """Return case → its item's name and the nature of the body that does it, for the history."""
    return {one.case_id: (one.item_name, thing.item(one.item_code).nature) for one in stations}


def overalls(application_ids: Sequence[UUID]) -> dict[UUID, tuple[Overall, Text]]:
    """Return application → its overall state and words, for lists; the caller owns the applications."""
    states: dict[UUID, list[State]] = {application_id: [] for application_id in application_ids}
    for application_id, state in Case.objects.filter(application_id__in=application_ids).values_list("application_id", "state"):
        states[application_id].append(State(state))
    found = {application_id: overall(seen) for application_id, seen in states.items()}
    return {application_id: (state, OVERALL_TEXTS[state]) for application_id, state in found.items()}


def promised_date(loaded: Loaded, thing: CompiledThing, today: date) -> date | None:
    """Return the day by which everything still possible is done, as it stands today."""
    cases = standings(loaded, thing)
    return last_day(forecast(cases, today, calendars.national()), cases)


def _to_holders(stations: Sequence[Station], issued: Mapping[UUID, certificates.Issued]) -> tuple[Station, ...]:
    """Return the stations, saying of a certificate in somebody else's wallet only where it went."""
    return tuple(
        replace(one, explains=sent_to_holder(one.explains)) if one.case_id in issued and issued[one.case_id].withheld else one
        for one in stations
    )


def _next_step(state: Overall, thing: CompiledThing, to_come: Text | None) -> Text:
    """Return what happens next; while papers are to come, never that the applicant need not do anything."""
    usual = _NEXT.get(state, thing.texts.done if state is Overall.COMPLETED else OVERALL_TEXTS[state])
    if to_come is None or state is Overall.IN_PROGRESS:
        return to_come or usual
    return Text(f"{_ended(usual.zh, '。')}{to_come.zh}", f"{_ended(usual.en, '.')} {to_come.en}")


def _ended(sentence: str, stop: str) -> str:
    return sentence if sentence.endswith(stop) else f"{sentence}{stop}"


def _critical_path(cases: Sequence[Case], thing: CompiledThing) -> tuple[str, ...]:
    if not cases:
        return ()
    durations: Mapping[str, int] = {
        case.item_code: thing.item_in(case.item_code, case.region).item.limits.promise.as_working_days for case in cases
    }
    return tuple(graph.critical_path(durations, {case.item_code: frozenset(case.waits_for) for case in cases}).path)

"""Papers that were accepted to follow later (容缺后补): which, until when, and whether they have come."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from yijianshi.applications import queries as applications
from yijianshi.cases.logic.states import FAILED, State
from yijianshi.cases.logic.wording import asking_for_papers
from yijianshi.cases.models import Case
from yijianshi.cases.queries.views import DeferredView, Station
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.foundation import calendars, clock
from yijianshi.kernel.text import Text, long_date

DEFERRED = "DEFERRED"
_UNTIL = Text("{name}（请在 {day} 前补交）", "{name} (please hand it in by {day})")
_LATE = Text("{name}（原定 {day} 前补交，请尽快）", "{name} (it was due by {day}; please hand it in soon)")
_TO_COME = Text(
    "还有 {count} 份材料等您补交：{papers}。就在这一页上传，办理不用等。",
    "Papers still to come from you: {count}: {papers}. Upload on this page; the work goes on meanwhile.",
)


def deferred_of(
    application_id: UUID, thing: CompiledThing, submitted_on: date, states: Mapping[str, State]
) -> tuple[DeferredView, ...]:
    """Return the deferred materials of a submitted application, leaving out those that nothing open or granted needs any more.

    *states*: item code → state of its case, empty before splitting. The caller has checked who asks. A date is None where the
    year's holiday notice is not loaded yet.
    """
    handed_in = [handed for handed in applications.materials_of(application_id) if handed.satisfier == DEFERRED]
    return tuple(_view(handed, thing, submitted_on) for handed in handed_in if _is_wanted(handed, states))


def papers_owed(cards: Sequence[applications.ApplicationCard]) -> dict[UUID, list[DeferredView]]:
    """Return application → the papers still to follow, for lists; only applications that owe one are named.

    The caller owns the applications; two queries, however many there are.
    """
    handed_in = applications.deferred_materials([card.id for card in cards])
    states: dict[UUID, dict[str, State]] = {application_id: {} for application_id in handed_in}
    for application_id, code, state in Case.objects.filter(application_id__in=list(handed_in)).values_list(
        "application_id", "item_code", "state"
    ):
        states[application_id][code] = State(state)
    found = {}
    for card in cards:
        owed = [one for one in handed_in.get(card.id, ()) if not one.files and _is_wanted(one, states[card.id])]
        if owed and card.submitted_at is not None:
            thing, submitted_on = catalogue.get_version(card.version_id), clock.today(card.submitted_at)
            found[card.id] = [_view(one, thing, submitted_on) for one in owed]
    return found


def still_to_come(deferred: Sequence[DeferredView], today: date) -> Text | None:
    """Return in one sentence which deferred papers are missing and until when, or None when there are none."""
    missing = [_named(one, today) for one in deferred if not one.uploaded]
    if not missing:
        return None
    papers = Text("、".join(one.zh for one in missing), ", ".join(one.en for one in missing))
    return _TO_COME.format(count=len(missing), papers=papers)


def with_papers(stations: Sequence[Station], deferred: Sequence[DeferredView]) -> tuple[Station, ...]:
    """Return the stations, those that still miss a paper reminding of it."""
    waiting = {code for one in deferred if not one.uploaded for code in one.needed_by}
    return tuple(replace(one, explains=asking_for_papers(one.explains)) if one.item_code in waiting else one for one in stations)


def _is_wanted(handed: applications.HandedIn, states: Mapping[str, State]) -> bool:
    reached = [states[code] for code in handed.evidence.get("needed_by", ()) if code in states]
    return bool(handed.files) or not reached or any(state not in FAILED for state in reached)


def _view(handed: applications.HandedIn, thing: CompiledThing, submitted_on: date) -> DeferredView:
    material = thing.materials_by_code[handed.code]
    days = material.deferrable.max_working_days if material.deferrable else 0
    due_on = calendars.national().try_add_working_days(submitted_on, days)
    needed_by = tuple(handed.evidence.get("needed_by", ()))
    return DeferredView(handed.code, material.name, due_on, bool(handed.files), handed.files, material, needed_by)


def _named(one: DeferredView, today: date) -> Text:
    if one.due_on is None:
        return one.name
    return (_LATE if one.due_on < today else _UNTIL).format(name=one.name, day=long_date(one.due_on))

"""Correction (补正): asked for once and completely, answered by the applicant, returned when left unanswered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.applications import commands as applications
from yijianshi.applications import queries as submitted
from yijianshi.cases.commands.accept import refuse_after_silence
from yijianshi.cases.commands.moves import Moves, Note, only
from yijianshi.cases.commands.release import follow_up
from yijianshi.cases.commands.tables import CORRECTIONS
from yijianshi.cases.events import CaseCorrected, CorrectionRequested
from yijianshi.cases.logic.corrections import (
    Certified,
    CorrectionEntry,
    check_askable,
    check_entries,
    check_left_alone,
    check_not_certified,
)
from yijianshi.cases.logic.states import State
from yijianshi.cases.models import Correction
from yijianshi.cases.queries.certified import certified_facts
from yijianshi.cases.queries.items import check_by, item_of, thing_of
from yijianshi.cases.queries.locks import LockedCase, lock_applications_cases, lock_with_siblings
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.values import decode_answer
from yijianshi.foundation import calendars
from yijianshi.foundation.batch import Batch
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import SYSTEM, Actor
from yijianshi.kernel.errors import Conflict, Invalid

_EMPTY: tuple[Any, ...] = (None, "", [], [""])


class NothingToCorrect(Conflict):
    """目前没有需要您补正的内容。可能已经提交过了，请看办理进度。

    There is nothing for you to correct at present. It may have been answered already; please see the progress page.
    """


class StillOpen(Invalid):
    """还有 {count} 处没有补正。请补齐后一次提交。

    {count} points are still open. Please complete them and send them together.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRequest:
    """Everything one department needs corrected in one case."""

    case_id: UUID
    entries: tuple[CorrectionEntry, ...]


@transaction.atomic
def request_corrections(requests: Sequence[CorrectionRequest], *, by: Actor, at: datetime) -> None:
    """Tell the applicant, once and completely, what to correct in these cases (行政许可法 art. 32).

    A later notice for the same case may only repeat points of the first: raises OneTimeNoticeUsed otherwise. What an issued
    certificate of the same application already states is changed there first: raises AlreadyCertified.
    """
    moves, writes = Moves(by, at), Batch()
    wanted = [request.case_id for request in requests]
    held = lock_with_siblings(wanted)  # so that none of them is approved, and certified, at the same moment
    cases = moves.chosen("request_correction", held, wanted)
    earlier = _earlier_entries(wanted)
    for request, case in zip(requests, cases, strict=True):
        refuse_after_silence(case, moves.today)
        check_entries(request.entries, earlier.get(case.id, ()))
        check_askable(request.entries, _askable(case))
        check_not_certified(request.entries, certified_facts([one for one in held if one.application_id == case.application_id]))
        days = item_of(case.version_id, case.item_code).limits.correction.applicant_working_days
        respond_by = calendars.national().try_add_working_days(moves.today, days)
        note = Note(reason="；".join(entry.text for entry in request.entries), document_no=f"{case.number}-BZ")
        moves.take(case, "request_correction", note, act_by=respond_by, correction_rounds=case.correction_rounds + 1)
        moves.tell(CorrectionRequested(str(case.id), str(case.application_id)))
        row = (new_id(), case.id, case.application_id, [entry.to_json() for entry in request.entries], at, respond_by, None)
        writes.insert(CORRECTIONS, [row])
    moves.write(writes)
    writes.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionAnswer:
    """What the applicant sends back for all open corrections of an application."""

    application_id: UUID
    values: Mapping[str, Any] = field(default_factory=dict)  # element → raw value


@transaction.atomic
def answer_corrections(answer: CorrectionAnswer, *, by: Actor, at: datetime) -> None:
    """Take over the corrected values and give every waiting department its case back; all notices are answered together.

    Uploaded materials are attached before, through applications. A field that a certificate has stated since it was asked for
    stays as it is and counts as answered. Raises NothingToCorrect, StillOpen, CertifiedMeanwhile, or the form's problems.
    """
    applications.lock_owned(answer.application_id, by=by)
    held = lock_applications_cases([answer.application_id])  # so that none of them is certified at the same moment
    cases = [case for case in held if case.state is State.CORRECTION_REQUESTED]
    if not cases:
        raise NothingToCorrect()
    notices = list(Correction.objects.filter(case_id__in=[case.id for case in cases], answered_at=None))
    points = [CorrectionEntry.from_json(entry) for notice in notices for entry in notice.entries]
    fields = {entry.name for entry in points if entry.kind == "field"}
    settled = {name: one for name, one in certified_facts(held).items() if name in fields}
    _check_settled(answer, settled, thing_of(cases[0].version_id), by)
    asked = [entry for entry in points if entry.kind != "field" or entry.name not in settled]
    _check_answered(answer, asked, since=min(notice.requested_at for notice in notices))
    values = {name: value for name, value in answer.values.items() if name in fields - settled.keys()}
    applications.amend(answer.application_id, values, by=by, at=at)
    Correction.objects.filter(id__in=[notice.id for notice in notices]).update(answered_at=at)
    moves, writes = Moves(by, at), Batch()
    for case in cases:
        moves.take(
            case, "correct", received_on=moves.today, act_by=check_by(case.version_id, case.item_code, moves.today, again=True)
        )
        moves.tell(CaseCorrected(str(case.id), str(case.application_id)))
    moves.write(writes)
    writes.flush()


@transaction.atomic
def attach_correction(*, application_id: UUID, material: str, file_ids: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Add uploaded files to a material that an open notice asks for; raises NothingToCorrect for any other."""
    applications.lock_owned(application_id, by=by)
    waiting = Correction.objects.filter(application_id=application_id, answered_at=None, case__state=State.CORRECTION_REQUESTED)
    asking = [
        notice.requested_at
        for notice in waiting
        if any(entry["kind"] == "material" and entry["name"] == material for entry in notice.entries)
    ]
    if not asking:
        raise NothingToCorrect()
    applications.attach(
        application_id=application_id, material=material, file_ids=file_ids, by=by, at=at, corrected_since=min(asking)
    )


@transaction.atomic
def return_unanswered(case_ids: Sequence[UUID], *, at: datetime) -> None:
    """Close these cases whose correction period has passed without an answer; what depends on them ends too."""
    moves, writes = Moves(SYSTEM, at), Batch()
    cases = lock_with_siblings(case_ids)
    for case in only(cases, case_ids):
        if case.state is State.CORRECTION_REQUESTED:  # answered in this very moment: nothing to return
            moves.take(case, "return_unanswered", Note(document_no=f"{case.number}-TJ"), act_by=None)
    follow_up(moves, cases)
    moves.write(writes)
    writes.flush()


def _check_settled(answer: CorrectionAnswer, settled: Mapping[str, Certified], thing: CompiledThing, by: Actor) -> None:
    """Raise CertifiedMeanwhile where the answer would change what a certificate states by now; an empty value changes nothing."""
    given = {name: answer.values[name] for name in settled if answer.values.get(name) not in _EMPTY}
    if given:
        present = submitted.all_facts(answer.application_id, by=by)
        check_left_alone({name: decode_answer(thing, name, raw) for name, raw in given.items()}, present, settled)


def _check_answered(answer: CorrectionAnswer, asked: Sequence[CorrectionEntry], since: datetime) -> None:
    replaced = applications.materials_changed_since(answer.application_id, since)
    open_points = [
        entry
        for entry in asked
        if (entry.kind == "field" and answer.values.get(entry.name) in _EMPTY)
        or (entry.kind == "material" and entry.name not in replaced)
    ]
    if open_points:
        raise StillOpen(count=len(open_points), field=open_points[0].name)


def _askable(case: LockedCase) -> set[tuple[str, str]]:
    """Return the fields and materials the applicant answers for in this case: not what an earlier item's decision produced."""
    thing, item = thing_of(case.version_id), item_of(case.version_id, case.item_code)
    produced = {name for code in case.waits_for for name in thing.item(code).produces.facts}
    fields = {("field", need.fact) for need in item.needs if need.fact not in produced}
    return fields | {("material", use.material) for use in item.materials}


def _earlier_entries(case_ids: Sequence[UUID]) -> dict[UUID, tuple[CorrectionEntry, ...]]:
    found: dict[UUID, tuple[CorrectionEntry, ...]] = {}
    for notice in Correction.objects.filter(case_id__in=case_ids).order_by("requested_at"):
        found.setdefault(notice.case_id, tuple(CorrectionEntry.from_json(entry) for entry in notice.entries))
    return found

"""The cases room's part of the public API: progress and corrections for applicants, the desk for staff."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import ConfigDict, Field

from yijianshi.applications import commands as applications
from yijianshi.cases import commands, queries
from yijianshi.cases.logic.corrections import CorrectionEntry
from yijianshi.cases.queries.views import MaterialRow
from yijianshi.foundation import clock
from yijianshi.identity.entrance import ActorRequest, citizen_token, staff_token
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

router = Router(tags=["cases"])
MOST_CASES = 100
MOST_FILES = 10  # in one upload
Reason = Annotated[str, Field(max_length=2000)]
CaseIds = Annotated[list[UUID], Field(min_length=1, max_length=MOST_CASES)]


class Closed(Schema):
    """A body that refuses fields nobody knows, so that a typing error is not silently ignored."""

    model_config = ConfigDict(extra="forbid")


class TextOut(Schema):
    """A sentence in both languages."""

    zh: str
    en: str


class NoticePeriodOut(Schema):
    """A notice or statutory wait; ``until`` is its last day, null while that year's holidays are not known."""

    text: TextOut
    until: date | None
    earliest: date
    runs: bool
    completes: bool


class StationOut(Schema):
    """One item on the track."""

    case_id: UUID
    item_code: str
    item_name: TextOut
    department: TextOut
    state: str
    state_text: TextOut
    due_on: date | None
    due_certain: bool
    whose_turn: TextOut
    explains: TextOut
    certificate_ids: list[UUID]
    waits_for: list[str]
    order_only: list[str]
    notice: NoticePeriodOut | None


class DeferredOut(Schema):
    """A paper that was accepted to follow later."""

    code: str
    name: TextOut
    due_on: date | None
    uploaded: bool
    files: list[dict[str, Any]]


class ProgressOut(Schema):
    """Where the one thing stands."""

    application_id: UUID
    number: str
    title: TextOut
    overall: str
    overall_text: TextOut
    next_step: TextOut
    promised_on: date | None
    moved: list[TextOut]
    path: list[str]
    stations: list[StationOut]
    deferred: list[DeferredOut]


class NoticeEntryOut(Schema):
    """One point to correct."""

    kind: str
    name: str
    label: TextOut
    text: str
    item_name: TextOut
    department: TextOut
    is_certified: bool  # an issued certificate states it by now: nothing is left to mend here


class NoticeOut(Schema):
    """All departments' open requests in one notice."""

    application_id: UUID
    number: str
    respond_by: date | None
    entries: list[NoticeEntryOut]


class AnswerIn(Closed):
    """The corrected values; corrected materials are uploaded first."""

    values: Annotated[dict[Annotated[str, Field(max_length=80)], Any], Field(max_length=200)] = {}


class WithdrawIn(Closed):
    """Which items to withdraw (none named: all that are open), and why, if you like to say."""

    items: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=100)] = []
    reason: Annotated[str, Field(max_length=500)] = ""


class RowOut(Schema):
    """One line of the worklist."""

    id: UUID
    number: str
    item_name: TextOut
    thing_name: TextOut
    applicant: str
    state: str
    received_on: date | None
    act_by: date | None
    remaining_working_days: int | None
    lamp: str
    actions: list[str]


class WorklistOut(Schema):
    """A page of the worklist."""

    rows: list[RowOut]
    next_cursor: str | None
    counts: dict[str, int]


class FactOut(Schema):
    """One fact the department needs."""

    name: str
    label: TextOut
    value: TextOut | None
    from_result: bool


class ResultOut(Schema):
    """A fact to fill in at approval."""

    name: str
    label: TextOut
    type: str


class CaseOut(Schema):
    """A case with what its item needs, and nothing more."""

    id: UUID
    number: str
    item_code: str
    item_name: TextOut
    applicant: str
    state: str
    promised_on: date | None
    legal_due_on: date | None
    act_by: date | None
    actions: list[str]
    facts: list[FactOut]
    results: list[ResultOut]
    materials: list[dict[str, Any]]
    used_working_days: int
    lamp: str
    notice: NoticePeriodOut | None


class EntryIn(Closed):
    """One point of a correction notice."""

    kind: Annotated[str, Field(pattern="^(field|material)$")]
    name: Annotated[str, Field(max_length=80)]
    text: Annotated[str, Field(max_length=500)]


class ActIn(Closed):
    """One action on one or many cases; which other fields it needs depends on the action."""

    case_ids: CaseIds
    reason: Reason = ""
    basis: Annotated[str, Field(max_length=500)] = ""
    suspension: Annotated[str, Field(max_length=24)] = ""
    working_days: Annotated[int, Field(ge=1, le=400)] | None = None
    results: Annotated[dict[Annotated[str, Field(max_length=80)], Any], Field(max_length=50)] = {}
    entries: Annotated[list[EntryIn], Field(max_length=60)] = []


class Search(Schema):
    """What to show of the desk."""

    state: Annotated[str, Field(max_length=24)] = ""
    lamp: Annotated[str, Field(max_length=8)] = ""
    search: Annotated[str, Field(max_length=60)] = ""
    item: Annotated[str, Field(max_length=80)] = ""
    ended: bool = False
    cursor: Annotated[str, Field(max_length=80)] | None = None


@router.get("/applications/{uuid:application_id}/progress", auth=citizen_token, response=ProgressOut)
def progress(request: ActorRequest, application_id: UUID) -> Any:
    """Return who holds what, until when, and whose turn it is."""
    return queries.progress(application_id, by=request.actor, at=clock.now())


@router.get("/applications/{uuid:application_id}/corrections", auth=citizen_token, response={200: NoticeOut, 204: None})
def corrections(request: ActorRequest, application_id: UUID) -> Any:
    """Return everything you are asked to correct now, from all departments together."""
    notice = queries.open_corrections(application_id, by=request.actor)
    return notice or Status(204, None)


@router.post("/applications/{uuid:application_id}/corrections/materials/{code}", auth=citizen_token, response={204: None})
def attach_correction(request: ActorRequest, application_id: UUID, code: str, uploads: File[list[UploadedFile]]) -> Status[None]:
    """Upload files for a material that a notice asks for."""
    _hand_in(uploads, commands.attach_correction, application_id, code, request)
    return Status(204, None)


@router.post("/applications/{uuid:application_id}/deferred/{code}", auth=citizen_token, response={204: None})
def supply_deferred(request: ActorRequest, application_id: UUID, code: str, uploads: File[list[UploadedFile]]) -> Status[None]:
    """Upload files for a paper that was accepted to follow later."""
    _hand_in(uploads, commands.supply_deferred, application_id, code, request)
    return Status(204, None)


@router.post("/applications/{uuid:application_id}/corrections", auth=citizen_token, response={204: None})
def answer_corrections(request: ActorRequest, application_id: UUID, body: AnswerIn) -> Status[None]:
    """Send all corrections back together."""
    answer = commands.CorrectionAnswer(application_id=application_id, values=body.values)
    commands.answer_corrections(answer, by=request.actor, at=clock.now())
    return Status(204, None)


@router.post("/applications/{uuid:application_id}/withdraw", auth=citizen_token, response=list[str])
def withdraw(request: ActorRequest, application_id: UUID, body: WithdrawIn) -> list[str]:
    """Withdraw some items or all; returns the items withdrawn."""
    return commands.withdraw(application_id, body.items, reason=body.reason, by=request.actor, at=clock.now())


@router.get("/workbench/cases", auth=staff_token, response=WorklistOut)
def worklist(request: ActorRequest, search: Query[Search]) -> Any:
    """Return a page of your desk, most urgent first."""
    filters = queries.WorklistFilters(**search.model_dump(exclude={"cursor"}))
    return queries.list_worklist(by=request.actor, at=clock.now(), filters=filters, cursor=search.cursor)


@router.get("/workbench/cases/{uuid:case_id}", auth=staff_token, response=CaseOut)
def get_case(request: ActorRequest, case_id: UUID) -> dict[str, Any]:
    """Return one case of your organisation."""
    view = queries.get_case(case_id, by=request.actor, at=clock.now())
    return {
        "id": view.id,
        "number": view.number,
        "item_code": view.item_code,
        "item_name": view.item_name,
        "applicant": view.applicant,
        "state": view.state,
        "promised_on": view.promised_on,
        "legal_due_on": view.legal_due_on,
        "act_by": view.act_by,
        "actions": [action.code for action in view.allowed],
        "facts": view.facts,
        "results": [{"name": one.name, "label": one.element.label, "type": one.element.type} for one in view.results],
        "materials": [_material(one) for one in view.materials],
        "used_working_days": view.clock.used_working_days,
        "lamp": view.clock.lamp,
        "notice": view.notice,
    }


@router.post("/workbench/cases/{action}", auth=staff_token, response={204: None})
def act(request: ActorRequest, action: str, body: ActIn) -> Status[None]:
    """Take one action of the state table on one or many cases: all or none."""
    command = _ACTS.get(action)
    if command is None:
        raise NotFound(what=Text("这个动作", "This action"))
    command(body, request.actor, clock.now())
    return Status(204, None)


def _hand_in(
    uploads: list[UploadedFile], command: Callable[..., None], application_id: UUID, code: str, request: ActorRequest
) -> None:
    who: dict[str, Any] = {"application_id": application_id, "material": code, "by": request.actor, "at": clock.now()}
    applications.hand_in(uploads[:MOST_FILES], lambda ids: command(file_ids=ids, **who), **who)


def _material(one: MaterialRow) -> dict[str, Any]:
    return {"code": one.code, "name": one.name.to_json(), "satisfier": one.satisfier, "files": list(one.files)}


def _request_correction(body: ActIn, by: Any, at: datetime) -> None:
    entries = tuple(CorrectionEntry(one.kind, one.name, one.text) for one in body.entries)
    requests = [commands.CorrectionRequest(case_id=case_id, entries=entries) for case_id in body.case_ids]
    commands.request_corrections(requests, by=by, at=at)


def _not_accept(body: ActIn, by: Any, at: datetime) -> None:
    refusals = [commands.NonAcceptance(case_id=case_id, reason=body.reason, basis=body.basis) for case_id in body.case_ids]
    commands.not_accept(refusals, by=by, at=at)


def _suspend(body: ActIn, by: Any, at: datetime) -> None:
    asked = [
        commands.Suspension(
            case_id=case_id, reason=body.suspension, basis=body.basis, working_days=body.working_days, note=body.reason
        )
        for case_id in body.case_ids
    ]
    commands.suspend(asked, by=by, at=at)


def _go_without_data(body: ActIn, by: Any, at: datetime) -> None:
    commands.go_without_data([commands.WithoutData(case_id=one, reason=body.reason) for one in body.case_ids], by=by, at=at)


def _extend(body: ActIn, by: Any, at: datetime) -> None:
    commands.extend([commands.Extension(case_id=case_id, reason=body.reason) for case_id in body.case_ids], by=by, at=at)


def _approve(body: ActIn, by: Any, at: datetime) -> None:
    approvals = [commands.Approval(case_id=case_id, results=body.results, note=body.reason) for case_id in body.case_ids]
    commands.approve(approvals, by=by, at=at)


def _refuse(body: ActIn, by: Any, at: datetime) -> None:
    refusals = [commands.Refusal(case_id=case_id, reason=body.reason, basis=body.basis) for case_id in body.case_ids]
    commands.refuse(refusals, by=by, at=at)


_ACTS: dict[str, Callable[[ActIn, Any, datetime], None]] = {
    "accept": lambda body, by, at: commands.accept(body.case_ids, by=by, at=at),
    "not_accept": _not_accept,
    "request_correction": _request_correction,
    "suspend": _suspend,
    "resume": lambda body, by, at: commands.resume(body.case_ids, by=by, at=at),
    "extend": _extend,
    "go_without_data": _go_without_data,
    "approve": _approve,
    "refuse": _refuse,
    "deliver": lambda body, by, at: commands.deliver(body.case_ids, by=by, at=at, how=body.reason),
}

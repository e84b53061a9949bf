"""The crossregion room's part of the public API: where an application for another region stands, its corrections, its results."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Schema, Status

from yijianshi.crossregion import commands, queries
from yijianshi.foundation import clock, files
from yijianshi.identity.entrance import ActorRequest, citizen_token

router = Router(tags=["crossregion"], auth=citizen_token)
MOST_FILES, MOST_POINTS = 10, 200


class TextOut(Schema):
    """A sentence in both languages."""

    zh: str
    en: str


class StopOut(Schema):
    """One item at the other place."""

    name: TextOut
    department: TextOut
    phone: str
    state: TextOut
    explains: TextOut | None
    due_on: date | None
    due_certain: bool
    decision: dict[str, Any] | None


class AskedOut(Schema):
    """One point to correct."""

    kind: str
    name: str
    label: TextOut
    text: str


class ResultOut(Schema):
    """A document of the other place; ``file_id`` is null while it is on its way, ``check_at`` says where it can be verified."""

    file_id: UUID | None
    title: TextOut
    check_at: str


class ReceiptOut(Schema):
    """One side's signature (SM2, base64 of r‖s) under the custody text."""

    part: str
    by: str
    key: str
    at: str
    signature: str


class JourneyOut(Schema):
    """Where it stands."""

    number: str
    home_number: str
    place: TextOut
    mode: str
    stage: str
    stage_text: TextOut
    next_step: TextOut | None
    problem: TextOut | None
    promised_on: date | None
    stops: list[StopOut]
    asked: list[AskedOut]
    respond_by: date | None
    results: list[ResultOut]
    custody_text: str
    receipts: list[ReceiptOut]
    submitted_at: datetime
    updated_at: datetime


@router.get("/applications/{uuid:application_id}/elsewhere", response=JourneyOut)
def get_journey(request: ActorRequest, application_id: UUID) -> dict[str, Any]:
    """Return where one of your applications for another region stands."""
    found = queries.get_journey(application_id, by=request.actor)
    receipts = [{"part": part, **one} for part, one in found.custody.items() if isinstance(one, dict)]
    said = {name: getattr(found, name) for name in ("place", "stage_text", "next_step", "problem")}
    texts = {name: text.to_json() if text else None for name, text in said.items()}
    same = ("number", "home_number", "mode", "stage", "promised_on", "respond_by", "submitted_at", "updated_at")
    return {
        **{name: getattr(found, name) for name in same},
        **texts,
        "stops": [_texts(one, StopOut) for one in found.stops],
        "asked": [_texts(one, AskedOut) for one in found.asked],
        "results": [_texts(one, ResultOut) for one in found.results],
        "custody_text": found.custody.get("text", ""),
        "receipts": receipts,
    }


@router.get("/applications/{uuid:application_id}/elsewhere/results/{uuid:file_id}")
def get_result(request: ActorRequest, application_id: UUID, file_id: UUID) -> HttpResponse:
    """Return a document of the other place."""
    ref, content = files.open_file(queries.result_file(application_id, file_id, by=request.actor))
    return HttpResponse(content, content_type=ref.mime, headers={"Cache-Control": "private, no-store"})


@router.post("/applications/{uuid:application_id}/elsewhere/corrections", response={204: None})
def answer_corrections(request: ActorRequest, application_id: UUID) -> Status[None]:
    """Answer all corrections at once, as a multipart form: fields under their names, files under their material's code."""
    values = {name: request.POST.get(name, "") for name in list(request.POST)[:MOST_POINTS]}
    uploads = {name: request.FILES.getlist(name)[:MOST_FILES] for name in list(request.FILES)[:MOST_POINTS]}
    commands.answer_elsewhere(application_id, values, uploads, by=request.actor, at=clock.now())
    return Status(204, None)


def _texts(one: Any, shape: type[Schema]) -> dict[str, Any]:
    found = {name: getattr(one, name) for name in shape.model_fields}
    return {name: value.to_json() if hasattr(value, "to_json") else value for name, value in found.items()}

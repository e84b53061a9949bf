"""The applications room's part of the public API: draft, fill in, submit."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import File, Header, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import ConfigDict, Field

from yijianshi.applications import commands, queries
from yijianshi.applications.entrance.data_uses import router as data_uses_router
from yijianshi.applications.entrance.parties import router as parties_router
from yijianshi.applications.entrance.signing import router as signing_router
from yijianshi.applications.entrance.stored import router as stored_router
from yijianshi.applications.queries.views import DraftMaterial, DraftView, FormGroup
from yijianshi.foundation import clock
from yijianshi.identity.entrance import ActorRequest, citizen_token

router = Router(tags=["applications"], auth=citizen_token)
router.add_router("", parties_router)
router.add_router("", signing_router)
router.add_router("", stored_router)
router.add_router("", data_uses_router)
MOST_FILES = 10


class Closed(Schema):
    """A body that refuses fields nobody knows, so that a typing error is not silently ignored."""

    model_config = ConfigDict(extra="forbid")


Values = Annotated[dict[Annotated[str, Field(max_length=80)], Any], Field(max_length=200)]
Names = Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=200)]


class StartIn(Closed):
    """Which thing, and the guide's answers (raw values)."""

    thing: str = Field(max_length=80)
    answers: Values = {}
    declined: Names = []


class DraftIn(Closed):
    """Values to take over (an empty one clears the field), and the revision they were filled in on."""

    values: Values
    revision: int | None = None


class ChoiceIn(Closed):
    """Another way to meet a material."""

    satisfier: str = Field(max_length=24)


class LetterIn(Closed):
    """The ticked box under a commitment letter."""

    agreed: bool


class SubmitIn(Closed):
    """The declaration that all is true, and the revision that was checked."""

    declaration: bool
    revision: int | None = None


class TextOut(Schema):
    """A sentence in both languages."""

    zh: str
    en: str


class CardOut(Schema):
    """One of "my applications"."""

    id: UUID
    number: str | None
    title: TextOut
    state: str
    thing_code: str
    updated_at: datetime
    submitted_at: datetime | None
    expires_on: date | None


class ProblemOut(Schema):
    """What still stands in the way, and where."""

    name: str
    text: TextOut


class FieldOut(Schema):
    """One form field."""

    name: str
    label: TextOut
    type: str
    status: str
    required: bool
    value: str | list[str]
    locked: bool
    source: TextOut | None
    reason: TextOut
    problem: TextOut | None


class GroupOut(Schema):
    """The fields about one person or subject."""

    entity: str
    label: TextOut
    complete: bool
    fields: list[FieldOut]


class MaterialOut(Schema):
    """One material and how it is met."""

    code: str
    name: TextOut
    status: str
    satisfier: str | None
    alternatives: list[str]
    letter: str | None
    reason: TextOut
    problem: TextOut | None
    files: list[dict[str, Any]]


class FeeOut(Schema):
    """What one item costs, in yuan; null while it cannot be worked out. Nothing is paid here."""

    item: str
    name: TextOut
    amount: Decimal | None
    reason: TextOut
    basis: TextOut


class TermsOut(Schema):
    """The fees as they stood on the day of submission."""

    fees: list[FeeOut]
    fee_total: Decimal | None


class IntakeOut(Schema):
    """Whether applications are taken now; ``opens_at`` is the next opening."""

    open: bool
    text: TextOut | None
    opens_at: datetime | None


class DraftOut(Schema):
    """A draft with everything that follows from it."""

    id: UUID
    title: TextOut
    revision: int
    ready: bool
    route: str
    items: list[str]
    promised_on: date | None
    promise_working_days: int
    waits: list[TextOut]
    fees: list[FeeOut]
    fee_total: Decimal | None
    intake: IntakeOut
    groups: list[GroupOut]
    materials: list[MaterialOut]
    problems: list[ProblemOut]


class SavedOut(Schema):
    """What saving did."""

    revision: int
    saved_at: datetime
    problems: list[ProblemOut]


class ReceiptOut(Schema):
    """The proof of submission."""

    application_id: UUID
    number: str
    submitted_at: datetime


@router.get("/applications", response=list[CardOut])
def list_applications(request: ActorRequest) -> list[queries.ApplicationCard]:
    """Return the newest 50 of your applications."""
    return queries.list_applications(by=request.actor)


@router.post("/applications", response={201: DraftOut})
def start(request: ActorRequest, body: StartIn) -> Status[dict[str, Any]]:
    """Start an application, or go on with the draft of the same thing."""
    at = clock.now()
    started = commands.start(thing_code=body.thing, answers=body.answers, declined=body.declined, by=request.actor, at=at)
    return Status(201, _draft(queries.get_draft(started, by=request.actor, at=at)))


@router.get("/applications/{uuid:application_id}", response=CardOut)
def get_application(request: ActorRequest, application_id: UUID) -> queries.ApplicationCard:
    """Return one of your applications."""
    return queries.get_application(application_id, by=request.actor)


@router.get("/applications/{uuid:application_id}/draft", response=DraftOut)
def get_draft(request: ActorRequest, application_id: UUID) -> dict[str, Any]:
    """Return a draft: form, materials, plan, and what is still missing."""
    return _draft(queries.get_draft(application_id, by=request.actor, at=clock.now()))


@router.get("/applications/{uuid:application_id}/fees", response=TermsOut)
def get_fees(request: ActorRequest, application_id: UUID) -> queries.Terms:
    """Return what a submitted application costs, by the rates of the day it was submitted; nothing is paid here."""
    return queries.get_terms(application_id, by=request.actor)


@router.patch("/applications/{uuid:application_id}/draft", response=SavedOut)
def save_draft(request: ActorRequest, application_id: UUID, body: DraftIn) -> commands.SavedDraft:
    """Take over values; those that cannot be read are reported and the others kept."""
    return commands.save_draft(
        application_id=application_id, values=body.values, revision=body.revision, by=request.actor, at=clock.now()
    )


@router.delete("/applications/{uuid:application_id}", response={204: None})
def discard(request: ActorRequest, application_id: UUID) -> Status[None]:
    """Delete a draft and everything filled into it."""
    commands.discard(application_id=application_id, by=request.actor, at=clock.now())
    return Status(204, None)


@router.post("/applications/{uuid:application_id}/materials/{code}", response={204: None})
def attach(request: ActorRequest, application_id: UUID, code: str, uploads: File[list[UploadedFile]]) -> Status[None]:
    """Upload files for a material (form field ``uploads``)."""
    at = clock.now()

    def attach_them(ids: list[UUID]) -> None:
        commands.attach(application_id=application_id, material=code, file_ids=ids, by=request.actor, at=at)

    commands.hand_in(uploads[:MOST_FILES], attach_them, application_id=application_id, material=code, by=request.actor, at=at)
    return Status(204, None)


@router.delete("/applications/{uuid:application_id}/materials/{code}/{uuid:file_id}", response={204: None})
def detach(request: ActorRequest, application_id: UUID, code: str, file_id: UUID) -> Status[None]:
    """Remove one uploaded file."""
    commands.detach(application_id=application_id, material=code, file_id=file_id, by=request.actor, at=clock.now())
    return Status(204, None)


@router.put("/applications/{uuid:application_id}/materials/{code}/way", response={204: None})
def choose(request: ActorRequest, application_id: UUID, code: str, body: ChoiceIn) -> Status[None]:
    """Meet a material in another way, such as an upload instead of the e-certificate."""
    commands.choose(application_id=application_id, material=code, satisfier=body.satisfier, by=request.actor, at=clock.now())
    return Status(204, None)


@router.put("/applications/{uuid:application_id}/letters/{code}", response={204: None})
def commit_letter(request: ActorRequest, application_id: UUID, code: str, body: LetterIn) -> Status[None]:
    """Agree to a commitment letter."""
    commands.commit_letter(application_id=application_id, letter=code, agreed=body.agreed, by=request.actor, at=clock.now())
    return Status(204, None)


@router.post("/applications/{uuid:application_id}/submit", response=ReceiptOut)
def submit(
    request: ActorRequest,
    application_id: UUID,
    body: SubmitIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)],
) -> commands.Receipt:
    """Submit once, however often this request arrives with the same ``Idempotency-Key``."""
    submission = commands.Submission(
        application_id=application_id,
        idempotency_key=idempotency_key,
        declaration=body.declaration,
        revision=body.revision,
    )
    return commands.submit([submission], by=request.actor, at=clock.now())[0]


def _draft(view: DraftView) -> dict[str, Any]:
    return {
        "id": view.id,
        "title": view.title.to_json(),
        "revision": view.revision,
        "ready": view.ready,
        "route": view.plan.route,
        "items": list(view.plan.included()),
        "promised_on": view.promised_on,
        "promise_working_days": view.plan.promise.working_days,
        "fees": view.plan.fees,
        "fee_total": view.plan.fee_total,
        "groups": [_group(group) for group in view.groups],
        "materials": [_material(one) for one in view.materials],
        "waits": [one.to_json() for one in view.plan.promise.waits],
        "intake": {
            "open": view.intake.is_open,
            "text": view.intake.text and view.intake.text.to_json(),
            "opens_at": view.intake.opens_at,
        },
        "problems": [{"name": one.name, "text": one.text.to_json()} for one in view.problems],
    }


def _group(group: FormGroup) -> dict[str, Any]:
    fields = [
        {
            "name": field.element.name,
            "label": field.element.label.to_json(),
            "type": field.element.type,
            "status": field.status,
            "required": field.required,
            "value": field.raw,
            "locked": bool(field.source and field.source.locked),
            "source": field.source and field.source.label.to_json(),
            "reason": field.reason.to_json(),
            "problem": field.problem and field.problem.to_json(),
        }
        for field in group.fields
    ]
    return {"entity": group.entity, "label": group.label.to_json(), "complete": group.complete, "fields": fields}


def _material(one: DraftMaterial) -> dict[str, Any]:
    planned = one.planned
    return {
        "code": planned.code,
        "name": planned.name.to_json(),
        "status": planned.status,
        "satisfier": planned.satisfier,
        "alternatives": list(planned.alternatives),
        "letter": planned.letter,
        "reason": planned.reason.to_json(),
        "problem": one.problem and one.problem.to_json(),
        "files": list(one.files),
    }

"""The correction sheet: the merged notice of all departments with the very fields and materials to mend."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from yijianshi.applications import commands
from yijianshi.applications import queries as applications
from yijianshi.cases import queries as cases
from yijianshi.channels.portal.presenting import form, materials
from yijianshi.channels.shared.fields import field_id
from yijianshi.foundation import files
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class Line:
    """One point of the notice with the place to mend it."""

    entry: Any
    field: form.Field | None
    card: materials.Card | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole notice."""

    application: Any
    notice: Any
    lines: list[Line]


def sheet(application_id: UUID, *, by: Actor, at: datetime) -> Sheet | None:
    """Return the open corrections of an application, or None when nobody waits for the applicant."""
    notice = cases.open_corrections(application_id, by=by)
    if notice is None:
        return None
    view = applications.get_draft(application_id, by=by, at=at)
    fields = {field.element.name: field for group in view.groups for field in group.fields}
    cards = {material.planned.code: material for material in view.materials}
    lines = [_line(entry, fields, cards, view.thing) for entry in notice.entries]
    return Sheet(applications.get_application(application_id, by=by), notice, lines)


def answer(sheet: Sheet, request: HttpRequest, *, at: datetime) -> None:
    """Hand in all corrected values and files at once; raises the DomainError that says what is still wrong."""
    values: dict[str, Any] = {}
    for line in sheet.lines:
        if line.field:
            name = line.field.name
            values[name] = (
                request.POST.getlist(name) if line.field.control.kind == "checks" else request.POST.get(name, "").strip()
            )
    uploads = {line.card.planned.code: request.FILES.getlist(line.card.planned.code) for line in sheet.lines if line.card}
    stored = {code: [_store(upload, request, at) for upload in given] for code, given in uploads.items() if given}
    commands.amend(application_id=sheet.application.id, values=values, materials=stored, by=request.actor, at=at)


def link(problem: DomainError) -> str:
    """Return the anchor of the place a problem is about."""
    return f"#{field_id(problem.field)}" if problem.field else "#corrections"


def _store(upload: Any, request: HttpRequest, at: datetime) -> UUID:
    return files.store(upload, name=upload.name, declared_type=upload.content_type, by=request.actor, at=at).id


def _line(entry: Any, fields: dict[str, Any], cards: dict[str, Any], thing: Any) -> Line:
    if entry.kind == "field" and entry.name in fields:
        return Line(entry, form.editable(fields[entry.name]), None)
    if entry.kind == "material" and entry.name in cards:
        return Line(entry, None, materials.card(thing, cards[entry.name]))
    return Line(entry, None, None)

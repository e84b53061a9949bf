"""What the applicant hands in after submission: the correction sheet with the very places to mend, and papers to follow."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from yijianshi.applications import commands as applications
from yijianshi.cases import commands
from yijianshi.cases import queries as cases
from yijianshi.cases.queries.views import CorrectionNotice, NoticeEntry
from yijianshi.catalogue.logic.schema import SatisfierKind
from yijianshi.channels.portal.presenting import form
from yijianshi.channels.shared.fields import field_id
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One place to mend, with what each department asks of it; *formats* is empty for a field."""

    asked: tuple[NoticeEntry, ...]
    id: str
    field: form.Field | None
    formats: tuple[str, ...] = ()
    max_mb: int = 10

    @property
    def entry(self) -> NoticeEntry:
        """The first department's request; what all of them ask about is the same."""
        return self.asked[0]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole notice."""

    notice: CorrectionNotice
    lines: list[Line]


def sheet(
    application_id: UUID, *, by: Actor, problem: DomainError | None = None, typed: dict[str, list[str]] | None = None
) -> Sheet | None:
    """Return the open corrections of an application, or None when nobody waits for the applicant.

    After a refused answer, *typed* keeps what the applicant had typed and *problem* stands at its field.
    """
    notice = cases.open_corrections(application_id, by=by)
    if notice is None:
        return None
    places: dict[tuple[str, str], list[NoticeEntry]] = {}
    for entry in notice.entries:
        places.setdefault((entry.kind, entry.name), []).append(entry)
    return Sheet(notice, [_line(tuple(asked), problem, typed or {}) for asked in places.values()])


def answer(sheet: Sheet, request: HttpRequest, *, by: Actor, at: datetime) -> None:
    """Hand in all corrected files and values; raises the DomainError that says what is still wrong."""
    about: dict[str, Any] = {"application_id": sheet.notice.application_id, "by": by, "at": at}
    for line in sheet.lines:
        uploads = request.FILES.getlist(line.entry.name) if line.entry.kind == "material" else []
        if uploads:
            _hand_in(uploads, partial(commands.attach_correction, material=line.entry.name, **about), about)
    values = {line.field.name: _value(request, line.field) for line in sheet.lines if line.field}
    commands.answer_corrections(
        commands.CorrectionAnswer(application_id=sheet.notice.application_id, values=values), by=by, at=at
    )


def supply(application_id: UUID, code: str, request: HttpRequest, *, by: Actor, at: datetime) -> None:
    """Hand in a paper that was accepted to follow later; raises the DomainError that says what is wrong."""
    about: dict[str, Any] = {"application_id": application_id, "by": by, "at": at}
    _hand_in(request.FILES.getlist("files"), partial(commands.supply_deferred, material=code, **about), about)


def link(problem: DomainError) -> str:
    """Return the anchor of the place a problem is about."""
    return f"#{field_id(problem.field)}" if problem.field else "#corrections"


def _hand_in(uploads: list[Any], attach: Callable[..., None], about: dict[str, Any]) -> None:
    applications.hand_in(uploads, lambda ids: attach(file_ids=ids), **about)


def _value(request: HttpRequest, field: form.Field) -> str | list[str]:
    return request.POST.getlist(field.name) if field.control.kind == "checks" else request.POST.get(field.name, "").strip()


def _line(asked: tuple[NoticeEntry, ...], problem: DomainError | None, typed: dict[str, list[str]]) -> Line:
    entry = asked[0]
    if entry.certified is not None:
        return Line(asked, field_id(entry.name), None)
    if entry.element is not None:
        wrong: Text | None = problem.text if problem and problem.field == entry.name else None
        raw = typed.get(entry.name, entry.raw)
        given = raw if entry.element.type == "LIST" or isinstance(raw, str) else raw[0]
        return Line(asked, field_id(entry.name), form.control(entry.element, given, required=True, problem=wrong))
    ways = [way for way in entry.material.satisfiers if way.kind is SatisfierKind.UPLOAD] if entry.material else []
    formats, max_mb = (ways[0].formats, ways[0].max_mb) if ways else (("pdf", "jpg", "png"), 10)
    return Line(asked, field_id(entry.name), None, formats, max_mb)

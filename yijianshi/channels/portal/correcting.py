"""What the applicant hands in after submission: the correction sheet with the very places to mend, and papers to follow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
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

_FILL_IN = Text("请填写“{label}”。", 'Please fill in "{label}".')
_UPLOAD = Text("请重新上传“{label}”。", 'Please upload "{label}" again.')
Typed = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One place to mend, with what each department asks of it; *formats* is empty for a field."""

    asked: tuple[NoticeEntry, ...]
    id: str
    field: form.Field | None
    formats: tuple[str, ...] = ()
    max_mb: int = 10
    problem: Text | None = None

    @property
    def is_settled(self) -> bool:
        """Say whether nothing is left to do here: uploaded anew since it was asked for, or stated by a certificate by now."""
        return all(entry.is_renewed or entry.is_certified for entry in self.asked)

    @property
    def entry(self) -> NoticeEntry:
        """The first department's request; what all of them ask about is the same."""
        return self.asked[0]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole notice."""

    notice: CorrectionNotice
    lines: list[Line]
    refused: DomainError | None = None

    @property
    def left(self) -> int:
        """Return how many points are still to mend."""
        return sum(not line.is_settled for line in self.lines)

    @property
    def problems(self) -> list[form.Problem]:
        """Return what was wrong with the answer, each with a link to the very field or file; else the refusal itself."""
        found = [form.Problem(line.problem, f"#{line.id}") for line in self.lines if line.problem]
        return found or ([form.Problem(self.refused.text, "#corrections")] if self.refused else [])


def sheet(application_id: UUID, *, by: Actor, problem: DomainError | None = None, typed: Typed | None = None) -> Sheet | None:
    """Return the open corrections of an application, or None when nobody waits for the applicant.

    After a refused answer, *typed* keeps what the applicant had typed, and each point still missing says so at its place.
    """
    notice = cases.open_corrections(application_id, by=by)
    if notice is None:
        return None
    places: dict[tuple[str, str], list[NoticeEntry]] = {}
    for entry in notice.entries:
        places.setdefault((entry.kind, entry.name), []).append(entry)
    return Sheet(notice, [_line(tuple(asked), problem, typed or {}) for asked in places.values()], problem)


def answer(sheet: Sheet, request: HttpRequest, *, by: Actor, at: datetime) -> None:
    """Hand in all corrected files and values; raises the DomainError that says what is still wrong."""
    about: dict[str, Any] = {"application_id": sheet.notice.application_id, "by": by, "at": at}
    for line in sheet.lines:
        uploads = request.FILES.getlist(line.entry.name) if line.entry.kind == "material" else []
        if uploads:
            _hand_in(uploads, commands.attach_correction, {**about, "material": line.entry.name})
    values = {line.field.name: _value(request, line.field) for line in sheet.lines if line.field}
    commands.answer_corrections(
        commands.CorrectionAnswer(application_id=sheet.notice.application_id, values=values), by=by, at=at
    )


def supply(application_id: UUID, code: str, request: HttpRequest, *, by: Actor, at: datetime) -> None:
    """Hand in a paper that was accepted to follow later; raises the DomainError that says what is wrong."""
    about: dict[str, Any] = {"application_id": application_id, "material": code, "by": by, "at": at}
    _hand_in(request.FILES.getlist("files"), commands.supply_deferred, about)


def _hand_in(uploads: list[Any], attach: Callable[..., None], about: dict[str, Any]) -> None:
    applications.hand_in(uploads, lambda ids: attach(file_ids=ids, **about), **about)


def _value(request: HttpRequest, field: form.Field) -> str | list[str]:
    return request.POST.getlist(field.name) if field.control.kind == "checks" else request.POST.get(field.name, "").strip()


def _line(asked: tuple[NoticeEntry, ...], refused: DomainError | None, typed: Typed) -> Line:
    entry, wrong = asked[0], _wrong(asked, refused, typed)
    if entry.certified is not None:
        return Line(asked, field_id(entry.name), None)
    if entry.element is not None:
        raw = typed.get(entry.name, entry.raw)
        given = raw if entry.element.type == "LIST" or isinstance(raw, str) else raw[0]
        return Line(asked, field_id(entry.name), form.control(entry.element, given, required=True, problem=wrong), problem=wrong)
    ways = [way for way in entry.material.satisfiers if way.kind is SatisfierKind.UPLOAD] if entry.material else []
    formats, max_mb = (ways[0].formats, ways[0].max_mb) if ways else (("pdf", "jpg", "png"), 10)
    return Line(asked, field_id(entry.name), None, formats, max_mb, wrong)


def _wrong(asked: tuple[NoticeEntry, ...], refused: DomainError | None, typed: Typed) -> Text | None:
    """Return what to say at one place after a refused answer."""
    entry = asked[0]
    if isinstance(refused, commands.StillOpen):
        given = any(typed.get(entry.name, ())) or all(one.is_renewed or one.is_certified for one in asked)
        return None if given else (_UPLOAD if entry.kind == "material" else _FILL_IN).format(label=entry.label)
    if isinstance(refused, applications.NotReady):
        return next((one.text for one in refused.problems if one.name == entry.name), None)
    return refused.text if refused and refused.field == entry.name else None

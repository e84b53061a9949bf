"""Renew or change a certificate: a new one under the next version number, which takes the place of the old one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.certificates import faces, sealed
from yijianshi.certificates.commands.change import ReasonNeeded
from yijianshi.certificates.commands.issue import Issue, issue
from yijianshi.certificates.logic.face import EDITABLE, Face, FaceField
from yijianshi.certificates.models import Certificate
from yijianshi.certificates.sealed import Content
from yijianshi.foundation import clock, history
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Invalid, NotFound
from yijianshi.kernel.text import Text

LONGEST = 200


class NotOnItsFace(Invalid):
    """这张证照上没有“{name}”这一项，或者“{value}”不是它能写的内容。日期写成 2026-03-02，选项用它的代码。

    The certificate has no line "{name}", or "{value}" cannot stand there. Write dates as 2026-03-02, and options by their code.
    """


class NothingChanges(Invalid):
    """内容和有效期都没有变，不用换发。

    Neither the content nor the term changes, so there is nothing to reissue.
    """


class TermOver(Invalid):
    """新的有效期在今天以前就到了。请写一个以后的日期。

    The new term would be over before today. Please give a later date.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Reissue:
    """What the new certificate has different: lines of the face by element name, and its last day (None: as before)."""

    certificate_id: UUID
    changes: Mapping[str, str] = field(default_factory=dict, repr=False)
    valid_to: date | None = None
    reason: str = ""


@transaction.atomic
def reissue(wish: Reissue, *, by: Actor, at: datetime) -> UUID:
    """Issue the successor of a valid certificate and return its id; the old one is cancelled, and both name each other.

    Only officers of the issuing organisation and the house; raises NotFound for others, ReasonNeeded, NotOnItsFace,
    NothingChanges, TermOver, AlreadyReplaced.
    """
    row = Certificate.objects.filter(pk=wish.certificate_id).first()
    if row is None or not (by.is_system or row.issuer_organisation_id == by.organisation_id):
        raise NotFound(what=Text("这份证照", "This certificate"))
    if not wish.reason.strip():
        raise ReasonNeeded(field="reason")
    face, content = faces.load([row.face_sha])[row.face_sha], sealed.unseal(row.sealed, row.pk)
    values = _changed(face, content, wish.changes)
    valid_to = wish.valid_to or row.valid_to
    if values == dict(content.values) and valid_to == row.valid_to:
        raise NothingChanges
    if valid_to is not None and valid_to < clock.today(at):
        raise TermOver(field="valid_to")
    (made,) = issue([_issue(row, face, content, values, valid_to, at)], by=by, at=at)
    history.record([_entry(row, made, wish, by, at)])
    return made


def _issue(
    row: Certificate, face: Face, content: Content, values: Mapping[str, Any], valid_to: date | None, at: datetime
) -> Issue:
    renamed = next((str(values[name]) for name, old in content.values.items() if old == content.holder_name), "")
    return Issue(
        type_code=row.type_code,
        issuer_organisation_id=row.issuer_organisation_id,
        holder_kind=row.holder_kind,
        holder_name=renamed or content.holder_name,
        fields=values,
        valid_from=clock.today(at),
        region=row.region,
        face=face,
        number=content.number,
        holder_person_id=row.holder_id,
        holder_id_number=content.holder_number or None,
        application_id=row.application_id,
        valid_to=valid_to,
        previous_id=row.pk,
    )


def _changed(face: Face, content: Content, changes: Mapping[str, str]) -> dict[str, Any]:
    lines = {line.name: line for line in face.fields}
    values = dict(content.values)
    for name, raw in changes.items():
        line = lines.get(name)
        if line is None or not _fits(line, raw.strip(), values.get(name)):
            raise NotOnItsFace(name=line.label if line else name, value=raw[:40], field=name)
        values[name] = raw.strip()
    return values


def _fits(line: FaceField, value: str, before: Any) -> bool:
    """Say whether *value* can stand on that line; lists, numbers and yes or no are not changed by hand."""
    if not value or len(value) > LONGEST or not (before is None or isinstance(before, str)):
        return False
    if line.options:
        return value in dict(line.options)
    if line.kind == "DATE":
        try:
            return bool(date.fromisoformat(value))
        except ValueError:
            return False
    return line.kind in EDITABLE


def _entry(row: Certificate, made: UUID, wish: Reissue, by: Actor, at: datetime) -> history.Entry:
    return history.Entry(
        subject_kind="certificate",
        subject_id=row.pk,
        application_id=row.application_id,
        action="reissue",
        actor=by.to_record(),
        at=at,
        from_state="VALID",
        to_state="CANCELLED",
        reason=wish.reason.strip()[:500],
        payload={"successor": str(made), "changed": sorted(wish.changes), "renewed": wish.valid_to is not None},
    )

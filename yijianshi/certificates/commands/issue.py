"""Issue certificates: any number at once, each table touched once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from yijianshi.certificates import faces, sealed
from yijianshi.certificates.events import CertificateIssued
from yijianshi.certificates.logic.codes import new_code
from yijianshi.certificates.logic.face import Face
from yijianshi.certificates.logic.states import State
from yijianshi.certificates.models import Certificate
from yijianshi.certificates.queries.locks import lock_certificates
from yijianshi.certificates.sealed import Content
from yijianshi.certificates.tables import CERTIFICATES
from yijianshi.foundation import clock, events, history, serials
from yijianshi.foundation.batch import Batch
from yijianshi.foundation.history import Entry
from yijianshi.foundation.ids import new_id
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import Conflict, Forbidden
from yijianshi.kernel.identifiers.certificate_id import compose_certificate_id, parse_certificate_id
from yijianshi.kernel.text import Text

_UNASSIGNED = "000"  # a type without a registered code is numbered under its issuer, and never looks like a registered one

_DIGEST = tuple(CERTIFICATES.columns).index("digest")


class AlreadyReplaced(Conflict):
    """这份证照已经换发过、撤销或注销，不能再换发。请刷新后查看最新的一份。

    This certificate has been replaced, revoked or cancelled already and cannot be replaced again. Please reload and see the
    latest.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One certificate to issue.

    *type_code* is the content's code, *catalogue_code* the 21 characters of GB/T 36904 ("" = not assigned). The face comes from
    the published version *version_id*, or is given as *face*. *holder_person_id* is whose wallet it goes to (an enterprise's id
    for ENTERPRISE). *fields*: JSON values by element name. *previous_id*: the certificate this one replaces.
    *identifier*: given by the issuing authority's own system, when that issued it; ours is then a copy under the same one.
    """

    type_code: str
    issuer_organisation_id: UUID
    holder_kind: str
    holder_name: str = field(repr=False)
    fields: Mapping[str, Any] = field(repr=False)
    valid_from: date
    region: str
    catalogue_code: str = ""
    version_id: UUID | None = None
    face: Face | None = None
    number: str | None = field(default=None, repr=False)
    holder_person_id: UUID | None = None
    holder_id_number: str | None = field(default=None, repr=False)
    application_id: UUID | None = None
    case_id: UUID | None = None
    valid_to: date | None = None
    previous_id: UUID | None = None
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class _Numbered:
    issue: Issue
    id: UUID
    face: Face
    issuer_uscc: str
    serial: str
    version: int


def issue(issues: Sequence[Issue], *, by: Actor, at: datetime, batch: Batch | None = None) -> list[UUID]:
    """Issue certificates and return their ids in the same order.

    With *batch* the writes are added to it, and a second certificate of one type for one case is a unique violation at flush;
    without it, the id of the one that exists is returned, so that repeating is harmless. Only the issuing organisation's
    officers and the house itself may issue; raises Forbidden, FaceMissing, AlreadyReplaced.
    """
    _check_permission(issues, by)
    if batch is not None:
        return _add(batch, issues, by, at)
    try:
        return _issue_missing(issues, by, at)
    except IntegrityError:  # somebody else issued for the same case between our look and our write: now it is there to be found
        return _issue_missing(issues, by, at)


@transaction.atomic
def _issue_missing(issues: Sequence[Issue], by: Actor, at: datetime) -> list[UUID]:
    existing = _existing(issues)
    new = [one for one in issues if (one.case_id, one.type_code) not in existing]
    own = Batch()
    made = dict(zip(map(id, new), _add(own, new, by, at), strict=True))
    own.flush()
    return [existing.get((one.case_id, one.type_code)) or made[id(one)] for one in issues]


def _add(batch: Batch, issues: Sequence[Issue], by: Actor, at: datetime) -> list[UUID]:
    numbered = _number(issues, at)
    faces.keep(batch, (each.face for each in numbered))
    _replace_previous(batch, issues, at)
    rows = [_row(each, at) for each in numbered]
    batch.insert(CERTIFICATES, rows)
    history.add(batch, [_entry(each, row[_DIGEST], by, at) for each, row in zip(numbered, rows, strict=True)])
    events.add(batch, [CertificateIssued(each.id, each.issue.application_id, each.issue.case_id) for each in numbered])
    return [each.id for each in numbered]


def _number(issues: Sequence[Issue], at: datetime) -> list[_Numbered]:
    issuers = identity.get_organisations({one.issuer_organisation_id for one in issues})
    replaced = [one.previous_id for one in issues if one.previous_id]
    previous = dict(Certificate.objects.filter(pk__in=replaced).values_list("pk", "version")) if replaced else {}
    day = f"{clock.today(at):%Y%m%d}"
    return [
        _Numbered(
            issue=one,
            id=new_id(),
            face=one.face or faces.from_version(_version(one), one.type_code),
            issuer_uscc=issuers[one.issuer_organisation_id].uscc,
            serial=f"{day}{serial:08d}",
            version=previous.get(one.previous_id, 0) + 1 if one.previous_id else 1,
        )
        for one, serial in zip(issues, serials.take(len(issues)), strict=True)
    ]


def _row(each: _Numbered, at: datetime) -> tuple[Any, ...]:
    one = each.issue
    type_code = one.catalogue_code or each.face.catalogue_code or each.issuer_uscc + _UNASSIGNED
    identifier = one.identifier or compose_certificate_id(type_code, each.issuer_uscc, each.serial, each.version)
    theirs = parse_certificate_id(one.identifier) if one.identifier else None
    number = one.number or (theirs.serial if theirs else each.serial)
    content = Content(one.holder_name, one.holder_id_number or "", number, one.fields)
    return (
        each.id,
        one.type_code,
        identifier,
        each.face.sha,
        one.issuer_organisation_id,
        one.holder_kind,
        one.holder_person_id,
        sealed.index_holder(one.holder_id_number),
        one.application_id,
        one.case_id,
        one.region,
        sealed.seal(content, each.id),
        sealed.digest(content, each.face.sha, identifier),
        at,
        one.valid_from,
        one.valid_to,
        State.VALID.value,
        "",
        each.version,
        one.previous_id,
        new_code(),
    )


def _entry(each: _Numbered, digest: bytes, by: Actor, at: datetime) -> Entry:
    return Entry(
        subject_kind="certificate",
        subject_id=each.id,
        application_id=each.issue.application_id,
        action="issue",
        actor=by.to_record(),
        at=at,
        to_state=State.VALID,
        payload={"type": each.issue.type_code, "version": each.version, "digest": digest.hex()},
    )


def _replace_previous(batch: Batch, issues: Sequence[Issue], at: datetime) -> None:
    """Cancel what is replaced; the row is locked here, so two replacements cannot both succeed."""
    replaced = {one.previous_id: one for one in issues if one.previous_id}
    if not replaced:
        return
    fitting = [row.pk for row in lock_certificates(replaced) if _continues(row, replaced[row.pk])]
    if len(fitting) != len(replaced):
        raise AlreadyReplaced
    sql = "UPDATE certificates_certificate SET state = %s, state_reason = %s, state_at = %s WHERE id = ANY(%s)"
    batch.execute(sql, [State.CANCELLED.value, "换发新证", at, fitting])


def _continues(row: Certificate, one: Issue) -> bool:
    same_kind = row.type_code == one.type_code and row.holder_id == one.holder_person_id
    return same_kind and row.state == State.VALID


def _existing(issues: Sequence[Issue]) -> dict[tuple[UUID | None, str], UUID]:
    cases = [one.case_id for one in issues if one.case_id]
    rows = Certificate.objects.filter(case_id__in=cases).values_list("case_id", "type_code", "pk") if cases else []
    return {(case_id, type_code): pk for case_id, type_code, pk in rows}


def _check_permission(issues: Sequence[Issue], by: Actor) -> None:
    officer = by.is_of_organisation and by.has_role(Role.OFFICER, Role.HEAD)
    own = all(one.issuer_organisation_id == by.organisation_id for one in issues)
    if not (by.is_system or (officer and own)):
        raise Forbidden(why=Text("只有发证机关的审批人员可以签发", "only officers of the issuing authority can issue"))


def _version(one: Issue) -> UUID:
    if one.version_id is None:
        raise faces.FaceMissing(code=one.type_code)
    return one.version_id

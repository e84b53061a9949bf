"""A certificate as its holder sees it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yijianshi.certificates import faces, sealed
from yijianshi.certificates.logic.face import Face, FaceField, display
from yijianshi.certificates.logic.states import STATE_TEXTS, State
from yijianshi.certificates.models import Certificate
from yijianshi.identity import queries as identity
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class FaceRowView:
    """One line of the face in words."""

    name: str
    label: Text
    value: Text = field(repr=False)
    born_on: date | None = field(default=None, repr=False)  # where the line is a birth date


@dataclass(frozen=True, slots=True)
class CertificateView:
    """An issued certificate, whole; nothing personal shows in ``repr``."""

    id: UUID
    type_code: str
    name: Text
    statement: Text
    layout: str
    number: str = field(repr=False)
    identifier: str
    version: int
    holder_kind: str
    holder_id: UUID | None
    holder_name: str = field(repr=False)
    fields: tuple[FaceRowView, ...] = field(repr=False)
    issuer_id: UUID
    issuer_name: Text
    application_id: UUID | None
    case_id: UUID | None
    issued_at: datetime
    valid_from: date
    valid_to: date | None
    state: State
    state_text: Text
    state_reason: str
    verification_code: str = field(repr=False)
    digest: bytes = field(repr=False)

    @property
    def number_line(self) -> str:
        """Return the number for a line of its own, empty where a line of the face already states it."""
        return "" if any(line.value.zh == self.number for line in self.fields) else self.number


def views_of(rows: Iterable[Certificate]) -> list[CertificateView]:
    """Return the certificates opened; the caller has checked that the actor may see them."""
    rows = list(rows)
    known = faces.load({row.face_sha for row in rows})
    issuers = identity.get_organisations({row.issuer_organisation_id for row in rows})
    return [_view(row, known[row.face_sha], issuers[row.issuer_organisation_id].name) for row in rows]


def _view(row: Certificate, face: Face, issuer_name: Text) -> CertificateView:
    content = sealed.unseal(row.sealed, row.pk)
    state = State(row.state)
    return CertificateView(
        id=row.pk,
        type_code=row.type_code,
        name=face.name,
        statement=face.statement,
        layout=face.layout,
        number=content.number,
        identifier=row.identifier,
        version=row.version,
        holder_kind=row.holder_kind,
        holder_id=row.holder_id,
        holder_name=content.holder_name,
        fields=_lines(face, content.values),
        issuer_id=row.issuer_organisation_id,
        issuer_name=issuer_name,
        application_id=row.application_id,
        case_id=row.case_id,
        issued_at=row.issued_at,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        state=state,
        state_text=STATE_TEXTS[state],
        state_reason=row.state_reason,
        verification_code=row.verification_code,
        digest=bytes(row.digest),
    )


def _lines(face: Face, values: Any) -> tuple[FaceRowView, ...]:
    """Return the lines that have a value, in the face's order."""
    present = (line for line in face.fields if values.get(line.name) not in (None, "", []))
    return tuple(
        FaceRowView(line.name, line.label, display(line, values[line.name]), _birth_date(line, values[line.name]))
        for line in present
    )


def _birth_date(line: FaceField, value: Any) -> date | None:
    if line.kind != "DATE" or not line.name.endswith("birth_date"):
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None

"""Sealed files, and the seals in use."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F

from yijianshi.certificates.logic import terms
from yijianshi.certificates.models import Seal, SealedFile
from yijianshi.foundation import files
from yijianshi.identity import queries as identity
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class SealCard:
    """A seal as operators see it."""

    id: UUID
    es_id: str
    name: Text
    organisation_id: UUID
    organisation: Text
    custodian: str
    signers: int
    rule_types: tuple[str, ...]
    rule_basis: str
    valid_from: datetime
    valid_to: datetime
    ended_at: datetime | None
    ended_reason: str
    uses: int

    def warning(self, at: datetime) -> Text | None:
        """Return what an operator should do about a seal in use that runs out soon or has, None where there is nothing."""
        return None if self.ended_at else terms.warning(self.valid_to, at)


def find_file(certificate_id: UUID, kind: str) -> bytes | None:
    """Return the sealed file of a certificate, None while there is none; who may see it is for the caller to decide."""
    row = SealedFile.objects.filter(certificate_id=certificate_id, kind=kind).values_list("file_id", flat=True).first()
    return files.open_file(row)[1] if row else None


def seal_picture(organisation_id: UUID, certificate_id: UUID) -> str:
    """Return the picture (SVG) of the seal a certificate bears, or of its issuer's seal in use by rule; empty without one."""
    used = SealedFile.objects.filter(certificate_id=certificate_id).values_list("seal__picture", flat=True).first()
    if used:
        return str(used)
    rows = Seal.objects.filter(organisation_id=organisation_id, ended_at__isnull=True).exclude(rule_types=[])
    return rows.values_list("picture", flat=True).first() or ""


def list_seals() -> list[SealCard]:
    """Return all seals, those in use first; operators only."""
    rows = list(Seal.objects.annotate(uses=Count("sealedfile")).order_by(F("ended_at").desc(nulls_first=True), "es_id"))
    known = identity.get_organisations({row.organisation_id for row in rows})
    return [_card(row, known[row.organisation_id].name, row.uses) for row in rows]


def _card(row: Seal, organisation: Text, uses: int) -> SealCard:
    return SealCard(
        row.pk,
        row.es_id,
        Text(**row.name),
        row.organisation_id,
        organisation,
        row.custodian,
        len(row.signers),
        tuple(row.rule_types),
        row.rule_basis,
        row.valid_from,
        row.valid_to,
        row.ended_at,
        row.ended_reason,
        uses,
    )

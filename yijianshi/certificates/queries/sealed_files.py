"""Sealed files, the seals in use, and what anybody needs to verify them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F

from yijianshi.certificates.logic import ended as ended_lists
from yijianshi.certificates.logic.states import State
from yijianshi.certificates.models import RAN_OUT, Certificate, PersonalSeal, Seal, SealedFile
from yijianshi.foundation import files, signing
from yijianshi.identity import queries as identity
from yijianshi.kernel.pki import authority, certificates, chain
from yijianshi.kernel.pki.authority import Revoked
from yijianshi.kernel.text import Text

LIST_TERM = timedelta(days=7)


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


def root_certificates() -> list[bytes]:
    """Return the certificates (DER) of this installation's authority, those before it, too."""
    return [key.certificate for key in signing.list_keys("root") if key.certificate]


def revocation_list(*, at: datetime) -> bytes | None:
    """Return the authority's signed list (DER) of seal certificates that ended early, None before there is an authority."""
    roots = [key for key in signing.list_keys("root") if key.certificate and key.retired_at is None]
    if not roots:
        return None
    ended = [
        *Seal.objects.filter(ended_at__isnull=False).values_list("key_id", "ended_at"),
        *PersonalSeal.objects.filter(ended_at__isnull=False).exclude(ended_reason=RAN_OUT).values_list("key_id", "ended_at"),
    ]
    revoked = [
        Revoked(certificates.parse(signing.get(key_id).certificate).serial, moment, "cessation_of_operation")
        for key_id, moment in ended
        if moment
    ]
    root = roots[0]
    return authority.make_list(certificates.parse(root.certificate), root.signer, revoked, at=at, next_at=at + LIST_TERM)


def ended_list(*, at: datetime) -> dict[str, Any] | None:
    """Return the signed list of certificates that no longer hold, None before there is an authority; see logic.ended."""
    roots = [key for key in signing.list_keys("root") if key.certificate and key.retired_at is None]
    if not roots:
        return None
    rows = Certificate.objects.exclude(state=State.VALID).values_list("identifier", "state")
    return ended_lists.make(rows.iterator(chunk_size=5_000), signer=roots[0].signer, at=at)


def trusted(*, at: datetime) -> chain.Trusted:
    """Return whom this installation trusts, with its own current revocation list."""
    roots = [certificates.parse(der) for der in root_certificates()]
    made = revocation_list(at=at)
    lists = {one.fingerprint: authority.parse_list(made, one) for one in roots[:1]} if made else {}
    return chain.Trusted(roots, (), lists)


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

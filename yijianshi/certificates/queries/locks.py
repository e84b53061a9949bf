"""The one place that locks certificates, in order of their ids."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from yijianshi.certificates.models import Certificate, Seal, Show


def lock_certificates(certificate_ids: Collection[UUID]) -> list[Certificate]:
    """Return the certificates with these ids, locked until the transaction ends; unknown ids are left out."""
    return list(Certificate.objects.select_for_update().filter(pk__in=certificate_ids).order_by("pk"))


def lock_unsealed(organisation_ids: Collection[UUID], most: int) -> list[Certificate]:
    """Lock valid certificates of these issuers whose files are not sealed yet, oldest first, skipping those being worked on."""
    rows = Certificate.objects.select_for_update(skip_locked=True)
    chosen = rows.filter(issuer_organisation_id__in=organisation_ids, sealed_at__isnull=True, state="VALID")
    return list(chosen.order_by("issued_at")[:most])


def lock_seal(seal_id: UUID) -> Seal | None:
    """Return the seal in use with this id, locked until the transaction ends."""
    return Seal.objects.select_for_update().filter(pk=seal_id, ended_at__isnull=True).first()


def lock_show(token_hash: bytes) -> Show | None:
    """Return the showing with this token, locked until the transaction ends."""
    return Show.objects.select_for_update().filter(token_hash=token_hash).first()


def lock_unseen(at: datetime) -> list[Show]:
    """Return up to a thousand showings whose minute is over and that nobody opened, locked."""
    rows = Show.objects.select_for_update(skip_locked=True).filter(is_kept=True, expires_at__lt=at)
    return list(rows.order_by("expires_at")[:1000])

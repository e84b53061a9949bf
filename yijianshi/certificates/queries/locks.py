"""The one place that locks certificates, in order of their ids."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from yijianshi.certificates.models import Certificate, PersonalSeal, Seal, Show


def lock_certificates(certificate_ids: Collection[UUID]) -> list[Certificate]:
    """Return the certificates with these ids, locked until the transaction ends; unknown ids are left out."""
    return list(Certificate.objects.select_for_update().filter(pk__in=certificate_ids).order_by("pk"))


def lock_unsealed(rules: Mapping[UUID, Collection[str]], most: int) -> list[Certificate]:
    """Lock valid certificates not sealed yet that a rule covers, oldest first, skipping those being worked on.

    *rules*: issuer → types sealed by rule, ``*`` for all.
    """
    every = [issuer for issuer, types in rules.items() if "*" in types]
    wanted = Q(issuer_organisation_id__in=every)
    for issuer, types in rules.items():
        if issuer not in every:
            wanted |= Q(issuer_organisation_id=issuer, type_code__in=types)
    rows = Certificate.objects.select_for_update(skip_locked=True).filter(wanted, sealed_at__isnull=True, state="VALID")
    return list(rows.order_by("issued_at")[:most])


def lock_seal(seal_id: UUID) -> Seal | None:
    """Return the seal in use with this id, locked until the transaction ends."""
    return Seal.objects.select_for_update().filter(pk=seal_id, ended_at__isnull=True).first()


def lock_personal_seal(person_id: UUID | None) -> PersonalSeal | None:
    """Return the seal in use of a person, or the house's own, locked until the transaction ends; None is held for one caller."""
    with connection.cursor() as cursor:  # there may be no row yet to lock: two who find none must not both make one
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"certificates.personal-seal:{person_id}"])
    return PersonalSeal.objects.select_for_update().filter(person_id=person_id, ended_at__isnull=True).first()


def lock_show(token_hash: bytes) -> Show | None:
    """Return the showing with this token, locked until the transaction ends."""
    return Show.objects.select_for_update().filter(token_hash=token_hash).first()


def lock_unseen(at: datetime) -> list[Show]:
    """Return up to a thousand showings whose minute is over and that nobody opened, locked."""
    rows = Show.objects.select_for_update(skip_locked=True).filter(is_kept=True, expires_at__lt=at)
    return list(rows.order_by("expires_at")[:1000])

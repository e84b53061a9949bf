"""The one place that locks certificates, in order of their ids."""

from collections.abc import Collection
from uuid import UUID

from yijianshi.certificates.models import Certificate


def lock_certificates(certificate_ids: Collection[UUID]) -> list[Certificate]:
    """Return the certificates with these ids, locked until the transaction ends; unknown ids are left out."""
    return list(Certificate.objects.select_for_update().filter(pk__in=certificate_ids).order_by("pk"))

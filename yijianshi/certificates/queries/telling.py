"""What a message to the holder of a certificate needs to know."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from yijianshi.certificates import faces
from yijianshi.certificates.models import Certificate
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """One certificate: its name, who issued it, and who holds it."""

    name: Text
    issuer: Text
    holder_kind: str
    holder_id: UUID


def notice_facts(certificate_ids: Collection[UUID], *, by: Actor) -> dict[UUID, NoticeFacts]:
    """Return certificate → what its holder is told of, for the house alone; those whose holder is not registered are left out."""
    if not by.is_system:
        return {}
    rows = list(Certificate.objects.filter(pk__in=certificate_ids, holder_id__isnull=False))
    known = faces.load({row.face_sha for row in rows})
    issuers = identity.get_organisations({row.issuer_organisation_id for row in rows})
    return {
        row.pk: NoticeFacts(known[row.face_sha].name, issuers[row.issuer_organisation_id].name, row.holder_kind, row.holder_id)
        for row in rows
        if row.holder_id is not None
    }

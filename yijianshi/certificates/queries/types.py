"""Of which type certificates are; a type alone tells nothing about anybody, so no actor is asked."""

from collections.abc import Collection
from uuid import UUID

from yijianshi.certificates import faces
from yijianshi.certificates.models import Certificate
from yijianshi.kernel.text import Text


def type_names(ids: Collection[UUID]) -> dict[UUID, Text]:
    """Return certificate → the name of its type."""
    rows = list(Certificate.objects.filter(pk__in=ids).values_list("pk", "face_sha")) if ids else []
    known = faces.load({sha for _, sha in rows})
    return {certificate_id: known[sha].name for certificate_id, sha in rows}

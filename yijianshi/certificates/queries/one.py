"""One certificate, whole."""

from uuid import UUID

from yijianshi.certificates.models import Certificate
from yijianshi.certificates.opened import CertificateView, views_of
from yijianshi.certificates.queries.access import may_see
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text


def get_certificate(certificate_id: UUID, by: Actor) -> CertificateView:
    """Return one certificate to its holder, who acts for them, its issuer, or staff before whom it was used.

    Raises NotFound for everybody else, as if it did not exist.
    """
    row = Certificate.objects.filter(pk=certificate_id).first()
    if row is None or not may_see(row, by):
        raise NotFound(what=Text("这份证照", "This certificate"))
    return views_of([row])[0]

"""Who has used a certificate: the holder's access log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.certificates.models import Certificate, CertificateUse
from yijianshi.certificates.queries.access import is_in_wallet
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

AUTHORISATIONS = {
    "SELF": Text("本人使用", "used by the holder"),
    "MANDATE": Text("凭授权使用", "used under a mandate"),
    "SYSTEM": Text("系统依法使用", "used by the system on a legal basis"),
}


@dataclass(frozen=True, slots=True)
class UseCard:
    """One use: by whom, for which item of which thing and application, on which authorisation."""

    id: UUID
    user_name: str
    item_code: str
    purpose: str
    application_id: UUID
    organisation_id: UUID | None
    authorisation: Text
    mandate_id: UUID | None
    at: datetime


def list_uses(certificate_id: UUID, by: Actor) -> list[UseCard]:
    """Return every use of a certificate, newest first, to the holder's side only; raises NotFound for anybody else."""
    row = Certificate.objects.filter(pk=certificate_id).defer("sealed").first()
    if row is None or not is_in_wallet(row, by):
        raise NotFound(what=Text("这份证照", "This certificate"))
    return [_card(use) for use in CertificateUse.objects.filter(certificate_id=certificate_id).order_by("-used_at", "item_code")]


def _card(use: CertificateUse) -> UseCard:
    return UseCard(
        id=use.id,
        user_name=use.user_name,
        item_code=use.item_code,
        purpose=use.purpose,
        application_id=use.application_id,
        organisation_id=use.organisation_id,
        authorisation=AUTHORISATIONS[use.authorisation],
        mandate_id=use.mandate_id,
        at=use.used_at,
    )

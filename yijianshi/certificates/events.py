"""What this room tells the others; ids only."""

from dataclasses import dataclass
from uuid import UUID

from yijianshi.foundation.events import event


@event("certificates.issued")
@dataclass(frozen=True)
class CertificateIssued:
    """A certificate has been issued."""

    certificate_id: UUID
    application_id: UUID | None
    case_id: UUID | None


@event("certificates.state-changed")
@dataclass(frozen=True)
class CertificateStateChanged:
    """A certificate has been suspended, restored, revoked or cancelled."""

    certificate_id: UUID
    state: str

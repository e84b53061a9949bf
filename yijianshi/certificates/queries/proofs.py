"""Proof of a certificate: the receipts of its issue and of its seals, which say when its files existed."""

from typing import Any
from uuid import UUID

from yijianshi.certificates.queries.one import get_certificate
from yijianshi.foundation import history
from yijianshi.foundation.transparency import reading
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict
from yijianshi.kernel.merkle import receipts

_PROVING = ("issue", "seal", "suspend", "restore", "revoke", "cancel")


class CertificateNotProvenYet(Conflict):
    """这份证照的记录正在写入存证日志，通常只要几秒钟。请过一会儿再下载。

    The records of this certificate are being written to the transparency log, which takes a few seconds. Please try again soon.
    """


def get_proof(certificate_id: UUID, *, by: Actor) -> dict[str, Any]:
    """Return the receipts of what happened to a certificate, to whom may see it; raises NotFound, CertificateNotProvenYet.

    The line of a seal carries the digest of the sealed file: with a co-signed checkpoint it stands as a time stamp for it.
    """
    get_certificate(certificate_id, by)
    lines = [line.id for line in history.list_for("certificate", certificate_id) if line.entry.action in _PROVING]
    made = [one for one in reading.receipts(lines).values() if one is not None]
    if not made:
        raise CertificateNotProvenYet
    return receipts.bundle(made)

"""Proof for the applicant: every line of the history of an application, with its place on the transparency log."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from yijianshi.applications import queries as applications
from yijianshi.foundation import history
from yijianshi.foundation.transparency import reading
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict
from yijianshi.kernel.merkle import receipts
from yijianshi.kernel.text import Text


class NothingProvenYet(Conflict):
    """这件事的记录正在写入存证日志，通常只要几秒钟。请过一会儿再下载。

    The records of this application are being written to the transparency log, which takes a few seconds. Please try again soon.
    """


@dataclass(frozen=True, slots=True)
class Proofs:
    """How far an application is proven: lines on the log and still waiting, and by whom its checkpoint is co-signed."""

    application_id: UUID
    title: Text
    proven: int
    waiting: int
    latest: reading.Cosigned | None


def get_proofs(application_id: UUID, *, by: Actor) -> Proofs:
    """Return how far the actor's application is proven; raises NotFound for a stranger's."""
    card = applications.get_application(application_id, by=by)
    found = _receipts(application_id)
    proven = sum(one is not None for one in found.values())
    latest = reading.latest()
    return Proofs(application_id, card.title, proven, len(found) - proven, latest[0] if latest else None)


def get_proof_file(application_id: UUID, *, by: Actor) -> dict[str, Any]:
    """Return the receipts of the actor's application, oldest line first; raises NotFound, NothingProvenYet."""
    applications.get_application(application_id, by=by)
    made = [one for one in _receipts(application_id).values() if one is not None]
    if not made:
        raise NothingProvenYet
    return receipts.bundle(made)


def _receipts(application_id: UUID) -> dict[int, dict[str, Any] | None]:
    return reading.receipts([line.id for line in history.list_for_application(application_id)])

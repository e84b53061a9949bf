"""Fetching files from the other side: leased, proven by their digest, stored, and once all are here, told."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yijianshi.crossregion.commands.arrive import return_to_origin
from yijianshi.crossregion.events import FilesArrived
from yijianshi.crossregion.logic.states import Stage
from yijianshi.crossregion.models import Passage, PassageFile
from yijianshi.crossregion.queries.locks import lease_files, lock_passages
from yijianshi.exchange.logic.breaker import wait_after
from yijianshi.foundation import events, files
from yijianshi.identity.logic.actor import Actor, ActorKind
from yijianshi.kernel.errors import DomainError

LEASE = timedelta(minutes=3)
_TOMORROW = timedelta(days=1)
PERSONS = Actor(kind=ActorKind.PERSON)  # whose upload it counts as: the applicant's, who has no account here


@dataclass(frozen=True, slots=True)
class Due:
    """One file to fetch."""

    id: int
    passage_id: UUID
    about: str
    digest: str
    name: str
    size: int
    attempts: int


def due_files(peer: str, most: int, *, at: datetime) -> list[Due]:
    """Lease up to *most* files that are due."""
    ids = lease_files(peer, most, at=at, until=at + LEASE)
    rows = PassageFile.objects.filter(id__in=ids).select_related("passage").order_by("id")
    return [Due(row.id, row.passage_id, row.passage.about, row.digest, row.name, row.size, row.attempts) for row in rows]


@transaction.atomic
def note_fetched(due: Due, content: bytes, *, at: datetime) -> bool:
    """Store a file that has come; return False for one that is not what was announced or that we would never take."""
    (passage,) = lock_passages([due.passage_id])
    row = PassageFile.objects.filter(id=due.id, file_id=None).first()
    if row is None:
        return True
    if hashlib.sha256(content).hexdigest() != due.digest:
        note_away(due, "the content does not fit its digest", at=at)
        return False
    try:
        row.file_id = files.store(content, name=row.name, by=PERSONS, at=at).id
    except DomainError as refusal:
        _never(passage, row, refusal, at)
        return False
    row.error = ""
    row.save(update_fields=["file_id", "error"])
    if not passage.files.filter(way="IN", file_id=None).exists():
        events.publish(FilesArrived(str(passage.id)))
    return True


def _never(passage: Passage, row: PassageFile, refusal: DomainError, at: datetime) -> None:
    """A file that would never be taken: an application comes back with the reason, anything else is looked at again tomorrow."""
    row.error, row.next_at = f"{refusal.text.zh} / {refusal.text.en}"[:500], at + _TOMORROW
    row.save(update_fields=["error", "next_at"])
    if passage.side == Passage.Side.HOME and passage.stage == Stage.SENT:
        passage.files.filter(way="IN", file_id=None).delete()
        return_to_origin(passage, refusal.text, at=at)


def note_away(due: Due, why: str, *, at: datetime, jitter: float = 1.0) -> None:
    """Write down that a file could not be fetched; it is fetched again later, without end."""
    rows = PassageFile.objects.filter(id=due.id, file_id=None)
    rows.update(error=why[:500], next_at=at + wait_after(due.attempts, jitter))


def hasten(peer: str, *, at: datetime) -> None:
    """Make the files that rest after failed tries due now, because the peer may be back; one it refused waits for its day."""
    rows = PassageFile.objects.filter(passage__peer=peer, way="IN", file_id=None, attempts__gt=0)
    rows.filter(next_at__gt=at, next_at__lt=at + _TOMORROW / 2).update(next_at=at)

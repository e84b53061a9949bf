"""Taking passages and files for a command: a passage before anything of its application."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.crossregion.models import Passage
from yijianshi.foundation import batch

_FILES = """
WITH due AS MATERIALIZED (SELECT f.id FROM crossregion_file f JOIN crossregion_passage p ON p.id = f.passage_id
WHERE f.way = 'IN' AND f.file_id IS NULL AND p.peer = %s AND f.next_at <= %s ORDER BY f.next_at, f.id LIMIT %s
FOR UPDATE OF f SKIP LOCKED)
UPDATE crossregion_file AS f SET next_at = %s, attempts = f.attempts + 1 FROM due WHERE f.id = due.id RETURNING f.id
"""
_LOOK = """
WITH due AS MATERIALIZED (SELECT id FROM crossregion_passage WHERE side = 'HOME' AND peer = %s AND ended_at IS NULL
AND application_id IS NOT NULL AND looked_at <= %s ORDER BY looked_at LIMIT %s FOR UPDATE SKIP LOCKED)
UPDATE crossregion_passage AS p SET looked_at = %s FROM due WHERE p.id = due.id RETURNING p.id
"""


def lock_passages(ids: Collection[UUID]) -> list[Passage]:
    """Take these passages until the end of the transaction, in the order of their ids."""
    return list(Passage.objects.select_for_update().filter(id__in=ids).order_by("id"))


def lock_thread(side: str, peer: str, abouts: Collection[str]) -> dict[str, Passage]:
    """Take the passages of these threads with one peer until the end of the transaction."""
    rows = Passage.objects.select_for_update().filter(side=side, peer=peer, about__in=abouts).order_by("id")
    return {row.about: row for row in rows}


def lock_for_application(application_id: UUID) -> Passage | None:
    """Take the passage of an application that was sent away, None when it was not."""
    return Passage.objects.select_for_update().filter(side=Passage.Side.ORIGIN, application_id=application_id).first()


def lease_files(peer: str, most: int, *, at: datetime, until: datetime) -> list[int]:
    """Lease up to *most* files that are due to be fetched from this peer, until that moment."""
    return [row[0] for row in batch.select(_FILES, [peer, at, most, until])]


def lease_looks(peer: str, most: int, *, before: datetime, at: datetime) -> list[UUID]:
    """Take up to *most* open passages of this peer that were not looked at since *before*, the longest unseen first."""
    rows: Sequence[Any] = batch.select(_LOOK, [peer, before, most, at])
    return [row[0] for row in rows]

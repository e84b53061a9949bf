"""What this room writes into the append-only history: who did what to which account, person or mandate; never values."""

from datetime import datetime
from uuid import UUID

from yijianshi.foundation import history
from yijianshi.foundation.history import Entry
from yijianshi.identity.logic.actor import Actor


def entry(subject_kind: str, subject_id: UUID, action: str, by: Actor, at: datetime) -> Entry:
    """Return one history entry of this room."""
    return Entry(subject_kind=subject_kind, subject_id=subject_id, action=action, actor=by.to_record(), at=at)


def record(entries: list[Entry]) -> None:
    """Write entries inside the caller's transaction."""
    history.record(entries)

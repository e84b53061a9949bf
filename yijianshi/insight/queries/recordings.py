"""Which recordings there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from yijianshi.foundation import batch
from yijianshi.identity.logic.actor import Actor
from yijianshi.insight.logic.access import require_insight
from yijianshi.insight.logic.recording import Recording
from yijianshi.insight.logic.stored import from_json
from yijianshi.insight.models import RecordingSet
from yijianshi.kernel.errors import NotFound

_SETS_IN_MEMORY = 8
_ROWS = 'SELECT version_id, "on", content, count FROM insight_recording WHERE recording_set_id = %s ORDER BY "on", digest'


class NoRecordings(NotFound):
    """没有找到这组记录，可能已经被新的一组取代。请回到推演页重新选。

    These recordings were not found; a newer set may have replaced them. Please choose again on the simulation page.
    """


@dataclass(frozen=True, slots=True)
class RecordingSetCard:
    """One set in a list."""

    id: UUID
    thing_code: str
    is_sample: bool
    since: date
    made_at: datetime
    applications: int
    left_out: int
    standing_out: int
    arrivals: Mapping[date, int]


def list_sets(*, by: Actor) -> list[RecordingSetCard]:
    """Return all sets by thing, real ones before samples. Raises Forbidden."""
    require_insight(by)
    return [_card(row) for row in RecordingSet.objects.order_by("thing_code", "is_sample")]


def find_set(thing_code: str, *, by: Actor) -> RecordingSetCard | None:
    """Return the thing's real recordings, else its samples, else None. Raises Forbidden."""
    return next((card for card in list_sets(by=by) if card.thing_code == thing_code), None)


def get_set(set_id: UUID, *, by: Actor) -> RecordingSetCard:
    """Return one set. Raises NoRecordings, Forbidden."""
    require_insight(by)
    row = RecordingSet.objects.filter(id=set_id).first()
    if row is None:
        raise NoRecordings()
    return _card(row)


def get_recordings(set_id: UUID, *, by: Actor) -> Mapping[UUID, tuple[Recording, ...]]:
    """Return version → its recordings in order of day. Raises NoRecordings, Forbidden."""
    get_set(set_id, by=by)
    return _recordings(set_id)


@lru_cache(maxsize=_SETS_IN_MEMORY)  # a set never changes; a new one has another id
def _recordings(set_id: UUID) -> Mapping[UUID, tuple[Recording, ...]]:
    found: dict[UUID, list[Recording]] = {}
    for version_id, on, content, count in batch.select(_ROWS, [set_id]):
        found.setdefault(version_id, []).append(from_json(on, content, count))
    return {version_id: tuple(recordings) for version_id, recordings in found.items()}


def _card(row: RecordingSet) -> RecordingSetCard:
    return RecordingSetCard(
        id=row.id,
        thing_code=row.thing_code,
        is_sample=row.is_sample,
        since=row.since,
        made_at=row.made_at,
        applications=row.applications,
        left_out=row.left_out,
        standing_out=row.standing_out,
        arrivals={date.fromisoformat(day): count for day, count in row.arrivals.items()},
    )

"""What an applicant is told about a draft that was moved to a newer version, and how many drafts stand on each version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from yijianshi.applications.logic.carrying import Dropped
from yijianshi.applications.models import Application, MovedDraft
from yijianshi.kernel.text import Text

VersionCounts = Mapping[UUID, tuple[int, int]]  # version → (drafts, submitted)


@dataclass(frozen=True, slots=True)
class Moved:
    """The last move of a draft: when, why, and what could not go along."""

    at: datetime
    reason: Text
    dropped: tuple[Dropped, ...]


def last_move(application_id: UUID) -> Moved | None:
    """Return the last move of a draft its reader may see already, or None."""
    row = MovedDraft.objects.filter(application_id=application_id).order_by("-at").first()
    if row is None:
        return None
    return Moved(row.at, Text(**row.reason), tuple(Dropped.from_json(one) for one in row.dropped))


def count_by_version() -> VersionCounts:
    """Return version → (drafts, submitted), in one query; figures only, so nobody's applications are shown."""
    counts: dict[UUID, list[int]] = {}
    rows = Application.objects.values_list("version_id", "state").annotate(Count("id"))
    for version_id, state, count in rows:
        if state in (Application.State.DRAFT, Application.State.SUBMITTED):
            counts.setdefault(version_id, [0, 0])[state == Application.State.SUBMITTED] += count
    return {version_id: (drafts, submitted) for version_id, (drafts, submitted) in counts.items()}

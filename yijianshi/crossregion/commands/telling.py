"""Telling the person at the origin what happened far away, in the words the content has for it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from yijianshi.applications import commands as applications
from yijianshi.crossregion.events import PassageTold
from yijianshi.crossregion.models import Passage
from yijianshi.crossregion.queries.passages import place_of

TOLD = ("ARRIVED_AT_HOME", "CORRECTION", "NOT_ACCEPTED", "RETURNED", "HANDED_OVER")


def tell_stages(happened: Sequence[PassageTold], *, at: datetime) -> int:
    """Tell of those stages a person wants to hear of; each at most once for one change. Return how many notices are new."""
    wanted = [one for one in happened if one.stage in TOLD]
    rows = {row.id: row for row in Passage.objects.filter(id__in=[UUID(one.passage_id) for one in wanted])}
    told: dict[UUID, list[applications.Happened]] = {}
    for one in wanted:
        row = rows.get(UUID(one.passage_id))
        if row is None or row.application_id is None:
            continue
        key = f"passage:{row.id}:{one.stage}:{row.updated_at.isoformat()}"
        news = applications.Happened(key=key, outcome=one.stage, words={"place": place_of(row.peer)})
        told.setdefault(row.application_id, []).append(news)
    return applications.tell_about("crossregion.told", told, at=at)

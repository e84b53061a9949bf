"""What people are told when something happens, as published."""

from datetime import date
from functools import lru_cache
from uuid import UUID

from yijianshi.catalogue.logic.schema.notice import Notice
from yijianshi.catalogue.models import PublishedSheet
from yijianshi.catalogue.models.published_sheet import ALL, NOTICES


def list_notices(event: str, *, on: date) -> list[Notice]:
    """Return the notices of one event in force on the day *on*, of all its outcomes; empty when nothing is published for it."""
    sheets = PublishedSheet.objects.filter(kind=NOTICES, code=ALL, effective_on__lte=on).order_by("-version")
    newest = sheets.values_list("id", flat=True).first()
    return [] if newest is None else [notice for notice in _sheet(newest) if notice.event == event]


@lru_cache(maxsize=8)
def _sheet(sheet_id: UUID) -> tuple[Notice, ...]:
    content = PublishedSheet.objects.values_list("content", flat=True).get(id=sheet_id)
    return tuple(Notice.model_validate(one) for one in content["notices"])

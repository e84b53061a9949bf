"""The catalogue's tables."""

from yijianshi.catalogue.models.published_sheet import PublishedSheet
from yijianshi.catalogue.models.published_thing import PublishedThing

__all__ = ["PublishedSheet", "PublishedThing"]

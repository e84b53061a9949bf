"""The catalogue's table."""

from yijianshi.catalogue.models.published_thing import PublishedThing

__all__ = ["PublishedThing"]

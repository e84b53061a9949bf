"""The catalogue's verbs."""

from yijianshi.catalogue.commands.publish import ContentHasErrors, Published, publish

__all__ = ["ContentHasErrors", "Published", "publish"]

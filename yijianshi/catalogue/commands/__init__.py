"""The catalogue's verbs."""

from yijianshi.catalogue.commands.publish import ContentHasErrors, FolderPublished, publish, publish_folder
from yijianshi.catalogue.commands.versions import Published

__all__ = ["ContentHasErrors", "FolderPublished", "Published", "publish", "publish_folder"]

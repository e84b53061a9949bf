"""The catalogue's verbs."""

from yijianshi.catalogue.commands.elsewhere import NotTheirThing, end_things, keep_thing
from yijianshi.catalogue.commands.publish import ContentHasErrors, FolderPublished, publish, publish_folder
from yijianshi.catalogue.commands.versions import Published

__all__ = [
    "ContentHasErrors",
    "FolderPublished",
    "NotTheirThing",
    "Published",
    "end_things",
    "keep_thing",
    "publish",
    "publish_folder",
]

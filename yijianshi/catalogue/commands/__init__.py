"""The catalogue's verbs."""

from yijianshi.catalogue.commands.elsewhere import NotTheirThing, end_things, keep_thing
from yijianshi.catalogue.commands.publish import ContentHasErrors, FolderPublished, publish, publish_folder
from yijianshi.catalogue.commands.pull import Pulled, propose_pulled
from yijianshi.catalogue.commands.versions import Published

__all__ = [
    "ContentHasErrors",
    "FolderPublished",
    "NotTheirThing",
    "Published",
    "Pulled",
    "end_things",
    "keep_thing",
    "propose_pulled",
    "publish",
    "publish_folder",
]

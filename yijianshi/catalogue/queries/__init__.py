"""Reading the catalogue: published versions are public, so every actor sees the same."""

from yijianshi.catalogue.queries.cards import ItemCard, ThingCard, list_items, list_things
from yijianshi.catalogue.queries.versions import (
    ThingNotPublished,
    VersionCard,
    find_current_id,
    get_current,
    get_version,
    list_versions,
)

__all__ = [
    "ItemCard",
    "ThingCard",
    "ThingNotPublished",
    "VersionCard",
    "find_current_id",
    "get_current",
    "get_version",
    "list_items",
    "list_things",
    "list_versions",
]

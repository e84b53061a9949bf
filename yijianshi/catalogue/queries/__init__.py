"""Reading the catalogue: published versions are public, so every actor sees the same."""

from yijianshi.catalogue.queries.cards import ItemCard, ThingCard, list_items, list_things
from yijianshi.catalogue.queries.elsewhere import kept_shas, list_elsewhere, list_travelling
from yijianshi.catalogue.queries.lists import ListCard, MatterCard, MatterNotListed, get_matter, list_matter_lists
from yijianshi.catalogue.queries.notices import list_notices
from yijianshi.catalogue.queries.savings import ThingSavings, get_savings, list_savings
from yijianshi.catalogue.queries.versions import (
    PublishedVersion,
    ThingNotPublished,
    VersionCard,
    find_current_id,
    find_published_name,
    find_version,
    get_current,
    get_version,
    list_all_versions,
    list_versions,
)

__all__ = [
    "ItemCard",
    "ListCard",
    "MatterCard",
    "MatterNotListed",
    "PublishedVersion",
    "ThingCard",
    "ThingNotPublished",
    "ThingSavings",
    "VersionCard",
    "find_current_id",
    "find_published_name",
    "find_version",
    "get_current",
    "get_matter",
    "get_savings",
    "get_version",
    "kept_shas",
    "list_all_versions",
    "list_elsewhere",
    "list_items",
    "list_matter_lists",
    "list_notices",
    "list_savings",
    "list_things",
    "list_travelling",
    "list_versions",
]

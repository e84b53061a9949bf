"""The names of things, items, materials and facts as a proposal has them, by code."""

from collections.abc import Mapping
from uuid import UUID

from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.queries import authoring as catalogue
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.text import Text


def names(proposal_id: UUID | None, *, by: Actor) -> Mapping[str, Text]:
    """Return the names of things and items by code, things first where a code is both."""
    library = catalogue.preview_library(proposal_id, by=by)
    found = {code: document.model.name for code, document in library.items.items()}
    return found | {code: document.model.name for code, document in library.things.items()}


def words(library: Library) -> Mapping[str, Mapping[str, Text]]:
    """Return, for each kind of reference of the forms, the names by code."""
    return {
        "fact": {name: document.model.label for name, document in library.elements.items()},
        "item": {code: document.model.name for code, document in library.items.items()},
        "material": {code: document.model.name for code, document in library.materials.items()},
        "certificate": {code: document.model.name for code, document in library.certificates.items()},
        "letter": {code: document.model.name for code, document in library.commitments.items()},
        "department": {code: document.model.name for code, document in library.departments.items()},
        "thing": {code: document.model.name for code, document in library.things.items()},
        "entity": {code: document.model.label for code, document in library.entities.items()},
    }

"""What the catalogue tells the rooms above it."""

from dataclasses import dataclass
from uuid import UUID

from yijianshi.foundation.events import event


@event("catalogue.published")
@dataclass(frozen=True, slots=True)
class ThingPublished:
    """A new version of a thing can be applied for from its effective day on."""

    version_id: UUID
    code: str
    version: int

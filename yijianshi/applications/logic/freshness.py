"""How long a material that was handed in once may be used again."""

from dataclasses import dataclass
from datetime import date, timedelta

from yijianshi.catalogue.logic.schema import Material


@dataclass(frozen=True, slots=True)
class Fresh:
    """Until when a material may be used again; *until* is None where it may never be."""

    until: date | None

    def holds(self, on: date) -> bool:
        """Say whether it may be used on that day."""
        return self.until is not None and on <= self.until


def fresh_of(material: Material, handed_in: date, usual: int) -> Fresh:
    """Return until when *material*, handed in on that day, may be used again: the content's own days, else the *usual* ones."""
    days = material.freshness.days if material.freshness else usual
    return Fresh(handed_in + timedelta(days=days) if days else None)

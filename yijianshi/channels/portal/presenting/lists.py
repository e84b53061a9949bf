"""My applications in a list: what waits for me first, each with its state in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from yijianshi.applications.queries import ApplicationCard
from yijianshi.cases.logic.outcome import Overall
from yijianshi.channels.portal.presenting import progress
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Row:
    """One submitted application."""

    card: ApplicationCard
    tone: str
    words: Text

    @property
    def waits(self) -> bool:
        """Say whether the departments wait for the citizen."""
        return self.tone == "waiting"


def rows(cards: Sequence[ApplicationCard], overalls: Mapping[UUID, tuple[Overall, Text]]) -> list[Row]:
    """Return the submitted applications; those that wait for the citizen come first, the rest as given."""
    known = [(card, *overalls[card.id]) for card in cards if card.state == "SUBMITTED" and card.id in overalls]
    shown = [Row(card, progress.tone_of(overall), words) for card, overall, words in known]
    return sorted(shown, key=lambda row: not row.waits)

"""My applications in a list: what waits for me first, each with its state in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from yijianshi.applications.queries import ApplicationCard
from yijianshi.cases.logic.outcome import Overall
from yijianshi.cases.queries.views import DeferredView
from yijianshi.catalogue.logic.elsewhere import peer_of
from yijianshi.channels.portal.presenting import elsewhere, progress
from yijianshi.channels.shared.fields import field_id
from yijianshi.crossregion import queries as crossregion
from yijianshi.crossregion.logic.states import TEXTS, Stage
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Owed:
    """A paper still to follow, with the place to hand it in and whether its day has passed."""

    view: DeferredView
    link: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One submitted application."""

    card: ApplicationCard
    tone: str
    words: Text
    papers: tuple[Owed, ...] = ()

    @property
    def is_away(self) -> bool:
        """Say whether another region decides on it."""
        return bool(peer_of(self.card.thing_code))

    @property
    def waits(self) -> bool:
        """Say whether the departments wait for the citizen."""
        return self.tone == "waiting"


def rows(
    cards: Sequence[ApplicationCard],
    overalls: Mapping[UUID, tuple[Overall, Text]],
    owed: Mapping[UUID, Sequence[DeferredView]],
    today: date,
) -> list[Row]:
    """Return the submitted applications; those that wait for the citizen come first, then those that miss a paper."""
    known = [(card, *overalls[card.id]) for card in cards if card.state == "SUBMITTED" and card.id in overalls]
    shown = [
        Row(card, progress.tone_of(overall), words, tuple(_owed(card, paper, today) for paper in owed.get(card.id, ())))
        for card, overall, words in known
    ]
    return sorted_rows(shown)


def rows_away(cards: Sequence[ApplicationCard]) -> list[Row]:
    """Return the applications for other regions, each with where it stands on its way."""
    stages = crossregion.stages_of([card.id for card in cards])
    known = [(card, *stages.get(card.id, (Stage.SENT, TEXTS[Stage.SENT]))) for card in cards]
    return [Row(card, elsewhere.tone_of(stage), words) for card, stage, words in known]


def sorted_rows(shown: Sequence[Row]) -> list[Row]:
    """Return rows with those first that wait for the citizen, then those that miss a paper, then the newest."""
    newest = sorted(shown, key=lambda row: row.card.updated_at, reverse=True)
    return sorted(newest, key=lambda row: (not row.waits, not row.papers))


def _owed(card: ApplicationCard, paper: DeferredView, today: date) -> Owed:
    link = f"{reverse('portal:application', args=[card.id])}#{field_id(paper.code)}"
    return Owed(paper, link, paper.due_on is not None and paper.due_on < today)

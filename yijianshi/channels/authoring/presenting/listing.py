"""Proposals in a list: what waits, what is mine, everything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yijianshi.catalogue.logic.authoring.states import OPEN
from yijianshi.catalogue.queries.authoring import ProposalCard
from yijianshi.channels.authoring.presenting.proposals import TONES
from yijianshi.kernel.text import Text

_SHOWN: dict[str, tuple[Text, Callable[[ProposalCard], bool]]] = {
    "": (Text("进行中", "Open"), lambda card: card.state in OPEN),
    "mine": (Text("我参与的", "Mine"), lambda card: card.is_mine),
    "review": (Text("待审核", "To review"), lambda card: card.state == "IN_REVIEW"),
    "published": (Text("已发布", "Published"), lambda card: card.state == "PUBLISHED"),
    "all": (Text("全部", "All"), lambda card: True),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to look at the list."""

    code: str
    label: Text
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal with the tone of its state."""

    card: ProposalCard
    tone: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The whole page."""

    tabs: tuple[Tab, ...]
    rows: tuple[Row, ...]


def proposals(cards: Sequence[ProposalCard], shown: str) -> Listed:
    """Return the page for a tab; an unknown one shows what is open."""
    chosen = shown if shown in _SHOWN else ""
    tabs = tuple(Tab(code, label, sum(map(belongs, cards)), code == chosen) for code, (label, belongs) in _SHOWN.items())
    return Listed(tabs, tuple(Row(card, TONES[card.state]) for card in cards if _SHOWN[chosen][1](card)))

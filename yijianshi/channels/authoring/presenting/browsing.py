"""The content in use, by kind: what there is, what was changed here, what is being changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from yijianshi.catalogue.logic.authoring.places import SORTS
from yijianshi.catalogue.queries.authoring import FileCard
from yijianshi.kernel.text import Text

FIRST = "thing"
_ALL = Text("全部", "All")
_PREVIEWED = {"thing": "", "item": "item:"}


@dataclass(frozen=True, slots=True)
class Tab:
    """One kind of content with its number of files."""

    code: str
    label: Text
    count: int
    query: str
    current: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One file; ``preview`` is the code under which it can be seen as citizens would."""

    card: FileCard
    preview: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The whole page."""

    tabs: tuple[Tab, ...]
    rows: tuple[Row, ...]
    kind: str
    search: str


def shelf(cards: Sequence[FileCard], kind: str, search: str) -> Shelf:
    """Return the page for a kind; a search without a kind looks everywhere."""
    counts = Counter(card.kind for card in cards)
    chosen = kind if kind in SORTS else ("" if search else FIRST)
    tabs = [_tab("", _ALL, len(cards), search, chosen)] if search else []
    tabs += [_tab(code, label, counts[code], search, chosen) for code, label in SORTS.items() if counts[code]]
    rows = tuple(Row(card, previewed(card.kind, card.code)) for card in cards if not chosen or card.kind == chosen)
    return Shelf(tuple(tabs), rows, chosen, search)


def previewed(kind: str, code: str) -> str:
    """Return the code under which a file's content can be previewed, nothing for what citizens meet only inside others."""
    return f"{_PREVIEWED[kind]}{code}" if kind in _PREVIEWED and code else ""


def _tab(code: str, label: Text, count: int, search: str, chosen: str) -> Tab:
    query = urlencode({name: value for name, value in (("kind", code), ("q", search)) if value})
    return Tab(code, label, count, query, code == chosen)

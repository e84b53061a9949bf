"""The lists of key matters as pages show them: by year and batch, what runs here, what is to come, what nobody confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.schema.matter_list import Matter
from yijianshi.channels.portal.presenting.words import MEASURES
from yijianshi.channels.shared.confidence import WORDS as SURE
from yijianshi.kernel.text import Text

LIVES = {
    "": Text("全部", "All"),
    "PERSON": Text("个人的事", "For people"),
    "BUSINESS": Text("经营主体的事", "For businesses"),
}
_LIFE_WORDS = {"PERSON": Text("个人", "People"), "BUSINESS": Text("经营主体", "Businesses")}
_STATES: dict[str, tuple[str, Text]] = {
    "SUSPENDED": ("stopped", Text("已暂停", "Suspended")),
    "PILOT": ("running", Text("试点，可以办", "Pilot, open")),
    "IN_OPERATION": ("done", Text("可以办", "Open")),
    "PLANNED": ("idle", Text("还没有开通", "Not open yet")),
}
_UNKNOWN = ("waiting", Text("名称没有核实", "Name unconfirmed"))
_COUNTS = Text("{n} 项：{told}。", "{n:entry|entries}: {told}.")
_COUNTED = (
    Text("可以办 {n}", "{n} open"),
    Text("还没有开通 {n}", "{n} not open yet"),
    Text("名称没有核实 {n}", "{n} unconfirmed"),
)
_PERCENT = Text("减少 {n}%", "{n}% less")
_PAIR = Text("{before} → {after}", "{before} → {after}")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with its state in words; ``tone`` also chooses its mark in the strip."""

    card: catalogue.MatterCard
    tone: str
    state: Text
    life: Text | None
    sure: Text | None

    @property
    def matter(self) -> Matter:
        """Return the entry as published."""
        return self.card.matter


@dataclass(frozen=True, slots=True)
class Batch:
    """One list: the lines that pass the filter, and the strip of all its entries."""

    card: catalogue.ListCard
    lines: tuple[Line, ...]
    strip: tuple[Line, ...]
    sure: Text | None
    unnamed: int
    counts: Text


@dataclass(frozen=True, slots=True)
class Year:
    """The batches of one year."""

    year: int
    batches: tuple[Batch, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole page; a matter that a later list continues is counted once in the totals."""

    years: tuple[Year, ...]
    lists: int
    entries: int
    running: int
    to_come: int
    unnamed: int
    continued: int
    life: str
    lives: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A published before-and-after figure in words."""

    place: Text
    measure: Text
    figure: Text
    source: Text
    sure: Text


@dataclass(frozen=True, slots=True)
class MatterPage:
    """One entry's page."""

    line: Line
    batch: catalogue.ListCard
    figures: tuple[Figure, ...]


def progress(cards: Sequence[catalogue.ListCard], life: str) -> Progress:
    """Return the page for a life cycle, or for all with an unknown one."""
    life = life if life in LIVES else ""
    once = [line for card in cards for line in map(_line, card.matters) if line.matter.continued_as is None]
    running = sum(line.card.runs_here for line in once)
    unnamed = sum(not line.card.is_named for line in once)
    entries = sum(len(card.matters) for card in cards)
    return Progress(
        years=tuple(
            Year(year, tuple(_batch(card, life) for card in group))
            for year, group in groupby(cards, key=lambda one: one.list.year)
        ),
        lists=len(cards),
        entries=len(once),
        running=running,
        to_come=len(once) - running - unnamed,
        unnamed=unnamed,
        continued=entries - len(once),
        life=life,
        lives=tuple(LIVES.items()),
    )


def one_matter(batch: catalogue.ListCard, card: catalogue.MatterCard) -> MatterPage:
    """Return the page of one entry."""
    return MatterPage(_line(card), batch, figures(card.matter))


def figures(matter: Matter) -> tuple[Figure, ...]:
    """Return the figures places have published about a matter, in words."""
    return tuple(
        Figure(
            metric.place,
            MEASURES[metric.measure],
            _PERCENT.format(n=metric.percent_less)
            if metric.percent_less is not None
            else _PAIR.format(before=metric.before, after=metric.after),
            metric.source,
            SURE[metric.confidence],
        )
        for metric in matter.metrics
    )


def _batch(card: catalogue.ListCard, life: str) -> Batch:
    strip = tuple(_line(one) for one in card.matters)
    lines = tuple(line for line in strip if line.card.is_named and life in ("", line.matter.life_cycle))
    return Batch(card, lines, strip, _unsure(card.list.confidence), card.unnamed, _counts(card))


def _counts(card: catalogue.ListCard) -> Text:
    """Return how many entries there are and, of these, what is so; what is nought goes unsaid."""
    parts = [words.format(n=n) for words, n in zip(_COUNTED, (card.running, card.to_come, card.unnamed), strict=True) if n]
    told = Text("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))
    return _COUNTS.format(n=card.list.count, told=told)


def _line(card: catalogue.MatterCard) -> Line:
    matter = card.matter
    life = _LIFE_WORDS.get(matter.life_cycle or "")
    if matter.name is None:
        return Line(card, *_UNKNOWN, life, None)
    status = matter.status
    if status not in ("SUSPENDED", "PILOT"):
        status = "IN_OPERATION" if card.runs_here else "PLANNED"
    return Line(card, *_STATES[status], life, _unsure(matter.confidence))


def _unsure(confidence: str) -> Text | None:
    return None if confidence == "confirmed" else SURE[confidence]

"""The published lists of key matters, and which of their entries run here: the progress anybody may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from yijianshi.catalogue.logic.schema.matter_list import Matter, MatterList
from yijianshi.catalogue.models import PublishedSheet
from yijianshi.catalogue.models.published_sheet import LIST
from yijianshi.catalogue.queries import cards
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound

_SHEETS_IN_MEMORY = 128


class MatterNotListed(NotFound):
    """没有编号为“{code}”的重点事项。请从清单页重新点进来。

    No key matter has the code '{code}'. Please choose it from the list again.
    """


@dataclass(frozen=True, slots=True)
class MatterCard:
    """One entry and the one-thing (in force on the day asked for) by which it can be applied for here, if there is one."""

    matter: Matter
    thing: cards.ThingCard | None
    continued_as: Matter | None = None

    @property
    def runs_here(self) -> bool:
        """Return whether it can be applied for here, be it under its later entry."""
        return self.thing is not None and self.matter.status != "SUSPENDED"

    @property
    def is_named(self) -> bool:
        """Return whether its name is known."""
        return self.matter.name is not None


@dataclass(frozen=True, slots=True)
class ListCard:
    """One list with its entries in order."""

    list: MatterList
    version: int
    published_at: datetime
    matters: tuple[MatterCard, ...]

    @property
    def running(self) -> int:
        """Return how many of its entries run here."""
        return sum(card.runs_here for card in self.matters)

    @property
    def unnamed(self) -> int:
        """Return how many entries have no confirmed name."""
        return sum(not card.is_named for card in self.matters)

    @property
    def to_come(self) -> int:
        """Return how many entries are named and do not run here yet."""
        return self.list.count - self.running - self.unnamed


def list_matter_lists(*, by: Actor, on: date) -> list[ListCard]:
    """Return all lists, the newest first, with what runs here on the day *on*; open to everybody."""
    sheets = PublishedSheet.objects.filter(kind=LIST, effective_on__lte=on).order_by("code", "-version").distinct("code")
    rows = sheets.values_list("id", "version", "published_at", "is_end")
    found = [(_list(sheet_id), version, at) for sheet_id, version, at, is_end in rows if not is_end]
    matters = {matter.code: matter for one, _, _ in found for matter in one.entries}
    things = _things_by_code(cards.list_things(by=by, on=on))
    result = [ListCard(one, version, at, _cards(one.entries, matters, things)) for one, version, at in found]
    return sorted(result, key=lambda card: (card.list.level != "NATION", -card.list.year, -card.list.batch, card.list.code))


def get_matter(code: str, *, by: Actor, on: date) -> tuple[ListCard, MatterCard]:
    """Return one entry with its list. Raises MatterNotListed."""
    for one in list_matter_lists(by=by, on=on):
        for card in one.matters:
            if card.matter.code == code:
                return one, card
    raise MatterNotListed(code=code)


def _things_by_code(things: Sequence[cards.ThingCard]) -> dict[str, cards.ThingCard]:
    found: dict[str, cards.ThingCard] = {}
    for card in things:
        if card.list_code is not None:
            found.setdefault(card.list_code, card)
    return found


def _cards(
    entries: Sequence[Matter], matters: Mapping[str, Matter], things: Mapping[str, cards.ThingCard]
) -> tuple[MatterCard, ...]:
    return tuple(
        MatterCard(
            matter,
            things.get(matter.code) or things.get(matter.continued_as or ""),
            matters.get(matter.continued_as or ""),
        )
        for matter in entries
    )


@lru_cache(maxsize=_SHEETS_IN_MEMORY)
def _list(sheet_id: UUID) -> MatterList:
    return MatterList.model_validate(PublishedSheet.objects.values_list("content", flat=True).get(id=sheet_id))

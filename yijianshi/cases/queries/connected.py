"""Which items are really connected to departments' own systems: in the catalogue, entered, and at work lately."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yijianshi.catalogue import queries as catalogue
from yijianshi.exchange import queries as neighbours
from yijianshi.foundation import batch
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.text import Text

LOOKS_BACK = timedelta(days=30)
_OF_EACH = 20  # newest cases of an item that are looked at
_RECENT = """
SELECT item_code, number FROM (SELECT item_code, number, row_number() OVER (PARTITION BY item_code ORDER BY id DESC) AS place
FROM cases_case WHERE item_code = ANY(%s) AND created_at > %s) AS newest WHERE place <= %s
"""


class NotYourFigure(Forbidden):
    """这组数字给监督人员和系统管理员看。

    These figures are for supervisors and operators.
    """


@dataclass(frozen=True, slots=True)
class ItemConnected:
    """One item: its kind of department, the systems entered for it, and those that really took one of its cases lately."""

    code: str
    name: Text
    department: str
    entered: tuple[str, ...]
    works: bool


@dataclass(frozen=True, slots=True)
class ConnectedShare:
    """The figure: of all items how many have a system entered, and how many are really carried by it."""

    items: tuple[ItemConnected, ...]
    since: datetime

    @property
    def listed(self) -> int:
        """Return how many items there are."""
        return len(self.items)

    @property
    def entered(self) -> int:
        """Return for how many a system is entered and switched on."""
        return sum(bool(one.entered) for one in self.items)

    @property
    def works(self) -> int:
        """Return of how many a case really went there lately."""
        return sum(one.works for one in self.items)


def connected_share(*, by: Actor, at: datetime, on: date) -> ConnectedShare:
    """Return the figure for the items in force on the day *on*; raises NotYourFigure."""
    if not (by.is_system or (by.is_staff and by.has_role(Role.SUPERVISOR, Role.OPERATOR))):
        raise NotYourFigure
    cards, since = catalogue.list_items(by=by, on=on), at - LOOKS_BACK
    carried = _carried([card.code for card in cards], since)
    systems = [one for one in neighbours.list_neighbours() if one.is_enabled]
    items = []
    for card in cards:
        entered = tuple(one.code for one in systems if _takes(one, card))
        works = bool(entered) and carried.get(card.code, False)
        items.append(ItemConnected(card.code, card.name, card.department_kind, entered, works))
    return ConnectedShare(tuple(items), since)


def _takes(system: neighbours.NeighbourCard, card: catalogue.ItemCard) -> bool:
    """Say whether the system is entered for this item somewhere."""
    places = [place for place in system.entry.serves if place.department == card.department_kind]
    return any(not place.items or card.code in place.items for place in places)


def _carried(codes: Collection[str], since: datetime) -> Mapping[str, bool]:
    rows = batch.select(_RECENT, [list(codes), since, _OF_EACH])
    gone = neighbours.carried_since([number for _, number in rows], since)
    found: dict[str, bool] = {}
    for code, number in rows:
        found[code] = found.get(code, False) or number in gone
    return found

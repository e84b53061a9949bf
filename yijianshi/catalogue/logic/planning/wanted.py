"""All needs for one fact or one material, collected over the items, with the rule that explains the outcome."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from yijianshi.catalogue.logic.planning.items import Standing, both
from yijianshi.catalogue.logic.prepared import item_key
from yijianshi.catalogue.logic.schema import Item
from yijianshi.kernel.rules import Outcome
from yijianshi.kernel.text import Text

_NO_ITEM = Text("没有事项用到它。", "No item uses it.")


@dataclass(slots=True)
class Wanted:
    """Who needs it; ``certain`` when somebody surely does, ``required`` when somebody surely insists."""

    needed_by: dict[str, Item] = field(default_factory=dict)
    required: bool = False
    certain: bool = False
    open_key: str | None = None
    closed_key: str | None = None

    @property
    def items(self) -> list[Item]:
        """Return the items that need it, or may need it."""
        return list(self.needed_by.values())

    def add(self, item: Item, outcome: Outcome, key: str | None, required: bool) -> None:
        """Take in one item's need; *key* names the rule that decided about it, where there is one."""
        if outcome is False:
            self.closed_key = self.closed_key or key
            return
        self.needed_by[item.code] = item
        if outcome is True:
            self.certain = True
            self.required = self.required or required
        else:
            self.open_key = self.open_key or key

    def why_not(self, standing: Standing) -> Text:
        """Return why nobody needs it."""
        return standing.reasons.of(self.closed_key) if self.closed_key else _NO_ITEM


Part = tuple[str, str, bool]


def collect(standing: Standing, parts: Iterable[tuple[Item, Iterable[Part]]]) -> dict[str, Wanted]:
    """Return what is wanted by name; *parts* are each item's (name, rule key, required)."""
    wanted: dict[str, Wanted] = {}
    outcomes = standing.outcomes
    for item, entries in parts:
        whole_key = item_key(item.code)
        whole = outcomes.get(whole_key, True)
        for name, key, required in entries:
            part = outcomes.get(key, True)
            entry = wanted.get(name)
            if entry is None:
                entry = wanted[name] = Wanted()
            deciding = whole_key if whole is not True else key if key in outcomes else None
            entry.add(item, both(whole, part), deciding, required)
    return wanted

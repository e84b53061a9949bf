"""Items handled one at a time: in which order, which can begin at once, and why the others come later."""

import re
from dataclasses import dataclass

from yijianshi.catalogue.logic.plan import Plan, PlannedItem
from yijianshi.catalogue.logic.schema.item import HOLDING
from yijianshi.kernel import graph
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One item with its place in the order; *after* are the items to finish before it, *reasons* say why.

    *single* is the item as it is applied for on its own.
    """

    item: PlannedItem
    department: Text
    after: tuple[Text, ...]
    reasons: tuple[Text, ...]

    single: str

    @property
    def after_text(self) -> Text:
        """Return the items to finish before this one, in one phrase."""
        return Text("、".join(f"“{name.zh}”" for name in self.after), ", ".join(f'"{name.en}"' for name in self.after))


def steps(plan: Plan) -> list[Step]:
    """Return the included items, each after those whose result it needs or whose end it waits for; otherwise as authored."""
    items = {item.code: item for item in plan.items if item.status == "INCLUDED"}
    holding = [edge for edge in plan.edges if edge.kind in HOLDING and edge.upstream in items and edge.downstream in items]
    needs = {code: [edge.upstream for edge in holding if edge.downstream == code] for code in items}
    return [
        Step(
            items[code],
            items[code].department,
            tuple(items[upstream].name for upstream in needs[code]),
            tuple(edge.reason for edge in holding if edge.downstream == code),
            single_code(plan, code),
        )
        for code in graph.topological_order(list(items), needs)
    ]


def single_code(plan: Plan, code: str) -> str:
    """Return the code under which an item is applied for on its own: one application for all vehicles, there too."""
    plain = re.sub(r"-\d+$", "", code)
    return plain if any(item.code == plain for item in plan.items) else code

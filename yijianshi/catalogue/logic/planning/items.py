"""Which items are in, out or open, and the route."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from yijianshi.catalogue.logic.compiled import CompiledItem, CompiledThing
from yijianshi.catalogue.logic.plan import ItemStatus, PlannedItem, Route, Waits
from yijianshi.catalogue.logic.planning.later import why_later
from yijianshi.catalogue.logic.planning.reasons import ALWAYS, Reasons, because, joined
from yijianshi.catalogue.logic.prepared import condition_key, item_key, need_key, use_key
from yijianshi.catalogue.logic.schema import Item, MaterialUse, Need
from yijianshi.kernel.rules import UNKNOWN, Environment, Outcome, names, parse
from yijianshi.kernel.rules.functions import region_prefix
from yijianshi.kernel.text import Text

BUNDLE = Text("您可以一次申请、一起办理。", "You can apply for everything at once.")
_OPEN = Text("还不确定是否要办。{why}", "Not settled yet whether this applies. {why}")
_NOT_OFFERED = Text(
    "“{item}”在您填的地方还没有开通联办，所以不算在这件事里；要办的，请直接找当地的经办单位。",
    "'{item}' is not yet offered jointly where you are, so it is not part of this; if you need it, ask the local body directly.",
)
_NOTHING = Waits()
_NO_RESULT = Text("办理结果", "The result")


@dataclass(frozen=True, slots=True)
class Standing:
    """The outcome of every rule for one set of facts, read by what it is about."""

    thing: CompiledThing
    outcomes: Mapping[str, Outcome]
    reasons: Reasons
    known: Mapping[str, object]
    env: Environment
    together: bool | None = None
    later: Mapping[str, date | None] = field(default_factory=dict)

    def item(self, code: str) -> ItemStatus:
        """Return whether the item is part of the plan."""
        if code in self.later:
            return ItemStatus.LATER
        return _STATUS[self.outcomes.get(item_key(code), True)]

    def need(self, item: Item, position: int) -> Outcome:
        """Return whether the item's n-th need applies, given whether the item does."""
        return self._and(item.code, need_key(item.code, position))

    def use(self, item: Item, position: int) -> Outcome:
        """Return whether the item's n-th material applies, given whether the item does."""
        return self._and(item.code, use_key(item.code, position))

    def active_needs(self, item: Item) -> list[Need]:
        """Return the needs that apply, or may apply."""
        return [need for position, need in enumerate(item.needs) if self.need(item, position) is not False]

    def active_uses(self, item: Item) -> list[MaterialUse]:
        """Return the materials that apply, or may apply."""
        return [use for position, use in enumerate(item.materials) if self.use(item, position) is not False]

    def included(self) -> list[Item]:
        """Return the items that are part of the plan, as the place offers them where they will be handled."""
        return [self.offered(use) for use in self.thing.items if self.item(use.code) is ItemStatus.INCLUDED]

    def offered(self, use: CompiledItem) -> Item:
        """Return the item as its place offers it: a city may promise fewer days than the province's template."""
        return self.thing.item_for(use.definition, self.known)

    def _and(self, code: str, key: str) -> Outcome:
        return both(self.outcomes.get(item_key(code), True), self.outcomes.get(key, True))


def both(whole: Outcome, part: Outcome) -> Outcome:
    """Return Kleene's and of two outcomes."""
    if whole is False or part is False:
        return False
    return True if whole is True and part is True else UNKNOWN


_STATUS: Mapping[Outcome, ItemStatus] = {
    True: ItemStatus.INCLUDED,
    False: ItemStatus.EXCLUDED,
    UNKNOWN: ItemStatus.OPEN,
}


def plan_route(standing: Standing) -> tuple[Route, tuple[Text, ...]]:
    """Return the route: together when every condition of the channel holds, singly when one fails, open otherwise."""
    conditions = standing.thing.conditions
    outcomes = [standing.outcomes[condition_key(position)] for position in range(len(conditions))]
    if standing.together is False and False not in outcomes:  # conditions that contradict each other for this case
        return Route.SINGLE, tuple(c.message for c, outcome in zip(conditions, outcomes, strict=True) if outcome is UNKNOWN)
    failed = [position for position, outcome in enumerate(outcomes) if outcome is False]
    if failed:
        return Route.SINGLE, tuple(conditions[position].message for position in failed)
    unknown = [position for position, outcome in enumerate(outcomes) if outcome is UNKNOWN]
    if unknown:
        return Route.OPEN, tuple(standing.reasons.of(condition_key(position)) for position in unknown)
    return Route.BUNDLE, (BUNDLE,)


def plan_items(standing: Standing, waiting: Mapping[str, Waits]) -> tuple[PlannedItem, ...]:
    """Return every item of the thing with its status and reason, in authored order."""
    return tuple(_planned(use, standing, waiting.get(use.code, _NOTHING)) for use in standing.thing.items)


def is_offered(item: Item, known: Mapping[str, object]) -> bool:
    """Say whether the item is offered where it would be handled; True while that place is not known."""
    place = known.get(item.department.region_from or "")
    if not item.offered_in or place is None:
        return True
    return any(str(place).startswith(region_prefix(one)) for one in item.offered_in)


def result_of(thing: CompiledThing, item: Item) -> Text:
    """Return what the citizen gets: the authored words, else the names of the certificates issued."""
    if item.result is not None:
        return item.result
    names = [thing.certificates_by_code[code].name for code in item.produces.certificates]
    return joined(names) if names else _NO_RESULT


def _planned(use: CompiledItem, standing: Standing, waiting: Waits) -> PlannedItem:
    item = standing.offered(use)
    status = standing.item(item.code)
    why = standing.reasons.of(item_key(item.code)) if use.when or item.eligible else ALWAYS
    if status is ItemStatus.EXCLUDED and not is_offered(item, standing.known):
        why = _NOT_OFFERED.format(item=item.name)
    if status is ItemStatus.LATER and item.eligible:
        wanted = [standing.thing.label(name) for name in sorted(names(parse(item.eligible.on)))]
        why = why_later(item.eligible.text, standing.later[item.code], joined(wanted))
    legal = item.limits.legal
    return PlannedItem(
        code=item.code,
        name=item.name,
        status=status,
        reason=because(_OPEN, why) if status is ItemStatus.OPEN else why,
        department_kind=item.department.kind,
        region_fact=item.department.region_from,
        promised_working_days=item.limits.promise.as_working_days,
        legal_working_days=legal.exact_working_days if legal else None,
        result=result_of(standing.thing, item),
        waits_for=waiting.items,
        order_only=waiting.order_only,
        department=standing.thing.department(item.department.kind),
        wait=item.timer.period if item.timer else None,
        wait_text=item.timer.text if item.timer else None,
        eligible_on=standing.later.get(item.code),
    )

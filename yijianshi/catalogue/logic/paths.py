"""The path of an application: a plan without its words, told thousands of times a second.

``path_of`` reads it off a plan; ``Paths`` works it out directly, ``Twins`` (twins.py) for two versions at once. All agree
(tests/unit/catalogue/test_paths.py, test_twins.py); what decides is the same: the compiled rules, what is settled whatever the
rest may be, and the planner's own order of satisfiers.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.path_finding import Path, Ready
from yijianshi.catalogue.logic.plan import FieldStatus, ItemStatus, MaterialStatus, Offer, Plan
from yijianshi.catalogue.logic.repeating import expanded
from yijianshi.catalogue.logic.schema.item import HOLDING
from yijianshi.catalogue.logic.supplying import effective_facts
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.workdays import Calendar

_LEFT_OUT = {FieldStatus.NOT_NEEDED, FieldStatus.FROM_RESULT}


def path_of(plan: Plan) -> Path:
    """Return the path a plan describes."""
    return Path(
        route=plan.route,
        items=plan.included(),
        undecided=tuple(item.code for item in plan.items if item.status is ItemStatus.OPEN),
        later=tuple(item.code for item in plan.items if item.status is ItemStatus.LATER),
        fields=tuple(entry.name for entry in plan.fields if entry.status not in _LEFT_OUT),
        materials=tuple(
            (entry.code, entry.satisfier or "") for entry in plan.materials if entry.status is not MaterialStatus.NOT_NEEDED
        ),
        waits=tuple(sorted({(edge.downstream, edge.upstream) for edge in plan.edges if edge.kind in HOLDING})),
        working_days=plan.promise.working_days,
    )


class Paths:
    """One thing made ready to tell the paths of many applications; equal outcomes of its rules are worked out once."""

    def __init__(self, thing: CompiledThing, calendar: Calendar | None) -> None:
        self._thing = thing
        self._calendar = calendar
        self._by_objects: dict[str, Ready] = {}
        self._only = None if any(entity.repeats for entity in thing.base.entities) else Ready(thing.base)
        self._day: Environment | None = None

    def of(
        self, facts: Mapping[str, object], *, on: date, offers: Sequence[Offer] = (), choices: Mapping[str, str] | None = None
    ) -> Path:
        """Return the path that ``plan`` would give these facts on the day *on*; days in order are fastest."""
        known = effective_facts(facts, {}, offers)
        ready = self.ready(known)
        return ready.path(ready.case(known, self.day(on), offers, choices or {}))

    def ready(self, known: Mapping[str, object]) -> Ready:
        """Return the thing with as many objects as these facts count, made ready."""
        if self._only is not None:
            return self._only
        thing = expanded(self._thing, known)
        ready = self._by_objects.get(thing.sha)
        if ready is None or not thing.sha:
            ready = self._by_objects[thing.sha] = Ready(thing)
        return ready

    def day(self, on: date) -> Environment:
        """Return the world of rules on this day."""
        if self._day is None or self._day.today != on:
            self._day = Environment(on, self._calendar)
        return self._day


__all__ = ["Path", "Paths", "path_of"]

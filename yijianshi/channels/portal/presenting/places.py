"""Where else a thing can be applied for, and how that place differs for the same answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic import planning
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.elsewhere import ONLINE, code_at, code_there, mode_of, peer_of, places_of
from yijianshi.catalogue.logic.plan import Plan
from yijianshi.catalogue.logic.requirements import Side, requirement_differences
from yijianshi.crossregion import queries as crossregion
from yijianshi.exchange import queries as neighbours
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Offer:
    """One other place that handles the thing."""

    code: str
    place: Text


def offers(code: str, on: date) -> list[Offer]:
    """Return the other places that handle our thing now, none for a thing that is another region's itself."""
    peers = [card.code for card in neighbours.list_peers()]
    if not peers or peer_of(code):
        return []
    found = catalogue.list_elsewhere(code, peers, on)
    return [Offer(code_at(code, peer), crossregion.place_of(peer)) for peer in sorted(found)]


def compared(
    thing: CompiledThing, plan: Plan, answers: Mapping[str, Any], declined: Collection[str], env: Environment
) -> dict[str, Any]:
    """Return, for a thing of another region, ``differences`` in words and ``needs_window``; of our own nothing."""
    peer = peer_of(thing.code)
    version_id = catalogue.find_current_id(code_there(thing.code), env.today) if peer else None
    if version_id is None:
        return {"differences": None}
    own = catalogue.get_version(version_id)
    known = {name: value for name, value in answers.items() if name in own.elements_by_name}
    region = crossregion.region_of(peer)
    there = {name: region for name in places_of(thing) if region and name in thing.elements_by_name} | dict(answers)
    placed = planning.plan(thing, there, declined=frozenset(declined), env=env)
    here = Side(own, planning.plan(own, known, declined=frozenset(declined) & own.questions_by_fact.keys(), env=env))
    differences = requirement_differences(here, Side(thing, placed), crossregion.place_of(peer), but=places_of(thing))
    return {"differences": differences, "needs_window": mode_of(thing, plan.included()) != ONLINE}

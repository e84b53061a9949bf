"""Items that apply, but may be applied for only from a later day."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.prepared import item_key
from yijianshi.kernel.rules import Environment, Expr, Outcome, evaluate, names, parse
from yijianshi.kernel.text import Text, long_date

_FROM = Text("从{day}起可以申请。{text}", "You can apply from {day}. {text}")
_ONCE_KNOWN = Text("从哪天起可以申请，要看：{facts}。{text}", "From when you can apply depends on: {facts}. {text}")


def later_items(
    thing: CompiledThing, outcomes: Mapping[str, Outcome], known: Mapping[str, object], env: Environment
) -> dict[str, date | None]:
    """Return item → the first day to apply, for those that apply to these facts but not yet; None where the day is not known."""
    found: dict[str, date | None] = {}
    for use in thing.items:
        eligible = use.definition.eligible
        if eligible is None or outcomes.get(item_key(use.code)) is True:
            continue
        if use.when is not None and evaluate(_parsed(use.when), known, env) is not True:
            continue
        day = evaluate(_parsed(eligible.on), known, env)
        found[use.code] = (day.date() if isinstance(day, datetime) else day) if isinstance(day, date) else None
    return found


def facts_for_later(thing: CompiledThing) -> frozenset[str]:
    """Return the facts that say whether an item with a first day applies, and from when."""
    found: set[str] = set()
    for use in thing.items:
        if use.definition.eligible is not None:
            found |= names(_parsed(use.definition.eligible.on))
            found |= names(_parsed(use.when)) if use.when else set()
    return frozenset(found)


def why_later(text: Text, day: date | None, facts: Text) -> Text:
    """Return from when one may apply, or what that depends on."""
    return _ONCE_KNOWN.format(facts=facts, text=text) if day is None else _FROM.format(day=long_date(day), text=text)


@lru_cache(maxsize=512)
def _parsed(rule: str) -> Expr:
    return parse(rule)

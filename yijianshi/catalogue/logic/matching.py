"""Which of several certificates of one type is meant: the one whose face says what is known of this case."""

from collections.abc import Mapping
from functools import lru_cache

from yijianshi.catalogue.logic.plan import Offer
from yijianshi.catalogue.logic.schema import Element
from yijianshi.catalogue.logic.values import decode
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.rules import UNKNOWN, Environment, Expr, evaluate, parse

Match = Mapping[str, str]


def fits(offer: Offer, match: Match, elements: Mapping[str, Element], known: Mapping[str, object], env: Environment) -> bool:
    """Say whether each field in *match* stands on the certificate's face with the value of its expression for this case.

    What is not known yet, or cannot be read, does not fit: a sibling's certificate is never taken on a guess.
    """
    return all(_says(offer, elements.get(field), evaluate(_parsed(rule), known, env)) for field, rule in match.items())


def is_undecided(match: Match, known: Mapping[str, object], env: Environment) -> bool:
    """Say whether a fact that decides which certificate is meant is still missing."""
    return any(evaluate(_parsed(rule), known, env) is UNKNOWN for rule in match.values())


def _says(offer: Offer, element: Element | None, wanted: object) -> bool:
    raw = offer.fields.get(element.name) if element else None
    if element is None or raw is None or raw == "" or wanted is UNKNOWN:
        return False
    try:
        return decode(element, raw) == wanted
    except Invalid:
        return False


@lru_cache(maxsize=1024)
def _parsed(rule: str) -> Expr:
    return parse(rule)

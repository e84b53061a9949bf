"""Things of another region, kept under their code with the peer behind it (``newborn@luoyang``); how they are applied for."""

from collections.abc import Collection

from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX, CompiledThing

AT = "@"
ONLINE, RECEIVED_FOR = "ONLINE", "RECEIVED_FOR"  # 全程网办, 异地代收代办 (handbook chapter 8)


def code_at(code: str, peer: str) -> str:
    """Return the code under which a peer's thing is kept here."""
    return f"{code}{AT}{peer}"


def peer_of(code: str) -> str:
    """Return the peer whose thing this is, empty for our own."""
    return code.partition(AT)[2]


def code_there(code: str) -> str:
    """Return the code as its own region knows it."""
    return code.partition(AT)[0]


def can_travel(thing: CompiledThing) -> bool:
    """Say whether a person elsewhere can apply for it: for enterprises and with other parties' consent it stays at home [D]."""
    is_whole = not thing.code.startswith(SINGLE_PREFIX)
    return is_whole and thing.applicant.kind == "PERSON" and not thing.parties and AT not in thing.code


def places_of(thing: CompiledThing) -> tuple[str, ...]:
    """Return the facts that say where its items are handled; who chose another region has answered them in part."""
    return tuple(
        dict.fromkeys(use.definition.department.region_from for use in thing.items if use.definition.department.region_from)
    )


def mode_of(thing: CompiledThing, included: Collection[str]) -> str:
    """Return how these items are handled from elsewhere: through a window where one of them needs somebody in person."""
    items = [thing.item(code) for code in included]
    in_person = any(item.visits.count > 0 or item.standard.channels.area_mode == RECEIVED_FOR for item in items)
    return RECEIVED_FOR if in_person else ONLINE


__all__ = ["AT", "ONLINE", "RECEIVED_FOR", "can_travel", "code_at", "code_there", "mode_of", "peer_of", "places_of"]
